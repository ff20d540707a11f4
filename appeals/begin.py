"""The shared beginning of all actions of appeals, and the rows they write."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from appeals.letters.letterhead import Letterhead
from appeals.models import Answer, Appeal, Entry
from appeals.queries import load_involved
from appeals.rules import Involved
from core.domain import clock
from core.domain.actions import locked
from core.domain.calendar import local_date
from core.export.official_letter import format_day

if TYPE_CHECKING:
    from accounts.models import Anybody


def begin(appeal: Appeal) -> tuple[Appeal, Involved, datetime]:
    """The appeal under its lock, who has to do with it, and the time after the lock was granted."""
    appeal = locked(appeal)
    return appeal, load_involved(appeal), clock.now()


def last_answer(appeal: Appeal, *, sent: bool) -> Answer | None:
    """The answer that was sent last, or the draft of the next one."""
    answers = Answer.objects.filter(appeal=appeal, sent_at__isnull=not sent)
    return answers.order_by("-pk").first()


def enter(
    appeal: Appeal,
    kind: Entry.Kind,
    *,
    by: Anybody | None,
    at: datetime,
    words: str = "",
    internal: bool = False,
    letterhead: Letterhead | None = None,
) -> Entry:
    """Write what happened: for the applicant, or for who works on it; with the form of the letter
    that tells of it."""
    return Entry.objects.create(
        appeal=appeal,
        kind=kind,
        by_id=id_of(by),
        at=at,
        words=words.strip(),
        internal=internal,
        letterhead=letterhead.as_json() if letterhead else None,
    )


def decided_line(head: Letterhead, at: datetime) -> str:
    """«Рішення прийняв(ла): міський голова Олена КОВАЛЬ, 01.12.2026, № 125/вих-2026», which the
    applicant reads in the language of the decision."""
    post = head.post[:1].lower() + head.post[1:]
    return (
        f"Рішення прийняв(ла): {post} {head.signer}, {format_day(local_date(at))}, № {head.number}"
    )


def id_of(by: Anybody | None) -> int | None:
    """The person's id; None: the applicant without an account."""
    return by.pk if by is not None and by.is_authenticated else None
