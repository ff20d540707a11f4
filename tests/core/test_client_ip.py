"""Whose request it is: headers are believed only as far as trusted proxies wrote them."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from core.web.client_ip import UNKNOWN, client_groups, client_ip

PROXY, INNER = "10.0.0.1", "10.0.0.2"
CLIENT, LIE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def proxies(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/24", "2001:db8:ffff::1"]


def seen(peer: str, forwarded: str | None = None, **headers: str) -> str:
    """What a request says, and a socket's scope likewise."""
    if forwarded is not None:
        headers["HTTP_X_FORWARDED_FOR"] = forwarded
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)
    scope = {
        "type": "websocket",
        "client": (peer, 1234) if peer else None,
        "headers": [
            (name.removeprefix("HTTP_").replace("_", "-").lower().encode(), value.encode())
            for name, value in headers.items()
        ],
    }
    assert client_ip(request) == client_ip(scope)
    return client_ip(request)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        (CLIENT, None, CLIENT),
        # Somebody who is no proxy may say what he likes.
        (CLIENT, LIE, CLIENT),
        (CLIENT, f"{LIE}, {PROXY}", CLIENT),
        # A proxy is believed about whom it saw, not about what it was told.
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"{LIE}, {CLIENT}", CLIENT),
        (PROXY, f"{LIE}, {PROXY}, {CLIENT}", CLIENT),
        # Two proxies behind each other.
        (PROXY, f"{CLIENT}, {INNER}", CLIENT),
        (PROXY, f"{LIE}, {CLIENT}, {INNER}", CLIENT),
        # From inside, or a header that is broken: the last one that can be believed.
        (PROXY, INNER, INNER),
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{CLIENT}, what is this", PROXY),
        (PROXY, f"what is this, {CLIENT}", CLIENT),
        # As proxies write them.
        (PROXY, f"{CLIENT}:51234", CLIENT),
        (PROXY, "[2001:db8::7]:51234", "2001:db8::7"),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        (PROXY, f"::ffff:{CLIENT}", CLIENT),
        (f"::ffff:{PROXY}", CLIENT, CLIENT),
        ("2001:db8:ffff::1", CLIENT, CLIENT),
        # A socket file: only the proxy that it was made for speaks through it.
        ("", CLIENT, CLIENT),
        ("", f"{LIE}, {CLIENT}", CLIENT),
        ("", None, UNKNOWN),
    ],
)
def test_the_last_address_that_a_trusted_speaker_named(peer, forwarded, expected):
    assert seen(peer, forwarded) == expected


@pytest.mark.parametrize("header", ["HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP"])
def test_other_headers_say_nothing(header):
    assert seen(PROXY, CLIENT, **{header: LIE}) == CLIENT


def test_without_trusted_proxies_no_header_is_believed(settings):
    settings.TRUSTED_PROXIES = []
    assert seen(PROXY, CLIENT) == PROXY
    assert seen("", CLIENT) == UNKNOWN


@pytest.mark.parametrize(
    ("address", "groups"),
    [
        (CLIENT, (CLIENT,)),
        ("2001:db8:1:2:3:4:5:6", ("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("2001:db8:1:2:ffff::1", ("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("2001:db8:1:3::1", ("2001:db8:1:3::/64", "2001:db8:1::/48")),
        ("2001:db8:2:3::1", ("2001:db8:2:3::/64", "2001:db8:2::/48")),
    ],
)
def test_limits_count_ipv6_by_household_and_by_site(address, groups):
    assert client_groups(RequestFactory().get("/", REMOTE_ADDR=address)) == groups


def test_a_sockets_header_with_underscores_says_nothing():
    scope = {"client": (PROXY, 1), "headers": [(b"x_forwarded_for", LIE.encode())]}
    assert client_ip(scope) == PROXY
