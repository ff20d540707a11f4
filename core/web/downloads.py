"""Files of people as they are handed out: to be saved, never opened as a page of ours."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

#: A browser that opens the file all the same runs and loads nothing of it, and takes it for nothing
#: else than its type says.
SANDBOXED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def as_download(content: bytes, *, media_type: str, name: str) -> HttpResponse:
    """A file of this name, always to be saved."""
    saved_as = content_disposition_header(as_attachment=True, filename=name)
    headers = {**SANDBOXED, "Content-Disposition": saved_as or "attachment"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def to_save(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """A file of ours under this name, of letters that no header needs to escape."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def same_for_everybody[R: HttpResponseBase](response: R) -> R:
    """Say that these bytes are the same whoever asks, so that caches of people who are signed in
    may keep them, too, for as long as the answer says (middleware.cache_control)."""
    vars(response)["is_same_for_everybody"] = True
    return response
