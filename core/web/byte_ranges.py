"""Files of which browsers read parts: HTTP Range (RFC 9110, section 14).

One range of bytes a request is answered with 206; several, another unit and what cannot be read
with the whole file, as the RFC allows. nginx does the same where it gives such a file itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

#: Of one answer: the rest of a longer range is asked for again (RFC 9110, section 15.3.7).
MOST_BYTES = 2**22
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Unsatisfiable(Exception):
    """A range that begins behind the end of the file."""


def find_range(asked: str, size: int) -> tuple[int, int] | None:
    """The first byte and how many of the header ``Range``; None: the whole file is meant.

    Raises Unsatisfiable.
    """
    found = _RANGE.fullmatch(asked.replace(" ", ""))
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:  # so many at the end
        length = min(int(found[2]), size)
        if not length:
            raise Unsatisfiable
        return size - length, min(length, MOST_BYTES)
    first = int(found[1])
    last = int(found[2]) if found[2] else max(first, size - 1)
    if last < first:
        return None  # no range at all
    if first >= size:
        raise Unsatisfiable
    return first, min(last + 1 - first, size - first, MOST_BYTES)


def serve_parts(
    request: HttpRequest, path: Path, *, etag: str, media_type: str, headers: Mapping[str, str]
) -> HttpResponseBase:
    """The file, or the part of it that GET asks for. ``etag``: strong, in its quotation marks.

    Raises FileNotFoundError.
    """
    size = path.stat().st_size
    headers = {**headers, "Accept-Ranges": "bytes", "ETag": etag}
    whole = HttpResponse(content_type=media_type, headers={**headers, "Content-Length": str(size)})
    conditional = get_conditional_response(request, etag=etag, response=whole) or whole
    if conditional is not whole or request.method == "HEAD":
        return conditional
    part = None
    if request.headers.get("If-Range", etag) == etag:
        try:
            part = find_range(request.headers.get("Range", ""), size)
        except Unsatisfiable:
            unmet = {"Accept-Ranges": "bytes", "Content-Range": f"bytes */{size}"}
            return HttpResponse(status=416, headers=unmet)
    if part is None:
        return FileResponse(path.open("rb"), content_type=media_type, headers=headers)
    first, length = part
    with path.open("rb") as file:
        file.seek(first)
        content = file.read(length)
    headers["Content-Range"] = f"bytes {first}-{first + len(content) - 1}/{size}"
    return HttpResponse(content, status=206, content_type=media_type, headers=headers)
