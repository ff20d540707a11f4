"""View of a picture's file."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.kept_pictures.serving import serve
from newsroom.models import Article, ArticlePicture


@require_safe
def picture(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """One size of a picture: of what is published for everybody, else for who works on it."""
    found = ArticlePicture.objects.filter(digest=digest)
    row = found.filter(article__in=Article.objects.published()).first()
    if row is not None:
        return serve(request, row, name, is_public=True)
    seen = found.filter(article__in=Article.objects.visible_to(request.user)).first()
    return serve(request, seen, name, is_public=False)
