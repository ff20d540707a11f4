"""Views of notes between officers. They stand on the page of each matter."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.notes import actions, rules
from accounts.notes.matters import Matter, find_matter
from accounts.notes.models import StaffNote
from accounts.notes.queries import form_for
from accounts.rules import use_desk
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent


def _load(request: AuthenticatedHttpRequest, kind: str, pk: int) -> Matter:
    """The matter, for who may work on it; for others there is none."""
    require(use_desk(request.user))
    matter = find_matter(kind, pk)
    if matter is None or not rules.read(request.user, matter):
        raise Http404
    return matter


def _write_answer(request: HttpRequest, _id: int, kind: str, pk: int) -> HttpResponse:
    """Back to the matter, or to the desk for whoever has handed it over and works on it no more."""
    matter = find_matter(kind, pk)
    messages.success(request, _("The note is written."))
    if matter is None or not rules.read(request.user, matter):
        return redirect("portal:desk")
    return redirect(f"{matter.url}#notes")


@idempotent(_write_answer)
@login_required
@require_http_methods(["GET", "POST"])
def write(request: AuthenticatedHttpRequest, kind: str, pk: int) -> HttpResponse:
    """Write a note about a matter. rules.write."""
    matter = _load(request, kind, pk)
    form = form_for(matter, request.user, posted_data(request))
    if form.is_valid():
        with form.attempt():
            made = actions.write_note(matter, by=request.user, **form.collect_arguments())
            return _write_answer(request, made.pk, kind, pk)
    context = {"matter": matter, "form": form}
    return render(request, "accounts/notes/write.html", context, status=form.status)


@login_required
@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Withdraw one's own note within a day. rules.withdraw."""
    require(use_desk(request.user))
    note = get_object_or_404(StaffNote, pk=pk)
    matter = _load(request, note.matter_kind, note.matter_id)
    actions.withdraw_note(note, by=request.user)
    messages.success(request, _("The note is withdrawn."))
    return redirect(f"{matter.url}#notes")
