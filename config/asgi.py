"""The ASGI application: sockets in production; pages too when Daphne is the only server.

With LIVE_ONLY (uvicorn in production) HTTP is answered with 421 at once: pages are the business of
the WSGI server, and a proxy that sends them here is told so. ``/healthz`` says that it lives.
"""

from __future__ import annotations

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()  # sets Django up, so before what imports models

from channels.routing import ProtocolTypeRouter  # noqa: E402 - Django is set up first
from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from core.web.requests import AsyncPageRequest  # noqa: E402
from core.web.slow_bodies import AsgiFront  # noqa: E402
from realtime.urls import websockets  # noqa: E402

pages.request_class = AsyncPageRequest

# The URLs in what the hub draws bring all the code of pages: loaded by the first change that
# somebody makes, it would be told a second late.
_loaded = get_resolver().url_patterns


async def no_pages(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The HTTP of a server of sockets alone."""
    status, body = (200, b"ok\n") if scope["path"] == "/healthz" else (421, b"sockets only\n")
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


application = AsgiFront(
    ProtocolTypeRouter({"http": no_pages if settings.LIVE_ONLY else pages, "websocket": websockets})
)
