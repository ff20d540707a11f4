"""Repair of a preview's clauses at the desk: one at a time, several at once, and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from consultations import rules
from consultations.desk.forms_text import RenumberForm, RewordForm, SplitForm
from consultations.desk.reading import frame, worked_on
from consultations.desk.views_text import text_context
from consultations.models import Consultation
from core.rules import Refused, require
from drafts import actions as drafts
from drafts.models import Clause, Revision, Version

_MOST_CHOSEN = 500  # clauses repaired at once


@login_required
@require_GET
def clause(request: HttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """One clause of the preview, to be split, joined, renumbered. rules.change_text."""
    consultation = worked_on(request, pk)
    return _clause_page(request, consultation, _clause(consultation, clause_pk))


@login_required
@require_POST
def split(request: HttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Divide a clause in two. rules.change_text, drafts' split."""
    consultation = worked_on(request, pk)
    found = _clause(consultation, clause_pk)
    form = SplitForm(request.POST, clause=found)
    if form.is_valid():
        require(rules.change_text(request.user, consultation, now=consultation.now))
        with form.attempt():
            second = drafts.split(found, form.cleaned_data["at"], by=request.user)
            return _back_to_tree(request, consultation, second, _("The clause is split."))
    return _clause_page(request, consultation, found, split_form=form)


@login_required
@require_POST
def join(request: HttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Join a clause with the one right after it. rules.change_text, drafts' join."""
    consultation = worked_on(request, pk)
    found = _clause(consultation, clause_pk)
    require(rules.change_text(request.user, consultation, now=consultation.now))
    following = get_object_or_404(Clause, version=found.version_id, position=found.position + 1)
    kept = drafts.join(found, following, by=request.user)
    return _back_to_tree(request, consultation, kept, _("The clauses are joined."))


@login_required
@require_POST
def renumber(request: HttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Give a clause another number, kind or level. rules.change_text, drafts' renumber."""
    consultation = worked_on(request, pk)
    found = _clause(consultation, clause_pk)
    form = RenumberForm(request.POST, clause=found, deepest=_deepest(found))
    if form.is_valid():
        require(rules.change_text(request.user, consultation, now=consultation.now))
        with form.attempt():
            changed = drafts.renumber(found, by=request.user, **form.cleaned_data)
            return _back_to_tree(request, consultation, changed, _("The clause is changed."))
    return _clause_page(request, consultation, found, renumber_form=form)


@login_required
@require_POST
def reword(request: HttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Correct the words of a clause. rules.change_text, drafts' reword."""
    consultation = worked_on(request, pk)
    found = _clause(consultation, clause_pk)
    form = RewordForm(request.POST, clause=found)
    if form.is_valid():
        require(rules.change_text(request.user, consultation, now=consultation.now))
        with form.attempt():
            changed = drafts.reword(found, by=request.user, **form.cleaned_data)
            return _back_to_tree(request, consultation, changed, _("The words are changed."))
    return _clause_page(request, consultation, found, reword_form=form)


@login_required
@require_POST
def repair(request: HttpRequest, pk: int) -> HttpResponse:
    """Join, move or retype the chosen clauses. rules.change_text, drafts' rules of each."""
    consultation = worked_on(request, pk)
    require(rules.change_text(request.user, consultation, now=consultation.now))
    act = _REPAIRS.get(request.POST.get("do", ""))
    pks = [int(value) for value in request.POST.getlist("clause") if value.isdecimal()]
    previews = Version.objects.filter(draft=consultation.draft_id).previews()
    clauses = Clause.objects.filter(version__in=previews, pk__in=pks[:_MOST_CHOSEN])
    chosen = list(clauses.select_related("version").order_by("position"))
    refusal = _("Choose the parts first.") if not chosen or act is None else ""
    if act is not None and chosen:
        try:
            act(chosen, request)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _back_to_tree(request, consultation, chosen[0], _("The parts are changed."))
    context = text_context(request, consultation)
    context |= {"refusal": refusal, "chosen": {clause.pk for clause in chosen}}
    return render(request, "consultations/desk_text.html", context, status=422)


_REPAIRS: dict[str, Callable[[list[Clause], HttpRequest], object]] = {
    "join": lambda chosen, request: drafts.join_all(chosen, by=request.user),
    "deeper": lambda chosen, request: drafts.move_all(chosen, 1, by=request.user),
    "higher": lambda chosen, request: drafts.move_all(chosen, -1, by=request.user),
    "retype": lambda chosen, request: drafts.retype_all(
        chosen, request.POST.get("kind", ""), by=request.user
    ),
}


@login_required
@require_POST
def undo(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """Take the last change of the preview back. rules.change_text, drafts' undo."""
    consultation = worked_on(request, pk)
    require(rules.change_text(request.user, consultation, now=consultation.now))
    previews = Version.objects.filter(draft=consultation.draft_id).previews()
    revisions = Revision.objects.filter(version__in=previews).select_related("version")
    drafts.undo(get_object_or_404(revisions, pk=revision_pk), by=request.user)
    messages.success(request, _("The last change is undone."))
    return redirect("desk:text", pk)


def _clause(consultation: Consultation, clause_pk: int) -> Clause:
    """A clause of the preview: what is published never changes (404)."""
    previews = Version.objects.filter(draft=consultation.draft_id).previews()
    clauses = Clause.objects.filter(version__in=previews).select_related("version")
    return get_object_or_404(clauses, pk=clause_pk)


def _deepest(clause: Clause) -> int:
    """How deep the clause may stand: one below the clause before it."""
    before = Clause.objects.filter(version=clause.version_id, position=clause.position - 1)
    depth = before.values_list("depth", flat=True).first()
    return 0 if depth is None else depth + 1


def _clause_page(
    request: HttpRequest, consultation: Consultation, found: Clause, **forms: Any
) -> HttpResponse:
    following = Clause.objects.filter(version=found.version_id, position=found.position + 1)
    is_table = found.kind == Clause.Kind.TABLE
    context = {
        **frame(consultation, "text"),
        "clause": found,
        "following": following.first(),
        "split_form": SplitForm(clause=found),
        "reword_form": None if is_table else RewordForm(clause=found),
        "renumber_form": RenumberForm(clause=found, deepest=_deepest(found)),
        **forms,
    }
    return render(request, "consultations/desk_clause.html", context, status=422 if forms else 200)


def _back_to_tree(
    request: HttpRequest, consultation: Consultation, clause: Clause, words: str
) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{reverse('desk:text', args=[consultation.pk])}#clause-{clause.pk}")
