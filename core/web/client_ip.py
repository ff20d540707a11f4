"""The client's IP address, taken from ``X-Forwarded-For`` only when trusted proxies wrote it.

``X-Forwarded-For`` is what each proxy saw, appended on the right; anybody may send the left part.
So it is read from the right: while the last speaker is one of ``settings.TRUSTED_PROXIES``
(addresses or networks), the next entry is believed; the first that is not trusted is the client.

A trusted proxy must drop request headers whose names hold an underscore (nginx does by itself): a
WSGI server cannot tell ``X_Forwarded_For`` from ``X-Forwarded-For``, and may let it replace it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: A household or an office gets at least this much of IPv6 and may use a new address every minute.
IPV6_GROUP = 64
#: What providers give to one customer who asks for it: 65,536 networks of the size above.
IPV6_SITE = 48
#: What one provider hands to one customer or one neighbourhood.
NETWORK = {4: 24, 6: IPV6_SITE}
UNKNOWN = "0.0.0.0"  # noqa: S104 - stands for "no address": a socket file, a test


def client_ip(source: HttpRequest | Mapping[str, Any]) -> str:
    """The client's address of a request or of an ASGI scope; ``UNKNOWN`` when there is none."""
    return str(_address_of(source) or UNKNOWN)


def _address_of(source: HttpRequest | Mapping[str, Any]) -> Address | None:
    if isinstance(source, HttpRequest):
        peer = source.META.get("REMOTE_ADDR", "")
        forwarded = source.META.get("HTTP_X_FORWARDED_FOR", "")
    else:
        peer = (source.get("client") or ("", 0))[0]
        lines = [value for name, value in source.get("headers", ()) if name == b"x-forwarded-for"]
        forwarded = b",".join(lines).decode("latin-1")
    return _client(peer, forwarded)


def client_groups(source: HttpRequest | Mapping[str, Any]) -> tuple[str, ...]:
    """Keys by which limits count a client, the narrowest first: the IPv4 address, or the /64 and
    the /48 network of an IPv6 one. ``core.web.limits.WIDER`` says how much wider the second one is.
    """
    address = _address_of(source) or ipaddress.ip_address(UNKNOWN)
    if address.version == 4:
        return (str(address),)
    return tuple(
        str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
        for prefix in (IPV6_GROUP, IPV6_SITE)
    )


def network_of(address: str) -> str | None:
    """The first address of the client's network: /24 of IPv4, /48 of IPv6. None: unknown."""
    if address == UNKNOWN:
        return None
    prefix = NETWORK[ipaddress.ip_address(address).version]
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False).network_address)


def _client(peer: str, forwarded: str) -> Address | None:
    """The last address that a trusted speaker named; what cannot be read is not believed."""
    speaker = _read(peer)
    trusted = _is_proxy(peer, speaker)
    for named in reversed(forwarded.split(",")):
        address = _read(named) if trusted else None
        if address is None:
            break
        speaker, trusted = address, _is_trusted(address)
    return speaker


def comes_from_proxy(request: HttpRequest) -> bool:
    """Whether a trusted proxy passed the request on: its own headers may be believed."""
    peer = request.META.get("REMOTE_ADDR", "")
    return _is_proxy(peer, _read(peer))


def is_within(address: str, networks: Sequence[str]) -> bool:
    """Whether an address is one of ``networks`` (addresses or networks)."""
    found = _read(address)
    return found is not None and any(found in network for network in _networks(tuple(networks)))


def _is_proxy(peer: str, speaker: Address | None) -> bool:
    """A socket file has no address: only the proxy that it was made for speaks through it."""
    return _is_trusted(speaker) if speaker else not peer and bool(settings.TRUSTED_PROXIES)


def _read(text: str) -> Address | None:
    """An address as proxies write it: bare, with a port, in brackets; IPv4 in IPv6 is IPv4."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    networks = _networks(tuple(settings.TRUSTED_PROXIES))
    return any(address in network for network in networks)


@lru_cache(maxsize=8)
def _networks(
    proxies: tuple[str, ...],
) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(proxy, strict=False) for proxy in proxies)
