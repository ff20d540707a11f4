"""View of a picture's file."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from core.web.downloads import SANDBOXED
from newsroom.models import Article, ArticlePicture
from newsroom.pictures.files import path_of

#: It never changes, as its digest is part of the address; it may be withdrawn with its article.
_KEPT = "public, max-age=3600"


@require_safe
def picture(request: HttpRequest, digest: str, name: str) -> FileResponse:
    """One size of a picture: of what is published for everybody, else for who works on it."""
    found = ArticlePicture.objects.filter(digest=digest)
    row = found.filter(article__in=Article.objects.published()).first()
    is_public = row is not None
    if row is None:
        row = found.filter(article__in=Article.objects.visible_to(request.user)).first()
    if row is None or name not in row.names:
        raise Http404
    try:
        content = default_storage.open(path_of(row.digest, name))
    except FileNotFoundError as missing:
        raise Http404 from missing
    media_type = "image/webp" if name.endswith(".webp") else "image/jpeg"
    kept = _KEPT if is_public else "private, no-store"
    return FileResponse(
        content, content_type=media_type, headers={**SANDBOXED, "Cache-Control": kept}
    )
