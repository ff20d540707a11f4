"""The draft's text: import, the tree to be checked, its mending, what changed, publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations import actions, rules
from consultations.desk.forms_text import (
    ClauseForm,
    ImportForm,
    PublishTextForm,
    RenumberForm,
    SplitForm,
)
from consultations.desk.keeping import kept_done
from consultations.desk.reading import frame, worked_on
from consultations.models import Consultation
from core.forms import posted
from core.rules import Refused, require
from drafts import actions as drafts
from drafts import difference
from drafts.importing import ImportRefused
from drafts.models import Clause, Version


@login_required
@require_GET
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree of the preview, else of what is published. rules.keep_record."""
    consultation = worked_on(request, pk)
    versions = list(Version.objects.filter(draft=consultation.draft_id).latest_first())
    version = versions[0] if versions else None
    clauses = list(version.outline().defer("html")) if version else []
    context = {
        **frame(consultation, "text"),
        "version": version,
        "versions": versions,
        "rows": list(_tree(clauses)),
        "numbered": sum(1 for clause in clauses if clause.number),
        "may_change": rules.change_text(request.user, consultation, now=consultation.now),
    }
    return render(request, "consultations/desk_text.html", context)


def _tree(clauses: list[Clause]) -> Iterable[dict[str, Any]]:
    """Each clause with what a nested list needs: whether a deeper one follows, how many end."""
    for clause, following in zip(clauses, [*clauses[1:], None], strict=True):
        after = following.depth if following else 0
        yield {
            "clause": clause,
            "opens": after > clause.depth,
            "closes": range(max(0, clause.depth - after)),
        }


@login_required
@require_http_methods(["GET", "POST"])
def import_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a file the preview of the next version. rules.change_text."""
    consultation = worked_on(request, pk)
    verdict = rules.change_text(request.user, consultation, now=consultation.now)
    form = ImportForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.import_text(consultation, by=request.user, file=file.file, name=file.name)
        except ImportRefused as refusal:
            form.add_error("file", str(refusal))
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            messages.success(request, _("Imported. Check the clauses before publishing."))
            return redirect("desk:text", pk)
    context = {
        **frame(consultation, "text"),
        "form": form,
        "verdict": verdict,
        "kept_done": kept_done(request, pk),
    }
    return render(request, "consultations/desk_import.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What the new version changes; then publish it. rules.change_text, drafts' publish."""
    consultation = worked_on(request, pk)
    may_publish = rules.change_text(request.user, consultation, now=consultation.now)
    form = PublishTextForm(posted(request), consultation=consultation)
    if request.method == "POST" and form.is_valid():
        require(may_publish)
        with form.attempt(), form.saving(consultation):
            actions.publish_text(consultation, by=request.user)
            messages.success(
                request,
                _("Published. Everybody will read this text once the consultation is announced.")
                if consultation.announced_at is None
                else _("Published. This is the text that everybody reads now."),
            )
            return redirect("desk:detail", pk)
    versions = Version.objects.filter(draft=consultation.draft_id)
    preview = versions.previews().first()
    former = versions.published().latest_first().first()
    changes = []
    if preview and former:
        changes = [
            change
            for change in difference.clauses(former.outline(), preview.outline())
            if change.status != difference.Status.UNCHANGED or change.renumbered
        ]
    context = {
        **frame(consultation, "text"),
        "preview": preview,
        "former": former,
        "changes": changes,
        "clauses": preview.clauses.count() if preview else 0,
        "form": form,
        "may_publish": may_publish,
    }
    return render(request, "consultations/desk_publish.html", context, status=form.status)


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
        with form.attempt(), form.saving(found.version, found):
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
    form = ClauseForm(request.POST, clause=found)
    if form.is_valid():
        with form.attempt(), form.saving(found.version, found):
            kept = drafts.join(found, following, by=request.user)
            return _back_to_tree(request, consultation, kept, _("The clauses are joined."))
    return _clause_page(request, consultation, found, join_form=form)


@login_required
@require_POST
def renumber(request: HttpRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Give a clause another number, kind or level. rules.change_text, drafts' renumber."""
    consultation = worked_on(request, pk)
    found = _clause(consultation, clause_pk)
    form = RenumberForm(request.POST, clause=found, deepest=_deepest(found))
    if form.is_valid():
        require(rules.change_text(request.user, consultation, now=consultation.now))
        with form.attempt(), form.saving(found.version, found):
            changed = drafts.renumber(found, by=request.user, **form.cleaned_data)
            return _back_to_tree(request, consultation, changed, _("The clause is changed."))
    return _clause_page(request, consultation, found, renumber_form=form)


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
    request: HttpRequest, consultation: Consultation, found: Clause, **forms: ClauseForm
) -> HttpResponse:
    if forms:
        found = _clause(consultation, found.pk)  # as it is now
    following = Clause.objects.filter(version=found.version_id, position=found.position + 1)
    context = {
        **frame(consultation, "text"),
        "clause": found,
        "following": following.first(),
        "split_form": SplitForm(clause=found),
        "join_form": ClauseForm(clause=found),
        "renumber_form": RenumberForm(clause=found, deepest=_deepest(found)),
        **forms,
    }
    status = max((form.status for form in forms.values()), default=200)
    return render(request, "consultations/desk_clause.html", context, status=status)


def _back_to_tree(
    request: HttpRequest, consultation: Consultation, clause: Clause, words: str
) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{reverse('desk:text', args=[consultation.pk])}#clause-{clause.pk}")
