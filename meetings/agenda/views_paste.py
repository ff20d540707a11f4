"""Views of the desk: a whole agenda pasted as lines or read from a document."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.agenda.actions_bulk import add_items
from meetings.agenda.forms_paste import PasteForm
from meetings.planning.rules import change_agenda
from meetings.planning.views_desk import meeting_to_work_on


def _answer(_request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    return redirect("meetings_desk:detail", pk)


@idempotent(_answer)
@login_required
@require_http_methods(["GET", "POST"])
def paste(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Lines become items: first shown (``look``), then added. rules.agenda.write."""
    shown = meeting_to_work_on(request, pk)
    require(change_agenda(request.user, shown.meeting))
    form = PasteForm(posted_data(request), request.FILES or None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        found = form.found()
        if "add" in request.POST:
            with form.attempt():
                made = add_items(shown.meeting, by=request.user, texts=form.texts())
                said = ngettext("%(n)s item is added.", "%(n)s items are added.", len(made))
                messages.success(request, said % {"n": len(made)})
                return _answer(request, made[0].pk, pk)
        else:
            form = PasteForm(initial={"lines": form.cleaned_data["lines"]})
    context = shown.context(form=form, found=found, is_look=request.method == "POST")
    return render(request, "meetings/desk_paste.html", context, status=form.status)
