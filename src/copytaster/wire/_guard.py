"""Which addresses the desk may speak to, and the connection that holds to it.

A feed's address comes from configuration, but where it leads is decided by others: by DNS,
and by redirects. Server-side request forgery means making the desk fetch what only the desk
can reach (the cloud's metadata service, a database's HTTP port). So a name is resolved once,
each address is judged, and the connection goes to that very address: a second resolution
(DNS rebinding) has nothing to change.
"""

import asyncio
import socket
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterable
from ipaddress import IPv4Address
from ipaddress import IPv4Network
from ipaddress import IPv6Address
from ipaddress import IPv6Network
from ipaddress import ip_address
from ipaddress import ip_network

import httpcore2

from copytaster.wire._door import Forbidden

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[list[Address]]]

_IPV4_CLOSED = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # RFC 1122: this host
        "100.64.0.0/10",  # RFC 6598: carrier-grade NAT
        "192.0.0.0/24",  # RFC 6890: protocol assignments
        "192.88.99.0/24",  # RFC 7526: 6to4 relays, deprecated
        "198.18.0.0/15",  # RFC 2544: benchmarks
        "240.0.0.0/4",  # RFC 1112: reserved, and broadcast
    )
)
_IPV6_OPEN = IPv6Network("2000::/3")
"""all that IANA has given out as global unicast; the rest is closed by not being in it"""
_IPV6_CLOSED = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # RFC 2928: protocol assignments, with Teredo
        "2001:db8::/32",  # RFC 3849: documentation
        "3fff::/20",  # RFC 9637: documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052 §2.1
_6TO4 = IPv6Network("2002::/16")  # RFC 3056 §2


def unwrap(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4), else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _6TO4:
        return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return address


def permitted(address: Address, allow: Iterable[Network] = ()) -> bool:
    """Whether the desk may connect there: public, or in a network allowed by name."""
    real = unwrap(address)
    if any(real in network for network in allow if network.version == real.version):
        return True
    if real.is_multicast or not real.is_global:
        return False
    if isinstance(real, IPv4Address):
        return not any(real in network for network in _IPV4_CLOSED)
    return real in _IPV6_OPEN and not any(real in network for network in _IPV6_CLOSED)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks from their texts (``10.0.0.0/8``); raises ValueError naming the wrong one."""
    return tuple(ip_network(text) for text in texts)


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Resolves once, refuses closed addresses, and connects to the very address it judged."""

    def __init__(self, allow: tuple[Network, ...] = (), resolve: Resolve | None = None) -> None:
        self._allow = allow
        self._resolve = resolve or system_resolve
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore2's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A stream to ``host``; :class:`Forbidden` if all its addresses are closed."""
        fault: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in self._open(host, await self._resolve(host, port)):
            try:
                return await self._inner.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                fault = error
        raise fault or httpcore2.ConnectError(f"{host} has no address")

    async def sleep(self, seconds: float) -> None:
        """What httpcore2 waits with between attempts."""
        await asyncio.sleep(seconds)

    def _open(self, host: str, found: list[Address]) -> list[Address]:
        openly = [address for address in found if permitted(address, self._allow)]
        if found and not openly:
            raise Forbidden(
                f"{host} is {found[0]}, which is not a public address; "
                "if that is meant, allow its network for this source"
            )
        return openly


async def system_resolve(host: str, port: int) -> list[Address]:
    """The addresses of ``host`` as the operating system gives them, each once, in its order."""
    loop = asyncio.get_running_loop()
    try:
        rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"{host} cannot be resolved: {error}") from error
    return list(dict.fromkeys(ip_address(row[4][0]) for row in rows))
