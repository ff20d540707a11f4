"""Facts for the letters of an appeal, from rows of the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from accounts.models import User
from appeals.letters.letterhead import Letterhead, letterhead_of
from appeals.letters.wording import Applicant, Facts, LetterKind, compose, has_greeting
from appeals.models import Answer, Appeal, CopyFee, Entry, Refusal
from appeals.requests.letters import FeeFacts, RefusalFacts
from appeals.rules import Involved
from city.models import Council
from core.domain.calendar import last_date, local_date
from core.export.official_letter import Arms, OfficialLetter, Sender, Signature, letter_pdf

#: Of which moment of an appeal each notice tells, and by which entry.
_NOTICES = {
    LetterKind.EXTENDED: ("extended_at", Entry.Kind.EXTENDED),
    LetterKind.POSTPONED: ("postponed_at", Entry.Kind.POSTPONED),
    LetterKind.FORWARDED: ("forwarded_at", Entry.Kind.FORWARDED),
    LetterKind.COVERING: ("forwarded_at", Entry.Kind.FORWARDED),
    LetterKind.RETURNED: ("returned_at", Entry.Kind.RETURNED),
    LetterKind.REFUSED: ("refused_at", Entry.Kind.REFUSED),
    LetterKind.MOVED: ("moved_at", Entry.Kind.MOVED),
}


def kinds_of(appeal: Appeal) -> list[LetterKind]:
    """The notices that there are about an appeal."""
    return [kind for kind, (moment, _entry) in _NOTICES.items() if getattr(appeal, moment)]


def load_notice(appeal: Appeal, kind: LetterKind) -> OfficialLetter | None:
    """The notice about an appeal as it was sent, or None where that has not happened: five queries
    at most."""
    at: datetime | None
    fee = CopyFee.objects.filter(appeal=appeal).first() if kind == LetterKind.FEE else None
    if kind == LetterKind.FEE:
        at, entry_kind = (fee.asked_at if fee else None), Entry.Kind.FEE_ASKED
    else:
        moment, entry_kind = _NOTICES[kind]
        at = getattr(appeal, moment)
    if at is None:
        return None
    entries = Entry.objects.filter(appeal=appeal, kind=entry_kind).select_related("by")
    entry = entries.order_by("-pk").first()
    kept = entry.letterhead if entry else None
    head = Letterhead.read(kept) if kept else letterhead_of(appeal, entry.by if entry else None)
    words = {
        LetterKind.EXTENDED: appeal.extension_reason,
        LetterKind.POSTPONED: appeal.postponement_reason,
    }
    names_day = kind in words
    is_covering = kind == LetterKind.COVERING
    return compose(
        Facts(
            kind=kind,
            is_request=appeal.is_request,
            number=appeal.label,
            registered_on=appeal.registered_on,
            applicant=applicant_of(appeal),
            day=local_date(at),
            sender=_sender(head),
            signature=Signature(head.post, head.signer),
            executor=head.executor,
            words=words.get(kind, appeal.ending_note),
            ground=appeal.returned_for or appeal.refused_for,
            forwarded_to=appeal.forwarded_to,
            until=head.last_day or last_date(appeal.due_at) if names_day else None,
            outgoing=head.covering_number if is_covering else head.number,
            sheets=head.sheets,
            responsible=head.responsible,
            fee=_fee_facts(fee) if fee else None,
        )
    )


def load_answer(
    answer: Answer,
    day: datetime,
    *,
    signer: User | None = None,
    involved: Involved | None = None,
) -> OfficialLetter:
    """The answer as a letter, as it was sent; a draft is of ``day``, stored or not.

    ``signer``: who would sign a draft that nobody has approved yet, by a grant of ``involved``.
    """
    appeal, is_stored = answer.appeal, answer.pk is not None
    names = answer.attachments.values_list("name", flat=True) if is_stored else ()
    refusal = Refusal.objects.filter(answer=answer).first() if is_stored else None
    if answer.letterhead:
        head = Letterhead.read(answer.letterhead)
    else:
        head = letterhead_of(
            appeal,
            answer.approved_by or signer,
            involved=involved,
            signature=answer.signed_as,
            executor=answer.by,
        )
        head = replace(head, greets=refusal is None and has_greeting(answer.text))
    return compose(
        Facts(
            kind=LetterKind.ANSWER,
            is_request=appeal.is_request,
            number=appeal.label,
            registered_on=appeal.registered_on,
            applicant=applicant_of(appeal),
            day=local_date(answer.sent_at or day),
            sender=_sender(head),
            signature=Signature(head.post, head.signer),
            executor=head.executor,
            words=answer.text,
            enclosures=list(names),
            outgoing=head.number,
            refusal=_refusal_facts(refusal) if refusal else None,
            greets=head.greets,
        )
    )


def _refusal_facts(refusal: Refusal) -> RefusalFacts:
    names = ("ground", "reason", "responsible", "part", "interest", "harm", "balance")
    return RefusalFacts(**{name: getattr(refusal, name) for name in names})


def _fee_facts(fee: CopyFee) -> FeeFacts:
    names = ("pages", "price", "total", "account", "pay_by", "days_left")
    return FeeFacts(**{name: getattr(fee, name) for name in names})


def make_pdf(letter: OfficialLetter) -> bytes:
    """The file of a letter, with the council's arms."""
    row = Council.objects.values_list("arms", "arms_type").first()
    arms = Arms(bytes(row[0]), row[1]) if row and row[0] else None
    return letter_pdf(letter, arms)


def file_name(appeal: Appeal, kind: LetterKind) -> str:
    """Its name in ASCII: «answer-12-27-11-2026.pdf»."""
    return f"{kind}-{appeal.label.replace('.', '-').replace('?', '0')}.pdf"


def applicant_of(appeal: Appeal) -> Applicant:
    """The applicant as letters name them."""
    return Applicant(
        name=appeal.name,
        residence=appeal.residence,
        email=appeal.email,
        organisation=appeal.named_organisation,
        people=appeal.people,
    )


def _sender(head: Letterhead) -> Sender:
    return Sender(head.department, head.address, head.phone, head.email)
