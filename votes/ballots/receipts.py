"""The page of a ballot's receipt, cached around the receipt for crowds that cast at once.

Drawing a whole page – its head, header and footer – takes a process as long as casting the ballot.
Around the receipt the page is the same for all who vote in a poll, so each process draws that once;
of a person it holds no more than that they have signed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from core.domain.council import council
from votes.models import Poll

_PAGE = "votes/receipt.html"
#: Stands in the place of the receipt. Nobody can write it: what people write is escaped.
_PLACE = mark_safe("<receipt/>")
_MOST_KEPT = 256

#: What stands before and after a receipt.
_frames: dict[tuple[object, ...], tuple[str, str]] = {}


def page(request: HttpRequest, poll: Poll, told: Mapping[str, Any]) -> HttpResponse:
    """The page of a receipt. ``told``: ``code`` of a secret ballot; or what was ``chosen``, in the
    name of which ``organisation``, and by which ``way``."""
    context = {"poll": poll, **told}
    if code := told.get("code"):
        address = settings.SITE_URL + reverse("votes:check", args=[poll.pk])
        context |= {"groups": groups_of(code), "check_url": address}
    if settings.DEBUG or request.user.is_staff or request.GET or len(get_messages(request)):
        return render(request, _PAGE, context)  # around it is more than everybody sees
    before, after = _frame(request, poll)
    return HttpResponse(before + render_to_string(f"{_PAGE}#receipt", context) + after)


def groups_of(code: str) -> list[str]:
    """A code as people read it: by four."""
    return [code[start : start + 4] for start in range(0, len(code), 4)]


def _frame(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    """Frame of an announced poll's page around the receipt: its title does not change any more, and
    the council's name, contacts and looks are part of the key.
    """
    reader = request.user.is_authenticated
    key = (poll.pk, poll.title, request.path, get_language(), reader, council())
    if key not in _frames:
        if len(_frames) >= _MOST_KEPT:
            _frames.clear()
        whole = render_to_string(_PAGE, {"poll": poll, "receipt": _PLACE}, request)
        before, after = whole.split(_PLACE)
        _frames[key] = before, after
    return _frames[key]
