"""Sockets of live pages."""

from __future__ import annotations

from config.settings.base import env

#: Sockets that one session may hold, and one address (a hall shares one).
LIVE_SOCKETS_PER_SESSION = env.int("LIVE_SOCKETS_PER_SESSION", default=20)
LIVE_SOCKETS_PER_ADDRESS = env.int("LIVE_SOCKETS_PER_ADDRESS", default=2000)
#: This ASGI server serves sockets alone (production): it answers HTTP with 421.
LIVE_ONLY = env.bool("LIVE_ONLY", default=False)
