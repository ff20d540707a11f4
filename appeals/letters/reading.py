"""What the letters of an appeal are written from: rows of the database made into facts."""

from __future__ import annotations

from datetime import datetime

from appeals.letterhead import Letterhead, letterhead_of
from appeals.letters.wording import Applicant, Facts, LetterKind, compose
from appeals.models import Answer, Appeal, Entry
from city.models import Council
from core.domain.calendar import last_date, local_date
from core.export.official_letter import Arms, OfficialLetter, Sender, Signature, letter_pdf

#: Of which moment of an appeal each notice tells, and by which entry.
_NOTICES = {
    LetterKind.EXTENDED: ("extended_at", Entry.Kind.EXTENDED),
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
    """The notice about an appeal as it was sent, or None where that has not happened: four queries
    at most."""
    moment, entry_kind = _NOTICES[kind]
    at: datetime | None = getattr(appeal, moment)
    if at is None:
        return None
    entries = Entry.objects.filter(appeal=appeal, kind=entry_kind).select_related("by")
    entry = entries.order_by("-pk").first()
    kept = entry.letterhead if entry else None
    head = Letterhead.read(kept) if kept else letterhead_of(appeal, entry.by if entry else None)
    is_extension = kind == LetterKind.EXTENDED
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
            words=appeal.extension_reason if is_extension else appeal.ending_note,
            ground=appeal.returned_for or appeal.refused_for,
            forwarded_to=appeal.forwarded_to,
            until=head.last_day or last_date(appeal.due_at) if is_extension else None,
        )
    )


def load_answer(answer: Answer, day: datetime) -> OfficialLetter:
    """The answer as a letter, as it was sent; a draft is of ``day``."""
    appeal = answer.appeal
    names = answer.attachments.values_list("name", flat=True)
    head = (
        Letterhead.read(answer.letterhead)
        if answer.letterhead
        else letterhead_of(appeal, answer.approved_by, answer.signed_as, executor=answer.by)
    )
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
        )
    )


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
