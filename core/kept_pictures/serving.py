"""The answer with a picture's file."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from core.kept_pictures.files import path_of
from core.kept_pictures.models import Picture
from core.web.downloads import SANDBOXED

#: It never changes, as its digest is part of the address; it may be withdrawn by its owner.
_KEPT = "public, max-age=3600"


def serve(picture: Picture | None, name: str, *, is_public: bool) -> FileResponse:
    """One of the picture's files, kept by caches where everybody may see it; 404 without one."""
    if picture is None or name not in picture.names:
        raise Http404
    try:
        content = default_storage.open(path_of(picture.folder, picture.digest, name))
    except FileNotFoundError as missing:
        raise Http404 from missing
    media_type = "image/webp" if name.endswith(".webp") else "image/jpeg"
    kept = _KEPT if is_public else "private, no-store"
    return FileResponse(
        content, content_type=media_type, headers={**SANDBOXED, "Cache-Control": kept}
    )
