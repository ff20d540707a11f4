"""Facts for the letters of an appeal, from rows of the database."""

from __future__ import annotations

from datetime import datetime

from appeals.letters.letterhead import Letterhead, letterhead_of
from appeals.letters.wording import Applicant, Facts, LetterKind, compose
from appeals.models import Answer, Appeal, CopyFee, Entry, Refusal
from appeals.requests.letters import FeeFacts, RefusalFacts
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
            applicant=_applicant(appeal),
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


def load_answer(answer: Answer, day: datetime) -> OfficialLetter:
    """The answer as a letter, as it was sent; a draft is of ``day``."""
    appeal = answer.appeal
    names = answer.attachments.values_list("name", flat=True)
    head = (
        Letterhead.read(answer.letterhead)
        if answer.letterhead
        else letterhead_of(
            appeal, answer.approved_by, signature=answer.signed_as, executor=answer.by
        )
    )
    refusal = Refusal.objects.filter(answer=answer).first()
    return compose(
        Facts(
            kind=LetterKind.ANSWER,
            is_request=appeal.is_request,
            number=appeal.label,
            registered_on=appeal.registered_on,
            applicant=_applicant(appeal),
            day=local_date(answer.sent_at or day),
            sender=_sender(head),
            signature=Signature(head.post, head.signer),
            executor=head.executor,
            words=answer.text,
            enclosures=list(names),
            outgoing=head.number,
            refusal=_refusal_facts(refusal) if refusal else None,
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


def _applicant(appeal: Appeal) -> Applicant:
    return Applicant(
        name=appeal.name,
        residence=appeal.residence,
        email=appeal.email,
        organisation=appeal.named_organisation,
        people=appeal.people,
    )


def _sender(head: Letterhead) -> Sender:
    return Sender(head.department, head.address, head.phone, head.email)
