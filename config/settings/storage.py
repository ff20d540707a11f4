"""Files: static, uploaded, private."""

from __future__ import annotations

from pathlib import Path

from config.settings.base import BASE_DIR, DEBUG, env

#: Where the unit listens that converts .doc and .odt (deploy/viche-convert.socket, ADR 43).
CONVERTER_SOCKET = env("CONVERTER_SOCKET", default="/run/viche-convert/socket")
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # From npm, served as they are.
    ("govuk", BASE_DIR / "node_modules/govuk-frontend/dist/govuk"),
    ("htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    # MapLibre and pmtiles, gathered by bin/cli/install.py.
    ("map", BASE_DIR / "node_modules/.viche-map"),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / ".local/media")))
#: The council's map tiles, a PMTiles file; "": maps/city.pmtiles below MEDIA_ROOT (docs/maps.md).
MAP_TILES = env("MAP_TILES", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "core.web.static.KnownFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
#: Downloads of one's own data wait here for their owner; no server may show this folder.
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(BASE_DIR / ".local/private")))
#: The server's own keys of secret polls: a folder of the unit viche-keys, nobody else's to read.
BALLOT_KEYS_ROOT = Path(env("BALLOT_KEYS_ROOT", default=str(BASE_DIR / ".local/ballot-keys")))
