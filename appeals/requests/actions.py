"""Actions for requests for information alone: refusal, postponement, the fee for copying."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING

from appeals import terms
from appeals.answers.actions import store_draft
from appeals.begin import begin, enter, last_answer
from appeals.events import (
    AnswerDrafted,
    CopyFeeAsked,
    CopyFeePaid,
    RequestPostponed,
    RequestRefusalDrafted,
)
from appeals.letters.letterhead import letterhead_of, responsible_for
from appeals.letters.wording import LetterKind
from appeals.models import Answer, Appeal, CopyFee, Entry, Refusal
from appeals.queries import load_tariff
from appeals.register.outgoing import number_letter
from appeals.requests import rules
from appeals.requests.rules import Grounds
from city.calendar import work_calendar
from core.domain.actions import action
from core.domain.calendar import end_of_day, last_date
from core.domain.events import emit
from core.domain.rules import require
from core.export.official_letter import format_day

if TYPE_CHECKING:
    from accounts.models import User


def refuse_request(appeal: Appeal, *, by: User, why: Grounds, text: str = "") -> Answer:
    """Draft a refusal of a request, in the place of the draft that there is: a head approves it
    and it is sent, as an answer is. ``text``: what is given all the same, where a part is refused.

    Refuses by rules.refuse_request (2939-VI arts 6, 22). Emits RequestRefusalDrafted and
    AnswerDrafted.
    """
    with action():
        appeal, involved, now = begin(appeal)
        responsible = responsible_for(appeal, involved, by)
        require(
            rules.refuse_request(
                by,
                appeal,
                involved=involved,
                now=now,
                why=why,
                text=text,
                responsible=responsible,
                fee=CopyFee.objects.filter(appeal=appeal).first(),
            )
        )
        written = {name: words.strip() for name, words in asdict(why).items()}
        if why.ground != Refusal.Ground.RESTRICTED:
            written |= dict.fromkeys(("interest", "harm", "balance"), "")
        answer = last_answer(appeal, sent=False) or Answer(appeal=appeal)
        result = Answer.Result.PARTLY if written["part"] else Answer.Result.DENIED
        store_draft(appeal, answer, text.strip() or written["reason"], result, by=by, now=now)
        Refusal.objects.update_or_create(
            answer=answer, defaults={**written, "responsible": responsible}
        )
        emit(RequestRefusalDrafted(appeal.pk, by.pk, answer.pk))
        emit(AnswerDrafted(appeal.pk, by.pk, answer.pk))
        return answer


def postpone(appeal: Appeal, *, by: User, until: date, reason: str) -> Appeal:
    """Postpone the answer to a request for force majeure, and tell the applicant in writing.

    Refuses by rules.postpone (2939-VI art. 22(6)–(7)). Emits RequestPostponed.
    """
    with action():
        appeal, involved, now = begin(appeal)
        responsible = responsible_for(appeal, involved, by)
        require(
            rules.postpone(
                by,
                appeal,
                involved=involved,
                now=now,
                calendar=work_calendar(),
                until=until,
                reason=reason,
                responsible=responsible,
            )
        )
        appeal.term, appeal.due_at = terms.POSTPONED.code, end_of_day(until)
        appeal.postponed_at, appeal.postponement_reason = now, reason.strip()
        appeal.save(update_fields=["term", "due_at", "postponed_at", "postponement_reason"])
        head = letterhead_of(appeal, by, involved=involved, until=until)
        head = replace(head, responsible=responsible)
        head = number_letter(appeal, LetterKind.POSTPONED, head, now)
        words = f"{format_day(until)}: {reason.strip()}"
        enter(appeal, Entry.Kind.POSTPONED, by=by, at=now, words=words, letterhead=head)
        emit(RequestPostponed(appeal.pk, by.pk))
        return appeal


def ask_fee(
    appeal: Appeal, *, by: User, pages: int, pay_by: date, is_exempt: bool = False
) -> CopyFee:
    """Tell the applicant of a request what its copies cost; the rest of its term waits for the
    payment, or for the last day of payment (docs/adr/0100).

    Refuses by rules.ask_fee (2939-VI art. 21). Emits CopyFeeAsked.
    """
    with action():
        appeal, involved, now = begin(appeal)
        calendar, tariff = work_calendar(), load_tariff()
        require(
            rules.ask_fee(
                by,
                appeal,
                involved=involved,
                now=now,
                calendar=calendar,
                fee=CopyFee.objects.filter(appeal=appeal).first(),
                tariff=tariff,
                pages=pages,
                pay_by=pay_by,
                is_exempt=is_exempt,
            )
        )
        assert tariff.price is not None  # noqa: S101 - the rule has refused without a price
        fee = CopyFee.objects.create(
            appeal=appeal,
            pages=pages,
            price=tariff.price,
            total=pages * tariff.price,
            account=tariff.account,
            pay_by=pay_by,
            days_left=terms.days_left(appeal, now, calendar),
            by=by,
            asked_at=now,
        )
        _set_due(appeal, fee, pay_by)
        head = number_letter(
            appeal, LetterKind.FEE, letterhead_of(appeal, by, involved=involved), now
        )
        words = f"{format_day(pay_by)}: {fee.total} грн"
        enter(appeal, Entry.Kind.FEE_ASKED, by=by, at=now, words=words, letterhead=head)
        emit(CopyFeeAsked(appeal.pk, by.pk))
        return fee


def record_payment(appeal: Appeal, *, by: User, paid_on: date) -> CopyFee:
    """Record the day on which copies were paid for: what was left of the term runs from it.

    Refuses by rules.record_payment (2939-VI art. 21). Emits CopyFeePaid.
    """
    with action():
        appeal, involved, now = begin(appeal)
        fee = CopyFee.objects.filter(appeal=appeal).first()
        require(
            rules.record_payment(by, appeal, involved=involved, now=now, fee=fee, paid_on=paid_on)
        )
        assert fee is not None  # noqa: S101 - the rule has refused without one
        fee.paid_on, fee.recorded_by = paid_on, by
        fee.save(update_fields=["paid_on", "recorded_by"])
        _set_due(appeal, fee, paid_on)
        words = f"{format_day(paid_on)}; {format_day(last_date(appeal.due_at))}"
        entry = enter(appeal, Entry.Kind.FEE_PAID, by=by, at=now, words=words)
        emit(CopyFeePaid(appeal.pk, by.pk, entry.pk))
        return fee


def _set_due(appeal: Appeal, fee: CopyFee, day: date) -> None:
    """Set the due day from the rest of the term. A postponement stays, where that is later."""
    due_at = terms.fee_due(day, fee.days_left, work_calendar())
    if appeal.term == terms.POSTPONED.code and due_at <= appeal.due_at:
        return
    appeal.term, appeal.due_at = terms.FEE.code, due_at
    appeal.save(update_fields=["term", "due_at"])
