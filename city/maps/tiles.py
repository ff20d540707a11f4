"""The council's file of map tiles: PMTiles 3 with vector tiles, put beside the media.

Whether it is there, and which it is, is asked of the disk for each map that is drawn; it is read
anew where that has changed.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

#: The first bytes of a file, the place of the kind of its tiles, and that of vector tiles
#: (PMTiles version 3, section 3).
_MAGIC, _KIND_AT, _VECTOR, _HEADER_BYTES = b"PMTiles\x03", 99, 1, 127


def tiles_path() -> Path:
    """Path of the tile file that the council provides."""
    return Path(settings.MAP_TILES or Path(settings.MEDIA_ROOT, "maps", "city.pmtiles"))


def tiles_version() -> str:
    """Which file there is, for its address; "": none, or none that can be shown."""
    path = tiles_path()
    try:
        found = path.stat()
    except OSError:
        return ""
    return _version(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _version(path: Path, changed_at: int, size: int) -> str:
    """The version of a file that changed then; said in the log once where it cannot be shown."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as unreadable:
        logger.warning("%s cannot be read: %s", path, unreadable)
        return ""
    is_shown = len(header) == _HEADER_BYTES and header.startswith(_MAGIC)
    if not is_shown or header[_KIND_AT] != _VECTOR:
        logger.warning("%s is no file of vector tiles in PMTiles 3", path)
        return ""
    # All machines that share the folder say the same.
    return blake2b(header + f"{changed_at} {size}".encode(), digest_size=8).hexdigest()
