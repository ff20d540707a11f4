"""The answer with a picture's file."""

from __future__ import annotations

from typing import Any, Protocol

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from core.kept_pictures.files import path_of
from core.kept_pictures.models import Picture
from core.web.downloads import SANDBOXED, same_for_everybody

#: It never changes, as its digest is part of the address; but it may be removed, and is then gone
#: from browsers within a minute and from proxies within a second.
_KEPT = "public, max-age=60, s-maxage=1"


class Owners(Protocol):
    """The manager of what pictures belong to."""

    def published(self) -> QuerySet[Any]: ...

    def visible_to(self, user: Any) -> QuerySet[Any]: ...


def serve(
    request: HttpRequest, found: QuerySet[Any], name: str, *, of: str, owners: Owners
) -> HttpResponseBase:
    """A file of the picture that is ``found``: for everybody where what it belongs to is published,
    else for whoever may see that. ``of``: the key that leads there."""
    row = found.filter(**{f"{of}__in": owners.published()}).first()
    if row is not None:
        return _answer(request, row, name, is_public=True)
    seen = found.filter(**{f"{of}__in": owners.visible_to(request.user)}).first()
    return _answer(request, seen, name, is_public=False)


def serve_by_link(request: HttpRequest, found: QuerySet[Any], name: str) -> HttpResponseBase:
    """A file of the picture that is ``found``, for whoever has a private link: kept by no cache."""
    return _answer(request, found.first(), name, is_public=False)


def _answer(
    request: HttpRequest, picture: Picture | None, name: str, *, is_public: bool
) -> HttpResponseBase:
    """One of the picture's files, kept by caches where everybody may see it; 304 for who has it,
    404 without one."""
    if picture is None or name not in picture.names:
        raise Http404
    headers = {
        **SANDBOXED,
        "Cache-Control": _KEPT if is_public else "private, no-store",
        "ETag": f'"{picture.digest}-{name}"',
    }
    known = get_conditional_response(
        request, etag=headers["ETag"], response=HttpResponse(headers=headers)
    )
    if known is not None and known.status_code == 304:
        return same_for_everybody(known) if is_public else known
    try:
        content = default_storage.open(path_of(picture.folder, picture.digest, name))
    except FileNotFoundError as missing:
        raise Http404 from missing
    media_type = "image/webp" if name.endswith(".webp") else "image/jpeg"
    answer = FileResponse(content, content_type=media_type, headers=headers)
    return same_for_everybody(answer) if is_public else answer
