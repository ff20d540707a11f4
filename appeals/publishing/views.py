"""Views of published answers: for everybody, the applicant's consent, publishing on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_client
from appeals import actions
from appeals import rules as appeals_rules
from appeals.answers.actions import PUBLISHED
from appeals.desk import case as cases
from appeals.filing import limits
from appeals.filing.access import load_own
from appeals.models import Answer, Appeal
from appeals.publishing import queries, rules
from appeals.publishing.actions import set_consent
from appeals.publishing.forms import TEXTS, PublishForm
from appeals.publishing.suggestions import leave_out, suggest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.pages import shared_page


def _topics(**_parameters: Any) -> list[str]:
    return [PUBLISHED]


@require_safe
@shared_page(_topics)
def answers(request: HttpRequest) -> HttpResponse:
    """Published answers, by words in any form. Anybody."""
    return render(request, "appeals/answers.html", queries.list_context(request.GET))


@require_safe
@shared_page(_topics)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A question and its answer. Anybody."""
    return render(request, "appeals/answer.html", {"shown": queries.load_published(pk)})


@never_cache
@require_http_methods(["GET", "POST"])
@per_client(limits.ACT)
def publication(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """Agree that an answer is published, or agree no more. rules.agree: the applicant."""
    own = load_own(request, pk)
    found = _load_sent_answer(own.appeal, answer_pk)
    require(rules.agree(request.user, own.appeal, found, holds_secret=own.holds_secret))
    if request.method == "POST":
        agrees = request.POST.get("agrees") == "1"
        set_consent(found, by=request.user, agrees=agrees, holds_secret=own.holds_secret)
        messages.success(
            request,
            _("Thank you. An official leaves out what tells of you before it is published.")
            if agrees
            else _("It is not published."),
        )
        return redirect(own.appeal)
    return render(request, "appeals/publication.html", {"appeal": own.appeal, "answer": found})


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def publish(request: AuthenticatedHttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """Leave out what tells of people, and publish an answer, the last or a former one.
    rules.publish_answer."""
    case = cases.load(request, pk)
    require(appeals_rules.respond(case.user, case.appeal, case.involved))
    found = _load_sent_answer(case.appeal, answer_pk)
    asked_for = request.POST.get("do", "")
    if asked_for == "take_off":
        actions.unpublish_answer(found, by=case.user)
        messages.success(request, _("Nobody else reads it any more."))
        return redirect("appeals_desk:publish", pk, answer_pk)
    if asked_for == "leave_out":
        form = PublishForm(initial=_redact_texts(request, case.appeal))
    elif asked_for:
        form = PublishForm(posted_data(request))
        if form.is_valid():
            with form.attempt():
                texts = {name: form.cleaned_data[name] for name in TEXTS}
                published = actions.publish_answer(found, by=case.user, **texts)
                messages.success(request, _("Published: everybody can find it now."))
                return redirect("appeals:answer", published.pk)
    else:
        form = PublishForm(initial=_initial(case, found))
    context = {
        "shown": case.shown,
        "here": _("Publish the answer"),
        "answer": found,
        "form": form,
        "suggestions": suggest((str(form[name].value() or "") for name in TEXTS), case.appeal),
        "back": reverse("appeals_desk:detail", args=[pk]),
    }
    return render(request, "appeals/desk_publish.html", context, status=form.status)


def _load_sent_answer(appeal: Appeal, answer_pk: int) -> Answer:
    """One of its answers that were sent; Http404 where it is none."""
    return get_object_or_404(appeal.answers.filter(sent_at__isnull=False), pk=answer_pk)


def _initial(case: cases.Case, found: Answer) -> dict[str, str]:
    return {
        "subject": case.appeal.subject,
        "question": case.appeal.text,
        "text": found.text,
    }


def _redact_texts(request: HttpRequest, appeal: Appeal) -> dict[str, str]:
    """The sent texts without the chosen pieces."""
    pieces = {piece.replace("\r\n", "\n") for piece in request.POST.getlist("piece")}
    return {
        name: leave_out(request.POST.get(name, "")[:20_000].replace("\r\n", "\n"), pieces, appeal)
        for name in TEXTS
    }
