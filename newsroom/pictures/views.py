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
    return serve(request, found, name, of="article", owners=Article.objects)
