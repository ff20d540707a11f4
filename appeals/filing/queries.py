"""Queries of the applicant's pages: a fixed number at any size."""

from __future__ import annotations

from accounts.models import Anybody, User
from appeals.filing import files
from appeals.filing import rules_own as rules
from appeals.filing.access import OwnAppeal
from appeals.filing.presenters import (
    ApplicantAnswer,
    ApplicantAppeal,
    ApplicantEntry,
    OwnPage,
    summarise_readings,
)
from appeals.models import Answer, Appeal, Attachment, CopyFee, Refusal
from appeals.queries import readings, timeline
from appeals.querysets import AppealQuerySet
from city.calendar import work_calendar
from core.db.paging import Page, page_of
from core.domain import clock

PAGE_SIZE = 20
#: Words that no list needs.
_LONG = ("text", "search", "digest", "ending_note", "reopening_reason")


def own_page(own: OwnAppeal, by: Anybody) -> OwnPage:
    """The page of one's own appeal: four queries, of a request two
    more, beside those of its calendar."""
    appeal, now, held = own.appeal, own.now, own.holds_secret
    sent = Answer.objects.filter(appeal=appeal, sent_at__isnull=False).order_by("-pk")
    answers = list(sent)
    attachments = list(
        Attachment.objects.without_content().filter(appeal=appeal)
        | Attachment.objects.without_content().filter(
            answer__appeal=appeal, answer__sent_at__isnull=False
        )
    )
    last = answers[0] if answers else None
    is_request = appeal.is_request
    refusals = (
        Refusal.objects.in_bulk([each.pk for each in answers]) if answers and is_request else {}
    )
    return OwnPage(
        shown=ApplicantAppeal(appeal, now),
        holds_secret=held,
        entries=[ApplicantEntry.of(each) for each in timeline(appeal)],
        readings=summarise_readings(readings(appeal)),
        answers=[
            ApplicantAnswer(
                answer,
                files.with_kinds(x for x in attachments if x.answer_id == answer.pk),
                refusals.get(answer.pk),
            )
            for answer in answers
        ],
        files=files.with_kinds(each for each in attachments if each.appeal_id == appeal.pk),
        left_out=files.left_out(attachments),
        may_withdraw=rules.withdraw(by, appeal, now=now, holds_secret=held),
        may_rate=rules.rate(by, appeal, last, now=now, rating=5, holds_secret=held),
        may_reopen=rules.reopen(
            by, appeal, now=now, calendar=work_calendar(), reason="-", holds_secret=held
        ),
        fee=CopyFee.objects.filter(appeal=appeal).first() if is_request else None,
    )


def own_rows(user: User) -> AppealQuerySet[Appeal]:
    """One's own appeals as lists show them."""
    return Appeal.objects.filter(author=user).defer(*_LONG)


def mine(user: User, *, after: str = "") -> Page[Appeal]:
    """One's own appeals, the newest first: one query."""
    return page_of(own_rows(user), order=("-pk",), after=after, size=PAGE_SIZE)


def newest(user: User, size: int) -> list[ApplicantAppeal]:
    """One's own newest appeals as lists show them: one query."""
    rows = own_rows(user).annotate(now=clock.Now()).order_by("-pk")
    return [ApplicantAppeal(each, each.now) for each in rows[:size]]


def last_residence(user: Anybody) -> str:
    """The residence that the person gave when they last filed one."""
    if not user.is_authenticated:
        return ""
    rows = Appeal.objects.filter(author=user).exclude(residence="").order_by("-pk")
    return rows.values_list("residence", flat=True).first() or ""
