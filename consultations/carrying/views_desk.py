"""The desk's pages of carrying: the matching of clauses, and how far the job is."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.carrying import queries
from consultations.carrying.forms import MatchingForm
from consultations.desk.queries import frame, load_worked_on
from consultations.models import Consultation
from core.domain.rules import require
from core.web.forms import posted_data
from drafts.matching.actions import rematch
from drafts.matching.pairs import Pair, find_gone, find_pairs
from drafts.models import Clause, Version

#: Pairs on a page.
_PAGE = 40


@login_required
@require_http_methods(["GET", "POST"])
def matching(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Which clause of the version before each one of the preview continues, doubtful ones first;
    to be confirmed or corrected. rules.change_text, drafts' rematch."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    preview, before, after = _versions(consultation)
    verdict = rules.change_text(request.user, consultation, now=shown.now)
    context = {**frame(shown, "text"), "preview": preview, "verdict": verdict, "may": bool(verdict)}
    if preview is None or not before:
        return render(request, "consultations/desk_matching.html", context)
    pairs, gone = find_pairs(before, after), find_gone(before, after)
    doubtful = [pair for pair in pairs if pair.is_doubtful]
    shows_all = "all" in request.GET or not doubtful
    chosen = _choose_pairs(request, pairs, () if shows_all else doubtful)
    form = MatchingForm(posted_data(request), pairs=chosen, gone=gone, version=preview)
    if request.method == "POST":
        require(verdict)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(preview):
            changed = rematch(preview, form.choices(), by=request.user)
            messages.success(request, _count_message(changed))
            return redirect(_back(request, pk, left=len(doubtful) - len(chosen)))
    context |= {
        "form": form,
        "doubtful": len(doubtful),
        "shows_all": shows_all,
        "number": len(pairs),
        "page_number": _page_number(request),
        "has_more": shows_all and len(pairs) > _PAGE * _page_number(request),
        "gone": gone,
    }
    return render(request, "consultations/desk_matching.html", context, status=form.status)


def _versions(consultation: Consultation) -> tuple[Version | None, list[Clause], list[Clause]]:
    """The preview, and the clauses of the version before it and its own."""
    versions = Version.objects.filter(draft=consultation.draft_id)
    preview = versions.previews().first()
    former = versions.published().latest_first().first()
    if preview is None or former is None:
        return preview, [], []
    return preview, list(former.outline().defer("html")), list(preview.outline().defer("html"))


def _choose_pairs(
    request: HttpRequest, pairs: Sequence[Pair], doubtful: Sequence[Pair]
) -> Sequence[Pair]:
    """The pairs of this page: the doubtful ones, or of none all; of a form that was sent, those
    that it held."""
    if request.method == "POST":
        names = {name for name in request.POST if name.startswith("continues_")}
        return [pair for pair in pairs if f"continues_{pair.new.pk}" in names][: 2 * _PAGE]
    if not doubtful:
        start = _PAGE * (_page_number(request) - 1)
        in_order = sorted(pairs, key=lambda pair: pair.new.position)
        return in_order[start : start + _PAGE]
    return doubtful[:_PAGE]


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and 0 < len(number) < 5 and int(number) else 1


def _count_message(changed: int) -> str:
    if not changed:
        return _("Confirmed.")
    return ngettext(
        "Saved: %(number)d clause continues another one now.",
        "Saved: %(number)d clauses continue others now.",
        changed,
    ) % {"number": changed}


def _back(request: HttpRequest, pk: int, *, left: int) -> str:
    address = reverse("desk:matching", args=[pk])
    if "all" in request.GET:
        return f"{address}?{request.GET.urlencode()}"
    return address if left > 0 else reverse("desk:text", args=[pk])


@login_required
@require_GET
def carrying(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Counts of remarks carried to the newest version, by method. rules.keep_record."""
    shown = load_worked_on(request, pk)
    context = {**frame(shown, "text"), **queries.carrying_context(shown.consultation)}
    template = "consultations/desk_carrying.html"
    return render(request, f"{template}#progress" if request.htmx else template, context)
