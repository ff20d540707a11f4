"""Pages that differ in a few words from person to person: drawn once, then filled in.

Drawing a whole page – its head, header and footer – costs more than most of what a form does. Where
a crowd sends one form and each is answered with a number or a code of their own, a process draws
the page once with blanks and fills in the words:

    filled_page(request, "appeals/filed.html", {"day": day}, {"number": number, "code": code})

It is drawn as for a stranger (core.web.pages), so it can hold nothing of the reader who happened to
come first. Who is signed in, is to be told something or has a query gets the page drawn whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Mapping

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from core.domain.council import council
from core.web.pages import without_reader
from core.web.render_cache import RenderCache

#: Bytes of pages with blanks that a process keeps, and about what one takes beside its text.
MOST_BYTES = 4 * 2**20
_BESIDE = 2000
#: Stands around the name of a blank: random, so that nobody's words can hold it.
_MARK = f"\0{secrets.token_hex(16)}\0"

#: Text and names of blanks in turns, beginning with text.
_blank_pages: RenderCache[Hashable, tuple[str, ...]] = RenderCache(MOST_BYTES)


def filled_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Hashable],
    words: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    """The page ``template`` with the ``words`` of one person in it.

    ``context``: all else that it says, the same for many. The template prints ``words`` and asks
    whether they are empty; any filter or tag would get a blank in their place.
    """
    if settings.DEBUG or request.user.is_authenticated or request.GET or len(get_messages(request)):
        return render(request, template, {**context, **words}, status=status)
    names = tuple(name for name, word in words.items() if word)
    key = (
        *(template, tuple(context.items()), names),
        *(request.get_host(), request.is_secure(), request.path, get_language(), council()),
    )
    page = _blank_pages.get(key)
    if page is None:
        blanks = {name: mark_safe(f"{_MARK}{name}{_MARK}") if words[name] else "" for name in words}
        drawn = render_to_string(template, {**context, **blanks}, without_reader(request))
        page = _blank_pages.keep(key, tuple(drawn.split(_MARK)), 2 * len(drawn) + _BESIDE)
    pieces = list(page)
    pieces[1::2] = [conditional_escape(words[name]) for name in pieces[1::2]]
    return HttpResponse("".join(pieces), status=status)


def forget_filled_pages() -> None:
    """Drop every kept page of this process (tests start from none)."""
    _blank_pages.clear()
