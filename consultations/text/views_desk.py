"""The draft's text: import, the tree to be checked, what changed and is doubtful, publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.carrying.pages import is_change, show_changes
from consultations.carrying.queries import Impact, newest_carrying
from consultations.desk.queries import frame, load_worked_on
from consultations.life.forms import DRAFTS
from consultations.presenters import ShownConsultation
from consultations.queries import Heat
from consultations.text import actions
from consultations.text.doubts import doubt_groups
from consultations.text.forms import ImportForm, PublishTextForm, RepairForm
from consultations.text.set_aside import ShownLines, shown_lines, word_counts
from core.domain.rules import Refused, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from drafts.importing import ImportRefused
from drafts.matching.pairs import find_pairs
from drafts.models import Clause, Revision, SetAside, Version
from drafts.versions import difference
from drafts.versions.doubts import find_doubts

_SHOWN_REVISIONS = 50


@login_required
@require_GET
def text(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The tree of the preview, else of what is published. rules.keep_record."""
    shown = load_worked_on(request, pk)
    return render(request, "consultations/desk_text.html", text_context(request, shown))


def text_context(request: AuthenticatedHttpRequest, shown: ShownConsultation) -> dict[str, Any]:
    """Context of the page of the tree."""
    consultation = shown.consultation
    versions = list(Version.objects.filter(draft=consultation.draft_id).latest_first())
    version = versions[0] if versions else None
    clauses = list(version.outline().defer("html")) if version else []
    may_change = rules.change_text(request.user, consultation, now=shown.now)
    is_preview = version is not None and not version.is_published
    former = versions[1] if is_preview and len(versions) > 1 else None
    revisions = version.revisions.latest_first().select_related("by") if version else ()
    aside = shown_lines(version, clauses) if version else []
    undecided = [lines for lines in aside if lines.is_undecided]
    made = list(revisions[:_SHOWN_REVISIONS])
    doubts = (
        find_doubts(clauses, **_facts_of_doubts(version, aside)) if version and is_preview else []
    )
    doubtful_pairs = _doubtful_pairs(former, clauses)
    return {
        **frame(shown, "text"),
        "version": version,
        "versions": versions,
        "rows": list(_tree(clauses)),
        "numbered": sum(1 for clause in clauses if clause.number),
        "may_change": may_change,
        "may_repair": is_preview and may_change,
        "repair_form": RepairForm(clauses=clauses),
        "words": version
        and word_counts(version, clauses, aside, is_changed=any(map(_changes_words, made))),
        "undecided": undecided,
        "decided": [lines for lines in aside if not lines.is_undecided],
        "doubts": len(doubts),
        "doubtful_pairs": doubtful_pairs,
        "checks": _checks(version, len(doubts)),
        "carrying": newest_carrying(consultation),
        "revisions": [
            {"made": each, "parts": difference.words(each.old, each.new) if each.old else ()}
            for each in made
        ],
        "kinds": [choice for choice in Clause.Kind.choices if choice[0] != Clause.Kind.TABLE],
    }


def _changes_words(revision: Revision) -> bool:
    return revision.kind not in (Revision.Kind.REMATCH, Revision.Kind.MOVE, Revision.Kind.RETYPE)


def _facts_of_doubts(version: Version, aside: list[ShownLines]) -> dict[str, bool]:
    """Facts that doubts depend on besides the clauses.

    Once an officer has put a list of contents back, nobody is asked about it again.
    """
    contents = (each for each in aside if each.found.kind == SetAside.Kind.CONTENTS)
    return {
        "keeps_contents": any(each.is_in_text for each in contents),
        "is_from_pdf": version.is_from_pdf,
    }


def _checks(version: Version | None, doubts: int) -> int:
    """Number of things to be looked at before the preview is published."""
    if version is None or version.is_published:
        return 0
    return doubts + bool(version.is_converted) + bool(version.tracked_changes)


def _tree(clauses: list[Clause]) -> Iterable[dict[str, Any]]:
    """Each clause with what a nested list needs: whether a deeper one follows, how many end."""
    for clause, following in zip(clauses, [*clauses[1:], None], strict=True):
        after = following.depth if following else 0
        yield {
            "clause": clause,
            "opens": after > clause.depth,
            "closes": range(max(0, clause.depth - after)),
        }


def _import_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Imported. Check the clauses before publishing."))
    return redirect("desk:text", pk)


@idempotent(_import_answer)
@login_required
@require_http_methods(["GET", "POST"])
def import_text(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Make a file the preview of the next version. rules.change_text."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    verdict = rules.change_text(request.user, consultation, now=shown.now)
    form = ImportForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.import_text(consultation, by=request.user, file=file.file, name=file.name)
        except ImportRefused as refusal:
            form.add_error("file", str(refusal))
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            return _import_answer(request, pk, pk)
    context = {
        **frame(shown, "text"),
        "form": form,
        "verdict": verdict,
        "kept_done": DRAFTS.keys_done(request, pk),
    }
    return render(request, "consultations/desk_import.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Changes in the new version; then publish it. rules.change_text, drafts' publish."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    may_publish = rules.change_text(request.user, consultation, now=shown.now)
    form = PublishTextForm(posted_data(request), consultation=consultation)
    if request.method == "POST" and form.is_valid():
        require(may_publish)
        with form.attempt(), form.saving(consultation):
            published = actions.publish_text(consultation, by=request.user, **form.cleaned_data)
            former_number = published.number - 1
            messages.success(
                request,
                _("Published. Everybody will read this text once the consultation is announced.")
                if consultation.announced_at is None
                else _("Published. This is the text that everybody reads now."),
            )
            return redirect("desk:carrying" if former_number else "desk:detail", pk)
    versions = Version.objects.filter(draft=consultation.draft_id)
    preview = versions.previews().first()
    former = versions.published().latest_first().first()
    clauses = list(preview.outline()) if preview else []
    aside = shown_lines(preview, clauses) if preview else []
    changes = []
    if preview and former:
        found = difference.clauses(former.outline(), clauses)
        changes = show_changes(filter(is_change, found), Heat.of(consultation))
    context = {
        **frame(shown, "text"),
        "preview": preview,
        "former": former,
        "changes": [each.change for each in changes],
        "impact": Impact.of(changes),
        "doubtful_pairs": _doubtful_pairs(former, clauses),
        "clauses": len(clauses),
        "doubts": doubt_groups(clauses, **_facts_of_doubts(preview, aside)) if preview else [],
        "undecided": [lines for lines in aside if lines.is_undecided],
        "repair_form": RepairForm(clauses=clauses),
        "form": form,
        "may_publish": may_publish,
    }
    return render(request, "consultations/desk_publish.html", context, status=form.status)


def _doubtful_pairs(former: Version | None, clauses: list[Clause]) -> int:
    """Number of clauses of the preview that an officer should check before remarks follow them."""
    if former is None or not clauses:
        return 0
    pairs = find_pairs(list(former.outline().defer("html")), clauses)
    return sum(pair.is_doubtful for pair in pairs)
