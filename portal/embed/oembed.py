"""oEmbed: the code of a frame for the address of a page, for programs of other sites.

A page is answered for where a stranger reads it and it has a card or a list; any other address is
404, whether it is private or there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_from_path, gettext, override
from django.views.decorators.http import require_safe

from consultations.models import Consultation
from core.domain.council import local_council
from petitions.models import Petition
from portal.embed.lists import LISTS
from votes.models import Poll

WIDTH, HEIGHT = 480, 360
#: A size that is asked for has at most so many digits.
_DIGITS = 5
#: An address is not longer than browsers send them.
_LONGEST = 2000
#: Seconds for which the code may be kept: it leads to what is public then.
_KEPT = 3600
FRAME = (
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
    'referrerpolicy="no-referrer"></iframe>'
)

_Rows = Callable[[], QuerySet[Any]]
#: Route of a page -> that of its card, and the rows of which pages are public.
_CARDS: dict[str, tuple[str, _Rows]] = {
    "petitions:detail": ("embed:petition_card", Petition.objects.published),
    "consultations:detail": ("embed:consultation_card", Consultation.objects.published),
    "votes:detail": ("embed:poll_card", Poll.objects.published),
    "votes:results": ("embed:poll_card", Poll.objects.published),
}
_CARDS |= {card: (card, rows) for card, rows in _CARDS.values()}
#: Route of a page -> name of its list.
_LISTS = {each.more: name for name, each in LISTS.items()}
_LISTS |= {f"embed:{name}_list": name for name in LISTS}


@dataclass(frozen=True, slots=True)
class Framed:
    """The title and the address of a frame."""

    title: str
    url: str


def find_framed(url: str) -> Framed:
    """The frame of a page; Http404 where it has none for everybody. At most a query."""
    language, path = _read_path(url)
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            raise Http404 from None
        if name := _LISTS.get(match.view_name):
            return Framed(str(LISTS[name].title), _url(f"embed:{name}_list"))
        card, rows = _CARDS.get(match.view_name, ("", None))
        if rows is None:
            raise Http404
        found = rows().filter(pk=match.kwargs["pk"]).values_list("pk", "title").first()
        if found is None:
            raise Http404
        return Framed(found[1], _url(card, found[0]))


def _read_path(url: str) -> tuple[str, str]:
    """The language and the path of an address of this site; Http404 for another one."""
    try:
        parts = urlsplit(url[:_LONGEST])
        port = parts.port
    except ValueError:
        raise Http404 from None
    own = urlsplit(settings.SITE_URL)
    is_own = (parts.hostname, port) == (own.hostname, own.port)
    if parts.scheme not in ("http", "https") or not is_own or parts.username is not None:
        raise Http404
    return get_language_from_path(parts.path) or settings.LANGUAGE_CODE, parts.path


def _url(route: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(route, args=args)}"


def _read_size(text: str | None, usual: int) -> int | None:
    """At most what is asked for; None: it is no size."""
    if text is None:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text)):
        return None
    return min(usual, int(text))


@require_safe
def answer_oembed(request: HttpRequest) -> HttpResponse:
    """The code of a frame by the address of a page, as oEmbed 1.0 says. Anybody."""
    response = _answer(request)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    if asked.get("format", "json") != "json":
        return _refuse(501, gettext("We answer in JSON alone."))
    if not asked.get("url"):
        return _refuse(400, gettext("Say the address of the page in “url”."))
    width = _read_size(asked.get("maxwidth"), WIDTH)
    height = _read_size(asked.get("maxheight"), HEIGHT)
    if width is None or height is None:
        return _refuse(400, gettext("“maxwidth” and “maxheight” are whole numbers of pixels."))
    try:
        framed = find_framed(asked["url"])
    except Http404:
        return _refuse(404, gettext("No public page of ours with a frame has this address."))
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": framed.title,
            "provider_name": local_council().council,
            "provider_url": settings.SITE_URL,
            "cache_age": _KEPT,
            "html": format_html(FRAME, framed.url, framed.title, width, height),
            "width": width,
            "height": height,
        }
    )


def _refuse(status: int, words: str) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)
