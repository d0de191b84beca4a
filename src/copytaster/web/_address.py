"""Whose request it is: the address that limits are counted by. It is kept in no log."""

from collections.abc import Sequence
from ipaddress import IPv4Address
from ipaddress import IPv4Network
from ipaddress import IPv6Address
from ipaddress import IPv6Network
from ipaddress import ip_address
from ipaddress import ip_network

from starlette.requests import Request

Network = IPv4Network | IPv6Network


def networks(words: Sequence[str]) -> tuple[Network, ...]:
    """The networks of the configuration."""
    return tuple(ip_network(word) for word in words)


def sender(request: Request, proxies: Sequence[Network]) -> str:
    """The nearest address that is none of our own proxies: each of them adds, at the end of
    ``X-Forwarded-For``, whom it was asked by; what stands before that anybody may have written.

    Of IPv6 the network (/64): one household, which has as many addresses as it likes.
    """
    peer = request.client.host if request.client else ""
    said = ",".join(request.headers.getlist("x-forwarded-for"))
    chain = [word.strip() for word in said.split(",") if word.strip()]
    nearest = _address(peer)
    while nearest is not None and chain and any(nearest in proxy for proxy in proxies):
        nearest = _address(chain.pop())
    return _counted(nearest)


def _address(word: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(word.strip("[]"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _counted(address: IPv4Address | IPv6Address | None) -> str:
    if address is None:
        return "unknown"
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address) >> 64 << 64, 64)))
