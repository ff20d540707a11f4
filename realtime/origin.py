"""Origin check of WebSocket handshakes: only pages of this site may open a socket."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import validate_host


class OwnOrigin:
    """Passes a handshake on when its ``Origin`` is this site's; else 403, also without one.

    This site is SITE_URL and every name in ALLOWED_HOSTS on whatever port (a wildcard names
    nobody). Cookies come along with a socket that a foreign page opens, so this is its CSRF check.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.denier = WebsocketDenier.as_asgi()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        own = len(origins) == 1 and is_own(origins[0].decode("latin-1"))
        await (self.application if own else self.denier)(scope, receive, send)


def is_own(origin: str) -> bool:
    """Whether an ``Origin`` header names this site."""
    try:
        parts = urlsplit(origin)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    names = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    if settings.DEBUG and not names:
        names = ["localhost", "127.0.0.1", "[::1]"]
    bare = f"[{host}]" if ":" in host else host
    return origin == settings.SITE_URL or validate_host(bare, names)
