"""Forms that open with words which were typed on another page: a POST with ``begin=1``.

``/start/`` leads to forms of several apps, and nothing typed there may be lost. Such a form takes
at its own address, beside what it takes anyway,

    begin=1    it is to be opened, and nothing is to be carried out
    text       the words to stand in it
    origin     where it was begun, for forms that tell it on («meeting-question:7»), or nothing

and its view is ``@opens_with_words(save, spend)``. The words wait in the session until the form is
sent, so that somebody who has to sign in first finds them afterwards, and the page may be loaded
again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from core.domain.rules import Verdict, require
from core.web.form_drafts import SessionDraft

type View = Callable[..., HttpResponseBase]
#: The address's arguments -> what the draft is about (``SessionDraft.save``).
type About = Callable[..., dict[str, Any]]

#: The fields of such a POST.
BEGIN, TEXT, ORIGIN = "begin", "text", "origin"
#: Characters that are kept: more than most forms take, which then say so themselves.
LONGEST = 20_000
_ORIGIN = re.compile(r"[a-z][a-z-]{0,30}:[0-9]{1,18}")


def origin_of(value: str) -> str:
    """An origin as it may be sent: the name of a thing of another app and its id; else ""."""
    return value if _ORIGIN.fullmatch(value) else ""


def words_to_begin_with(request: HttpRequest) -> str | None:
    """The words with which a form is to be opened; None for any other request."""
    if request.method != "POST" or request.POST.get(BEGIN) != "1":
        return None
    words = request.POST.get(TEXT, "").replace("\0", "")
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def opens_with_words(
    draft: SessionDraft, spend: Callable[[HttpRequest], Verdict], about: About
) -> Callable[[View], View]:
    """A view whose form finds in ``draft`` the words with which it was opened.

    ``spend`` limits how much somebody who is not signed in leaves in sessions.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            words = words_to_begin_with(request)
            if words is None:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                require(spend(request))
            asked = {name: str(value) for name, value in request.GET.items()}
            about_form = about(*args, **kwargs)
            draft.save(request, {**asked, TEXT: words}, longest=LONGEST, **about_form)
            return redirect(request.get_full_path())

        return wrapper

    return decorate
