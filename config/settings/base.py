"""The installation: what it is called, where it is reached, its keys, language and time."""

from __future__ import annotations

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from config.version import read_version

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

#: Shown in the footer, at /healthz and /metrics and by `viche release`.
VERSION = read_version(BASE_DIR)
DEBUG = env.bool("DEBUG", default=False)
#: The demo city may be loaded, demo logins shown, demo mails read.
DEMO = env.bool("DEMO", default=DEBUG)
#: Whether DEBUG shows Django's 404 with all routes (core.web.middleware.not_found).
TECHNICAL_404 = env.bool("TECHNICAL_404", default=False)
SECRET_KEY = env(
    "SECRET_KEY", default="demo-key-that-bin/serve-refuses" if DEBUG else environ.Env.NOTSET
)
#: Former keys, after a change of it: the secrets of second factors can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
#: The public address, for links in mails and feeds and for the origin check of sockets.
SITE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}").rstrip("/")
#: Where browsers open their sockets; empty: the page's own origin, under /live/.
LIVE_URL = env("LIVE_URL", default="")
#: Addresses of proxies whose X-Forwarded-For is believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
SECURE = SITE_URL.startswith("https://")
#: Addresses or networks that may read /metrics; none: nothing is measured.
METRICS_ALLOWED = env.list("METRICS_ALLOWED", default=[])
#: What this process is for, among the figures: bin/serve says so.
PROCESS = env("VICHE_PROCESS", default="other")
#: Whether processes that serve pages say so each minute, and a gap is an outage: under bin/serve. A
#: demo that is stopped for the night was not away (consultations/outages/beats.py).
PAGE_BEATS = env.bool("PAGE_BEATS", default=PROCESS in ("pages", "jobs"))
LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Kyiv"
