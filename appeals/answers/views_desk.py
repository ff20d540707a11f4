"""Views of the desk: drafting the answer, approving it, sending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals import actions, rules
from appeals.answers import saved
from appeals.answers.forms import (
    ApproveForm,
    AskForm,
    DraftForm,
    SendBackForm,
    SendForm,
    values_of_draft,
)
from appeals.answers.rules import way_to
from appeals.desk import case as cases
from appeals.desk import verdicts
from appeals.desk.files import accept_signed
from appeals.desk.steps import Step, run_step
from appeals.letters.queries import applicant_of, load_answer
from appeals.letters.wording import greeting_of
from appeals.models import Answer
from core.domain.rules import require
from core.export.official_letter import letter_text
from core.web.forms import posted_data
from core.web.idempotency import idempotent

#: So many saved answers are offered.
_MOST_TEXTS = 100


def _letter_of(case: cases.Case) -> str:
    """The letter with its draft, as plain text; three dots stand for words that are missing. Signed
    by the person, if they may approve it."""
    draft = case.draft or Answer(appeal=case.appeal, by=case.user)
    draft.appeal = case.appeal
    shown = draft if draft.text else Answer(appeal=case.appeal, by=draft.by, text="…")
    signer = case.user if rules.decide(case.user, case.appeal, case.involved) else None
    return letter_text(load_answer(shown, case.now, signer=signer, involved=case.involved))


def _draft_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The draft is saved. A head approves it before it is sent."))
    return redirect(f"{reverse('appeals_desk:detail', args=[pk])}?done=draft:{pk}")


@idempotent(_draft_answer)
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def draft(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Write or change the draft of the answer. rules.draft_answer."""
    case = cases.load(request, pk)
    require(rules.work(case.user, case.appeal, case.involved))
    texts = saved.offered_for(case.user.department_ids)[:_MOST_TEXTS]
    form = DraftForm(
        posted_data(request),
        request.FILES or None,
        initial=values_of_draft(case.appeal),
        texts=list(texts),
        files=case.draft_files,
        is_request=case.appeal.is_request,
        greeting=greeting_of(applicant_of(case.appeal)),
    )

    def save(data: dict[str, Any]) -> None:
        files = [accept_signed(data["signed"])] if data["signed"] else []
        drafted = actions.draft_answer(
            case.appeal, by=case.user, files=files, **form.collect_arguments()
        )
        if data["is_ready"] and not (drafted.asked_at or drafted.approved_at):
            actions.ask_approval(case.appeal, by=case.user)

    step = Step(
        "draft",
        _("Change the draft of the answer") if case.draft else _("Write the answer"),
        _("Save the draft"),
        said=_("The draft is saved. A head approves it before it is sent."),
        explained=_("A change takes an approval back: a head reads it again.")
        if case.draft and (case.draft.approved_at or case.draft.asked_at)
        else "",
        once=True,
    )
    return run_step(
        request,
        case,
        step,
        form,
        verdicts.may_draft(case),
        save,
        template="appeals/desk_draft.html",
        sent_back=case.sent_back,
        draft=case.draft,
        letter=_letter_of(case),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def ask(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say that the draft is ready for a head to approve. rules.ask_approval."""
    case = cases.load(request, pk)
    require(rules.work(case.user, case.appeal, case.involved))
    step = Step(
        "ask",
        _("Ask for approval"),
        _("Ask a head to approve it"),
        said=_("Heads find it among what waits for approval, and are written to."),
        explained=_("A change of the draft takes this back."),
    )
    return run_step(
        request,
        case,
        step,
        AskForm(posted_data(request)),
        verdicts.may_ask(case),
        lambda _data: actions.ask_approval(case.appeal, by=case.user),
        template="appeals/desk_approve.html",
        draft=case.draft,
        refusal=case.refusal,
        files=case.draft_files,
        letter=_letter_of(case),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def approve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Approve the draft as it is shown. rules.approve: a head."""
    case = cases.load(request, pk)
    require(rules.decide(case.user, case.appeal, case.involved))
    form = ApproveForm(posted_data(request), appeal=case.appeal)
    step = Step(
        "approve",
        _("Approve the answer"),
        _("Approve"),
        said=_("Approved: it can be sent."),
        explained=_("Nobody has asked for approval yet: the words may still be worked on.")
        if case.draft and not case.draft.asked_at
        else "",
    )
    return run_step(
        request,
        case,
        step,
        form,
        verdicts.may_approve(case),
        lambda data: actions.approve(case.appeal, by=case.user, **data),
        template="appeals/desk_approve.html",
        may_send_back=verdicts.may_send_back(case),
        draft=case.draft,
        refusal=case.refusal,
        files=case.draft_files,
        letter=_letter_of(case),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def send_back(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Send the draft back for rework, with words. rules.send_back: a head."""
    case = cases.load(request, pk)
    require(rules.decide(case.user, case.appeal, case.involved))
    step = Step(
        "send_back",
        _("Send the draft back for rework"),
        _("Send it back"),
        said=_("The draft is sent back: who wrote it gets a mail."),
        explained=_("An approval is taken back with it.")
        if case.draft and case.draft.approved_at
        else "",
    )
    return run_step(
        request,
        case,
        step,
        SendBackForm(posted_data(request), appeal=case.appeal),
        verdicts.may_send_back(case),
        lambda data: actions.send_back(case.appeal, by=case.user, **data),
        template="appeals/desk_approve.html",
        draft=case.draft,
        refusal=case.refusal,
        files=case.draft_files,
        letter=_letter_of(case),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def send(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Send the approved answer. rules.answer."""
    case = cases.load(request, pk)
    require(rules.respond(case.user, case.appeal, case.involved))
    appeal = case.appeal
    form = SendForm(posted_data(request), initial={"how": way_to(appeal)})
    step = Step(
        "send",
        _("Send the answer"),
        _("Send the answer"),
        said=_("The answer is sent, and the appeal is closed."),
        explained=_("This cannot be undone."),
    )
    return run_step(
        request,
        case,
        step,
        form,
        verdicts.may_send(case),
        lambda data: actions.answer(appeal, by=case.user, **data),
        template="appeals/desk_approve.html",
        draft=case.draft,
        refusal=case.refusal,
        files=case.draft_files,
        letter=_letter_of(case),
    )
