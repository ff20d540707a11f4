"""Repair of a preview's clauses at the desk: one at a time, several at once, and undone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.desk.queries import frame, load_worked_on
from consultations.models import Consultation
from consultations.presenters import ShownConsultation
from consultations.text.forms import ClauseForm, RenumberForm, RepairForm, RewordForm, SplitForm
from consultations.text.views_desk import text_context
from core.domain.rules import reject, require
from core.web.idempotency import idempotent
from drafts.clauses import actions as drafts
from drafts.models import Clause, Revision, Version
from drafts.versions import set_aside

_MOST_CHOSEN = 500  # clauses repaired at once


@login_required
@require_GET
def clause(request: AuthenticatedHttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """One clause of the preview, to be split, joined, renumbered, reworded. rules.change_text."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    return _clause_page(request, shown, _clause(consultation, clause_pk))


def _split_answer(request: HttpRequest, second_pk: int, pk: int, clause_pk: int) -> HttpResponse:
    return _back_to_tree(request, pk, second_pk, _("The clause is split."))


@idempotent(_split_answer)
@login_required
@require_POST
def split(request: AuthenticatedHttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Divide a clause in two. rules.change_text, drafts' split."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    found = _clause(consultation, clause_pk)
    form = SplitForm(request.POST, clause=found)
    if form.is_valid():
        require(rules.change_text(request.user, consultation, now=shown.now))
        with form.attempt(), form.saving(found.version, found):
            second = drafts.split(found, form.cleaned_data["at"], by=request.user)
            return _split_answer(request, second.pk, pk, clause_pk)
    return _clause_page(request, shown, found, split_form=form)


def _join_answer(request: HttpRequest, _id: int, pk: int, clause_pk: int) -> HttpResponse:
    return _back_to_tree(request, pk, clause_pk, _("The clauses are joined."))


@idempotent(_join_answer)
@login_required
@require_POST
def join(request: AuthenticatedHttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Join a clause with the one right after it. rules.change_text, drafts' join."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    found = _clause(consultation, clause_pk)
    require(rules.change_text(request.user, consultation, now=shown.now))
    following = get_object_or_404(Clause, version=found.version_id, position=found.position + 1)
    form = ClauseForm(request.POST, clause=found)
    if form.is_valid():
        with form.attempt(), form.saving(found.version, found):
            drafts.join(found, following, by=request.user)
            return _join_answer(request, found.pk, pk, clause_pk)
    return _clause_page(request, shown, found, join_form=form)


def _renumber_answer(request: HttpRequest, _id: int, pk: int, clause_pk: int) -> HttpResponse:
    return _back_to_tree(request, pk, clause_pk, _("The clause is changed."))


@idempotent(_renumber_answer)
@login_required
@require_POST
def renumber(request: AuthenticatedHttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Give a clause another number, kind or level. rules.change_text, drafts' renumber."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    found = _clause(consultation, clause_pk)
    form = RenumberForm(request.POST, clause=found, deepest=_deepest(found))
    if form.is_valid():
        require(rules.change_text(request.user, consultation, now=shown.now))
        with form.attempt(), form.saving(found.version, found):
            drafts.renumber(found, by=request.user, **form.cleaned_data)
            return _renumber_answer(request, found.pk, pk, clause_pk)
    return _clause_page(request, shown, found, renumber_form=form)


def _reword_answer(request: HttpRequest, _id: int, pk: int, clause_pk: int) -> HttpResponse:
    return _back_to_tree(request, pk, clause_pk, _("The words are changed."))


@idempotent(_reword_answer)
@login_required
@require_POST
def reword(request: AuthenticatedHttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Correct the words of a clause. rules.change_text, drafts' reword."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    found = _clause(consultation, clause_pk)
    form = RewordForm(request.POST, clause=found)
    if form.is_valid():
        require(rules.change_text(request.user, consultation, now=shown.now))
        with form.attempt(), form.saving(found.version, found):
            drafts.reword(found, by=request.user, **form.cleaned_data)
            return _reword_answer(request, found.pk, pk, clause_pk)
    return _clause_page(request, shown, found, reword_form=form)


def _repair_answer(request: HttpRequest, version_pk: int, pk: int) -> HttpResponse:
    if request.POST.get("do") == "leave_out":
        messages.success(request, _("Left out. These lines can still be put back."))
        return redirect("desk:text", pk)
    if request.POST.get("do") == "put_back":
        back = Revision.objects.filter(version=version_pk).latest_first().first()
        words = _("Put back into the text. The list of changes can undo it.")
        return _back_to_tree(request, pk, back.were["made"][0] if back else "", words)
    if request.POST.get("do") == "remove":
        last = Revision.objects.filter(version=version_pk).latest_first().first()
        removed = last.were["removed"] if last else []
        # The part before those removed; the first ones have none.
        after = (removed[0]["after"] if removed else None) or ""
        words = _("Removed from the text. The list of changes can undo it.")
        return _back_to_tree(request, pk, after, words)
    return _back_to_tree(request, pk, _chosen_ids(request)[0], _("The parts are changed."))


@idempotent(_repair_answer)
@login_required
@require_POST
def repair(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Join, move, retype or remove the chosen clauses; decide about lines set aside.

    rules.change_text, drafts' rules of each.
    """
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    require(rules.change_text(request.user, consultation, now=shown.now))
    version = get_object_or_404(Version.objects.filter(draft=consultation.draft_id).previews())
    do, pks = request.POST.get("do", ""), _chosen_ids(request)
    form = RepairForm(request.POST, clauses=())
    if form.is_valid():
        with form.attempt(), form.saving(version):
            if decide := _DECISIONS.get(do):
                lines = version.set_aside.filter(pk__in=_chosen_ids(request, "aside"))
                decide(version, lines, by=request.user)
            else:
                _repair_chosen(version, do, pks, request)
            return _repair_answer(request, version.pk, pk)
    context = text_context(request, shown)
    context |= {
        "repair_form": form,
        "chosen": set(pks),
        "chosen_kind": request.POST.get("kind", ""),
    }
    return render(request, "consultations/desk_text.html", context, status=form.status)


def _repair_chosen(
    version: Version, do: str, pks: list[int], request: AuthenticatedHttpRequest
) -> None:
    act = _REPAIRS.get(do)
    chosen = list(version.outline().filter(pk__in=pks).select_related("version"))
    if act is None or not chosen:
        reject("draft.nothing_chosen", _("Choose the parts first."))
    if len(pks) > _MOST_CHOSEN:
        reject(
            "draft.too_many_chosen",
            _("At most %(number)d parts can be changed at once.") % {"number": _MOST_CHOSEN},
        )
    act(chosen, request)


def _chosen_ids(request: HttpRequest, field: str = "clause") -> list[int]:
    """The ids of the clauses chosen in the tree, in its order; a script sends them as one field."""
    sent = " ".join(request.POST.getlist(field)).split()
    return [int(each) for each in sent if each.isascii() and each.isdecimal() and len(each) < 19]


_REPAIRS: dict[str, Callable[[list[Clause], AuthenticatedHttpRequest], object]] = {
    "join": lambda chosen, request: drafts.join_all(chosen, by=request.user),
    "deeper": lambda chosen, request: drafts.move_all(chosen, 1, by=request.user),
    "higher": lambda chosen, request: drafts.move_all(chosen, -1, by=request.user),
    "retype": lambda chosen, request: drafts.retype_all(
        chosen, request.POST.get("kind", ""), by=request.user
    ),
    "remove": lambda chosen, request: drafts.remove_all(chosen, by=request.user),
}


_DECISIONS = {"put_back": set_aside.put_back, "leave_out": set_aside.leave_out}


def _undo_answer(request: HttpRequest, _id: int, pk: int, revision_pk: int) -> HttpResponse:
    messages.success(request, _("The last change is undone."))
    return redirect("desk:text", pk)


@idempotent(_undo_answer)
@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """Take the last change of the preview back. rules.change_text, drafts' undo."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    require(rules.change_text(request.user, consultation, now=shown.now))
    previews = Version.objects.filter(draft=consultation.draft_id).previews()
    revisions = Revision.objects.filter(version__in=previews).select_related("version")
    drafts.undo(get_object_or_404(revisions, pk=revision_pk), by=request.user)
    return _undo_answer(request, revision_pk, pk, revision_pk)


def _clause(consultation: Consultation, clause_pk: int) -> Clause:
    """A clause of the preview: what is published never changes (404)."""
    previews = Version.objects.filter(draft=consultation.draft_id).previews()
    clauses = Clause.objects.filter(version__in=previews).select_related("version")
    return get_object_or_404(clauses, pk=clause_pk)


def _deepest(clause: Clause) -> int:
    """The deepest level open to the clause: one below the clause before it."""
    before = Clause.objects.filter(version=clause.version_id, position=clause.position - 1)
    depth = before.values_list("depth", flat=True).first()
    return 0 if depth is None else depth + 1


def _clause_page(
    request: HttpRequest, shown: ShownConsultation, found: Clause, **forms: ClauseForm
) -> HttpResponse:
    if forms:
        found = _clause(shown.consultation, found.pk)  # as it is now
    following = Clause.objects.filter(version=found.version_id, position=found.position + 1)
    is_table = found.kind == Clause.Kind.TABLE
    context = {
        **frame(shown, "text"),
        "clause": found,
        "following": following.first(),
        "split_form": SplitForm(clause=found),
        "join_form": ClauseForm(clause=found),
        "reword_form": None if is_table else RewordForm(clause=found),
        "renumber_form": RenumberForm(clause=found, deepest=_deepest(found)),
        **forms,
    }
    status = max((form.status for form in forms.values()), default=200)
    return render(request, "consultations/desk_clause.html", context, status=status)


def _back_to_tree(request: HttpRequest, pk: int, clause_pk: int | str, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{reverse('desk:text', args=[pk])}#clause-{clause_pk}")
