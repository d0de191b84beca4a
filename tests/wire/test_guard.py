"""Where the desk may connect to, and where never."""

from ipaddress import IPv4Address
from ipaddress import IPv6Address
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.wire import Forbidden
from copytaster.wire import networks
from copytaster.wire import permitted
from copytaster.wire._guard import GuardedBackend
from copytaster.wire.http import Client
from copytaster.wire.http import Fetch

CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_is_closed(address):
    assert not permitted(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::",
    ],
)
def test_a_public_address_is_open(address):
    assert permitted(ip_address(address))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_ipv4_address_is_judged_the_same_in_every_wrapping(address):
    bits = int(address)
    wrapped = (
        IPv6Address(0xFFFF << 32 | bits),
        IPv6Address(0x64FF9B << 96 | bits),
        IPv6Address(0x2002 << 112 | bits << 80),
    )
    assert {permitted(one) for one in wrapped} == {permitted(address)}


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_no_ipv6_address_outside_global_unicast_is_open_unless_it_wraps_ipv4(address):
    if permitted(address):
        wraps = address.ipv4_mapped is not None or int(address) >> 32 == 0x64FF9B << 64
        assert int(address) >> 125 == 1 or wraps


def test_an_allowed_network_opens_only_itself():
    allow = networks(["10.1.0.0/16", "::1/128"])
    assert permitted(ip_address("10.1.2.3"), allow)
    assert permitted(ip_address("::ffff:10.1.2.3"), allow)
    assert permitted(ip_address("::1"), allow)
    assert not permitted(ip_address("10.2.0.1"), allow)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "169.254.169.254",
        "0x7f000001",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0177.0.0.1",
        "127.1",
    ],
)
async def test_no_spelling_of_a_closed_address_is_connected_to(remote, host):
    remote.answer("/", 200, b"secret")
    async with Client() as client:
        with pytest.raises(Forbidden):
            await client.fetch(Fetch(url=f"http://{host}:{remote.port}/"))
    assert remote.asked == []


@pytest.mark.anyio
async def test_a_name_is_resolved_once_and_the_judged_address_connected_to(remote):
    """DNS rebinding: a second resolution might say something else."""
    asked = []

    async def resolve(host, port):
        asked.append(host)
        return [ip_address("10.9.9.9"), ip_address("127.0.0.1")]

    backend = GuardedBackend(networks(["127.0.0.0/8"]), resolve)
    stream = await backend.connect_tcp("feed.invalid", remote.port, timeout=5)
    assert stream.get_extra_info("server_addr") == ("127.0.0.1", remote.port)
    await stream.aclose()
    assert asked == ["feed.invalid"]


@pytest.mark.anyio
async def test_a_proxy_variable_does_not_lead_round_the_guard(remote, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", remote.url)
    monkeypatch.setenv("ALL_PROXY", remote.url)
    async with Client() as client:
        with pytest.raises(Forbidden):
            await client.fetch(Fetch(url="http://10.0.0.1/"))
    assert remote.asked == []
