"""Contexts of the mail templates, as things stand when a mail is sent.

A function gets the recipient and the ids that were deferred, and returns the template's context, or
None when there is nothing to tell any more: what is hidden, deleted or undone stays out of mails.
The recipient is a user, None for a signer who has no account, a line of a poll's list, an
accreditation of a journalist, or a follower.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from accounts.models import Export, Residence, Suspension, User, Verification
from consultations.models import Consultation, DateChange, EditionTerm, Remark, State
from consultations.reports.answers import answers_to
from core.domain import clock
from discussions import voices
from discussions.models import Comment
from notifications.sending.recipients import Recipient

Context = dict[str, Any] | None
_contents: dict[str, Callable[..., Context]] = {}


def context_of(template: str, recipient: Recipient, ids: dict[str, int]) -> Context:
    """The context of ``emails/<template>`` in the active language, or None: send nothing."""
    known = recipient.follower or recipient.accreditation or recipient.invitation or recipient.user
    context = _contents[template](known, **ids)
    if context is None:
        return None
    return {"user": recipient.user, **context, **recipient.own_paths()}


def mail(template: str) -> Callable[[Callable[..., Context]], Callable[..., Context]]:
    """Register what the mail ``emails/<template>`` needs."""

    def register(function: Callable[..., Context]) -> Callable[..., Context]:
        _contents[template] = function
        return function

    return register


# --- one person -----------------------------------------------------------------------------------


@mail("consultations/remark_joined")
def _remark_joined(user: User, *, comment_id: int) -> Context:
    comments = Comment.objects.filter(pk=comment_id, author=user).select_related("organisation")
    comment = comments.first()
    if comment is None or not comment.is_visible:
        return None
    context = _of_remark(comment)
    return None if context is None else {**context, "organisation": comment.organisation}


@mail("consultations/reply_corrected")
@mail("consultations/remark_answered")
def _remark_answered(user: User, *, comment_id: int, answer_id: int) -> Context:
    answer = Comment.objects.public().filter(pk=answer_id, parent_id=comment_id).first()
    comment = Comment.objects.public().select_related("organisation").filter(pk=comment_id).first()
    if answer is None or comment is None or answer.author_id == user.pk:
        return None
    repeated = None
    if user.pk not in voices.owners_of(comment):
        repeated, comment = comment, _repeat_of(comment, user)
    context = _of_remark(comment) if comment else None
    return None if context is None else {**context, "answer": answer, "repeated": repeated}


def _repeat_of(head: Comment, user: User) -> Comment | None:
    """The words of a person, or of an organisation for which they may speak now, that are folded
    into this remark and answered with it: the first of them."""
    organisations = [each.pk for each in voices.organisations_of(user)]
    own = Q(organisation=None, author=user) | Q(organisation__in=organisations)
    said = Comment.objects.public().filter(own, remark__folded_into=head.pk)
    return said.select_related("organisation").order_by("pk").first()


def _of_remark(comment: Comment) -> Context:
    """A remark, or what was said below one; the link leads to the remark's page."""
    remark = (
        Remark.objects.select_related("consultation")
        .filter(pk=comment.parent_id or comment.pk)
        .first()
    )
    if remark is None:
        return None
    return {"comment": comment, "remark": remark, "consultation": remark.consultation}


@mail("accounts/residence_expiring")
def _residence_expiring(user: User, *, residence_id: int) -> Context:
    residence = (
        Residence.objects.checked()
        .filter(pk=residence_id, user=user, reminded_at__isnull=False)
        .first()
    )
    return None if residence is None else {"residence": residence}


@mail("accounts/identity_expiring")
def _identity_expiring(user: User, *, verification_id: int) -> Context:
    check = Verification.objects.in_force().filter(pk=verification_id, user=user).first()
    return None if check is None else {"check": check}


@mail("accounts/suspended")
def _suspended(user: User, *, suspension_id: int) -> Context:
    suspension = Suspension.objects.filter(pk=suspension_id, user=user, ended_at=None).first()
    return None if suspension is None else {"suspension": suspension}


@mail("accounts/export_ready")
def _export_ready(user: User, *, export_id: int) -> Context:
    export = Export.objects.filter(pk=export_id, user=user, ended_at=None).first()
    return None if export is None or export.ready_at is None else {"export": export}


@mail("accounts/reinstated")
def _reinstated(user: User) -> Context:
    return {} if user.is_active else None


# --- everybody who took part ----------------------------------------------------------------------


@mail("consultations/dates_changed")
def _dates_changed(user: User, *, consultation_id: int, change_id: int) -> Context:
    """Nothing when it was withdrawn meanwhile, or its dates have changed again."""
    context = _of_consultation(consultation_id)
    change = DateChange.objects.filter(pk=change_id, consultation_id=consultation_id).first()
    if context is None or change is None or context["consultation"].withdrawn_at:
        return None
    later = DateChange.objects.filter(consultation_id=consultation_id, pk__gt=change_id)
    return None if later.exists() else {**context, "change": change}


@mail("consultations/report_published")
def _report_published(user: User, *, consultation_id: int, edition_id: int = 0) -> Context:
    context = _of_consultation(consultation_id)
    if context is None or context["consultation"].reported_at is None:
        return None
    answers = answers_to(user, edition_id)
    return None if answers is None else {**context, "answers": answers, "edition": edition_id}


@mail("consultations/withdrawn")
def _withdrawn(user: User, *, consultation_id: int) -> Context:
    context = _of_consultation(consultation_id)
    return context if context and context["consultation"].withdrawn_at else None


@mail("consultations/opened")
def _opened(user: User, *, consultation_id: int) -> Context:
    """Nothing when it is not open any more."""
    context = _of_consultation(consultation_id)
    is_open = context and context["consultation"].state_at(clock.now()) == State.OPEN
    return context if is_open else None


@mail("consultations/edition_due")
def _edition_due(user: User, *, consultation_id: int, remark_id: int) -> Context:
    """None once another edition is published, or for who may not work on it any more."""
    due = EditionTerm.objects.filter(remark=remark_id, edition=None).select_related("remark")
    term = due.filter(consultation__in=Consultation.objects.worked_on_by(user)).first()
    context = _of_consultation(consultation_id)
    return None if term is None or context is None else {**context, "term": term}


def _of_consultation(consultation_id: int) -> Context:
    consultation = Consultation.objects.published().filter(pk=consultation_id).first()
    return None if consultation is None else {"consultation": consultation}
