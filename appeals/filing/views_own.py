"""Views of one's own appeal, by the account that filed it or by the session of its secret.

404 for everybody else. Whoever works for the council reads appeals on the desk.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import per_client
from appeals import actions
from appeals.filing import complaining, limits, queries
from appeals.filing import rules_own as rules
from appeals.filing.access import OwnAppeal, load_own
from appeals.filing.forms_own import RateForm, ReopenForm
from appeals.filing.presenters import ApplicantAppeal
from appeals.models import Answer, Attachment
from city.calendar import work_calendar
from core.domain.rules import require
from core.web.downloads import as_download
from core.web.forms import posted_data


@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The appeal's state, term, history and readers. Its applicant."""
    own = load_own(request, pk)
    context = {
        "page": queries.own_page(own, request.user),
        "was_filed": request.GET.get("filed") == "1",
        "kept_done": _kept_done(request),
    }
    return render(request, "appeals/detail.html", context)


def _kept_done(request: HttpRequest) -> str:
    """Name of the form's texts kept on the device, once it is filed."""
    if request.GET.get("filed") != "1" or not request.user.is_authenticated:
        return ""
    return " ".join(f"appeal:{request.user.pk}:{name}" for name in ("text", "subject"))


@never_cache
@require_safe
def download(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file of it or of its answer, always to be saved. Its applicant."""
    own = load_own(request, pk)
    of_appeal = Attachment.objects.taken().filter(appeal=own.appeal)
    of_answer = Attachment.objects.filter(answer__appeal=own.appeal, answer__sent_at__isnull=False)
    file = get_object_or_404(of_appeal | of_answer, pk=file_pk)
    return as_download(bytes(file.content), media_type=file.media_type, name=file.name)


@never_cache
@require_http_methods(["GET", "POST"])
@per_client(limits.ACT)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, after a question. rules.applicant.withdraw."""
    own = load_own(request, pk)
    if request.method == "POST":
        actions.withdraw(own.appeal, by=request.user, holds_secret=own.holds_secret)
        messages.success(request, _("You have withdrawn it. Nobody is considering it any more."))
        return redirect(own.appeal)
    require(rules.withdraw(request.user, own.appeal, now=own.now, holds_secret=own.holds_secret))
    return render(request, "appeals/withdraw.html", _context(own))


@never_cache
@require_http_methods(["GET", "POST"])
@per_client(limits.ACT)
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the answer solves it and is clear, once. rules.applicant.rate."""
    own = load_own(request, pk)
    form = RateForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.rate(
                own.appeal, by=request.user, holds_secret=own.holds_secret, **form.cleaned_data
            )
            messages.success(request, _("Thank you. The council reads what you said."))
            return redirect(own.appeal)
    elif request.method == "GET":
        last = _last_answer(own)
        require(
            rules.rate(
                request.user,
                own.appeal,
                last,
                now=own.now,
                rating=5,
                holds_secret=own.holds_secret,
            )
        )
    context = _context(own) | {"form": form}
    return render(request, "appeals/rate.html", context, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@per_client(limits.ACT)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Say once what the answer leaves open: it is considered again. rules.applicant.reopen."""
    own = load_own(request, pk)
    form = ReopenForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.reopen(
                own.appeal, by=request.user, holds_secret=own.holds_secret, **form.cleaned_data
            )
            messages.success(request, _("It is open again. See below by when it will be answered."))
            return redirect(own.appeal)
    elif request.method == "GET":
        require(
            rules.reopen(
                request.user,
                own.appeal,
                now=own.now,
                calendar=work_calendar(),
                reason="-",
                holds_secret=own.holds_secret,
            )
        )
    context = _context(own) | {"form": form}
    return render(request, "appeals/reopen.html", context, status=form.status)


@never_cache
@require_safe
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a complaint about the answer, or about its absence, to be sent elsewhere. Its
    applicant."""
    own = load_own(request, pk)
    text = complaining.text_of(own.appeal, _last_answer(own), own.now)
    context = _context(own) | {"text": text, "ways": complaining.ways(own.appeal)}
    return render(request, "appeals/complaint.html", context)


def _last_answer(own: OwnAppeal) -> Answer | None:
    sent = Answer.objects.filter(appeal=own.appeal, sent_at__isnull=False)
    return sent.order_by("-pk").first()


def _context(own: OwnAppeal) -> dict[str, Any]:
    return {"appeal": own.appeal, "shown": ApplicantAppeal(own.appeal, own.now)}
