"""Views of one's own data: what is held, a download of it, who looked, and erasure.

Everybody sees and does all this about themselves only.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.data import actions, queries, rules
from accounts.data.files import path_of
from accounts.data.forms import EraseForm
from accounts.data.register import erasure_blockers
from accounts.http import AuthenticatedHttpRequest
from accounts.models import DataAccess, Export
from core.db.paging import neighbours, page_of
from core.domain import clock
from core.domain.rules import Refused, Verdict
from core.web.forms import posted_data
from core.web.idempotency import idempotent

#: In the session of whoever has just erased their account: what stays with their name.
_NAMED = "erased_named"


@login_required
@require_safe
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The person's own data: purpose, recipients, retention; the download's state."""
    return _index(request)


def _index(request: AuthenticatedHttpRequest, refused: Verdict | None = None) -> HttpResponse:
    export = queries.last_export(request.user)
    context = {
        "chapters": queries.chapters(request.user),
        "export": export,
        "takable": export is not None
        and bool(rules.take_export(request.user, export, now=clock.now())),
        "export_lives": queries.words_of(settings.RETENTION["exports"]),
        "refused": "" if refused is None else refused.message,
    }
    return render(
        request, "accounts/data/index.html", context, status=200 if refused is None else 409
    )


def _asked_answer(request: HttpRequest, _id: int) -> HttpResponse:
    return redirect("my_data")


@idempotent(_asked_answer)
@require_POST
def ask(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Have a download made."""
    try:
        made = actions.ask_export(request.user)
    except Refused as refusal:
        return _index(request, refused=refusal.verdict)
    return _asked_answer(request, made.pk)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself: its owner, just now proved to be them, while it is there; 410 afterwards."""
    export = get_object_or_404(Export, pk=pk, user=request.user)
    verdict = rules.take_export(request.user, export, now=clock.now())
    if verdict.code == "data.export_not_ready":
        raise Http404
    if not verdict:
        return _show_refusal(request, verdict)
    try:
        file = path_of(export.file).open("rb")
    except FileNotFoundError:  # deleted this very moment
        return _show_refusal(request, rules.EXPIRED)
    name = f"viche-{export.ready_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _show_refusal(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return render(request, "accounts/data/gone.html", {"verdict": verdict}, status=410)


@login_required
@require_POST
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Delete the download's file before it expires."""
    actions.end_export(get_object_or_404(Export, pk=pk, user=request.user), by=request.user)
    return redirect("my_data")


@login_required
@require_safe
def journal(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The log of accesses by council staff to the person's own data: who, when and why."""
    looks = DataAccess.objects.filter(user=request.user).select_related("by", "department")
    page = page_of(looks, order=("-pk",), after=request.GET.get("after"))
    context = {
        "looks": queries.present_accesses(page),
        "kept_for": queries.words_of(settings.RETENTION["looks"]),
        **neighbours(page, request.GET),
    }
    return render(request, "accounts/data/journal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Erase my account: what goes, what stays and why, the word that confirms it."""
    user = request.user
    verdict = rules.erase(user, user)
    for blocks in erasure_blockers:
        verdict = verdict and blocks(user)
    form = EraseForm(posted_data(request))
    outcome = queries.by_outcome(user)
    if verdict and request.method == "POST" and form.is_valid():
        try:
            actions.erase(user, by=user)
        except Refused as refusal:
            verdict = refusal.verdict
        else:
            logout(request)
            request.session[_NAMED] = [line.name for line in outcome["named"]]
            return redirect("my_data_erased")
    context = {"form": form, "verdict": verdict, **outcome}
    status = 422 if form.errors else 200 if verdict else 403
    return render(request, "accounts/data/erase.html", context, status=status)


@require_safe
def erasure_done(request: HttpRequest) -> HttpResponse:
    """It is done, and what stays with their name, told once to whoever has done it. Anybody."""
    named = queries.named_after_erasure(request.session.pop(_NAMED, ()))
    return render(request, "accounts/data/erased.html", {"named": named})
