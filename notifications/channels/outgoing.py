"""HTTP requests to other servers: one checked address, no redirect, limits of time and size.

    answer = outgoing.post(url, body, headers, network=PUBLIC)

The name is resolved once, each address that it has is judged, and the connection goes to a judged
one; the certificate is still checked against the name. So a name that leads to another address a
moment later (DNS rebinding) leads nowhere. Nothing here logs an address or a header: they may hold
secrets.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import Any, cast
from urllib.parse import urlsplit

#: Seconds to connect and between two pieces of the answer; the most bytes that are read of it.
TIMEOUT = 5.0
LONGEST_ANSWER = 64 * 1024


class Unreachable(Exception):
    """The other server did not answer; the message names no address."""


class Forbidden(Exception):
    """The server may not be asked: its name leads to an address that is not public."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and the first bytes of what a server answered."""

    status: int
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host. Raises Unreachable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("the name of a server is not known") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the internet: not private, loopback, link-local, reserved, nor
    such a one inside of an IPv6 address."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if inner is not None and not inner.is_global:
        return False
    return found.is_global and not found.is_multicast


@dataclass(frozen=True, slots=True)
class Network:
    """Access to a server: resolving of names, addresses that may be asked, connections, trusted
    certificates.
    """

    resolve: Callable[[str, int], list[str]] = resolve
    may_ask: Callable[[str], bool] = is_public
    connect: Callable[..., socket.socket] = socket.create_connection
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, network: Network, most: int = 0
) -> Answer:
    """Send a form or a message. A redirect is an answer like others: it is not followed.

    ``most``: the whole answer is wanted, of at most so many bytes; else its beginning is read.
    Raises Forbidden where any address of the host may not be asked, and Unreachable where none
    answers in time.
    """
    parts = urlsplit(url)
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    addresses = network.resolve(host, port)
    if not addresses or not all(map(network.may_ask, addresses)):
        raise Forbidden("a server's name leads to an address that may not be asked")
    connection = _connection(host, port, addresses[0], network, is_secure=is_secure)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request("POST", target, body, dict(headers))
        answer = connection.getresponse()
        # One piece: the limit of time is of each, and a server may send them without an end.
        whole = _read(answer, most) if most else answer.read1(LONGEST_ANSWER)
        return Answer(answer.status, whole)
    except (OSError, HTTPException, UnicodeError, ValueError):
        # Not «from»: the message may hold the address, which is a secret.
        raise Unreachable("a server does not answer") from None
    finally:
        connection.close()


def _read(answer: HTTPResponse, most: int) -> bytes:
    """All of the answer, in time and of that size; else OSError."""
    content, until = b"", time.monotonic() + 2 * TIMEOUT
    while piece := answer.read1(LONGEST_ANSWER):
        content += piece
        if len(content) > most or time.monotonic() > until:
            raise OSError
    return content


def _connection(
    host: str, port: int, address: str, network: Network, *, is_secure: bool
) -> HTTPConnection:
    """A connection to the checked address, which speaks to the host."""
    connection: Any  # http.client's own hook for how it is opened has no type
    if is_secure:
        connection = HTTPSConnection(host, port, timeout=TIMEOUT, context=network.tls)
    else:
        connection = HTTPConnection(host, port, timeout=TIMEOUT)
    connection._create_connection = lambda _named, *options: network.connect(
        (address, port), *options
    )
    return cast(HTTPConnection, connection)
