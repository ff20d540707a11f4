"""Moderation of answers to polls in words: read before they are shown, let through or hidden.

Each decision is about the words that the moderator has read: they travel with the button, so that
what the voter wrote meanwhile waits for another look.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.domain.typography import group_thousands
from discussions import rules
from moderation import queries
from moderation.forms import HideTextForm
from moderation.tabs import tabs
from votes.models import Text
from votes.texts import actions

#: The lists: a state, and the order in which it is read.
LISTS = {
    "waiting": (Text.State.WAITING, ("id",)),
    "shown": (Text.State.SHOWN, ("-decided_at", "-id")),
    "hidden": (Text.State.HIDDEN, ("-decided_at", "-id")),
}


@login_required
@require_GET
def queue(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Waiting texts, the oldest first, and decided ones. rules.use_queue."""
    require(rules.use_queue(request.user))
    return _queue(request)


def _queue(
    request: AuthenticatedHttpRequest, refused: tuple[int, HideTextForm] | None = None
) -> HttpResponse:
    name = request.GET.get("list", "")
    name = name if name in LISTS else "waiting"
    state, order = LISTS[name]
    texts = Text.objects.moderated_by(request.user).filter(state=state)
    page = page_of(
        texts.select_related("question__poll", "decided_by"),
        order=order,
        after=request.GET.get("after"),
        size=queries.PAGE_SIZE,
    )
    rows = [
        {
            "text": text,
            "form": refused[1] if refused and refused[0] == text.pk else HideTextForm(text=text),
        }
        for text in page
    ]
    address = reverse("moderation:texts")
    labels = {"waiting": _("Waiting"), "shown": _("Shown"), "hidden": _("Hidden")}
    context = {
        "rows": rows,
        "list": name,
        "tabs": tabs(request.user, "texts"),
        "lists": [
            {"label": label, "url": f"{address}?list={key}", "current": key == name}
            for key, label in labels.items()
        ],
        "query": request.GET.urlencode(),
        **neighbours(page, request.GET),
    }
    status = 422 if refused else 200
    return render(request, "moderation/texts.html", context, status=status)


def _text(request: AuthenticatedHttpRequest, pk: int) -> Text:
    require(rules.use_queue(request.user))
    text: Text = get_object_or_404(Text.objects.moderated_by(request.user), pk=pk)
    return text


def _back_to_list(request: HttpRequest, words: str) -> HttpResponse:
    """Back to the list where the moderator was."""
    messages.success(request, words)
    return redirect(f"{reverse('moderation:texts')}?{request.GET.urlencode()}")


@login_required
@require_POST
def show(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Let everybody read an answer. rules.decide_text of votes."""
    actions.show(_text(request, pk), by=request.user, read=_read(request.POST.get("read")))
    return _back_to_list(request, _("Shown."))


@login_required
@require_POST
def show_all(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Let everybody read all answers of a page that they have read. rules.decide_text of votes."""
    require(rules.use_queue(request.user))
    read: dict[int, str] = {}
    for name in request.POST:
        kind, _dash, pk = name.partition("-")
        if kind == "read" and pk.isascii() and pk.isdecimal() and len(pk) < 19:
            read[int(pk)] = _read(request.POST.get(name))
    texts = Text.objects.moderated_by(request.user).filter(
        pk__in=list(read)[: queries.PAGE_SIZE], state=Text.State.WAITING
    )
    number = actions.show_all([(text, read[text.pk]) for text in texts], by=request.user)
    words = ngettext("%(number)s answer is shown.", "%(number)s answers are shown.", number)
    return _back_to_list(request, words % {"number": group_thousands(number)})


@login_required
@require_POST
def hide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Hide an answer with a reason. rules.decide_text of votes."""
    text = _text(request, pk)
    form = HideTextForm(request.POST, text=text)
    if not form.is_valid():
        return _queue(request, refused=(pk, form))
    actions.hide(
        text,
        by=request.user,
        read=_read(request.POST.get("read")),
        reason=form.cleaned_data["reason"],
    )
    return _back_to_list(request, _("Hidden. Its author is told the reason."))


def _read(sent: Any) -> str:
    """The words as they were on the page: browsers send CR LF."""
    return str(sent or "").replace("\r\n", "\n")
