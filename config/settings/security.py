"""Cookies, headers, addresses that are trusted."""

from __future__ import annotations

from datetime import timedelta

from django.utils.csp import CSP

from config.settings.base import LIVE_URL, SECURE, SITE_URL, TRUSTED_PROXIES, env

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SECURE else [])
SESSION_ENGINE = "accounts.security.store"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Older browsers do not count a socket of the same host as 'self'.
_live = [LIVE_URL or SITE_URL.replace("http", "ws", 1)]
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF, *_live],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=SECURE)
#: A load balancer asks a process itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz(/jobs|/writes)?$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
#: Whose pages may show a display in a frame (/embed/… alone): origins, or * for everybody's.
EMBED_ORIGINS = env.list("EMBED_ORIGINS", default=["*"])
