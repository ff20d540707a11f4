"""Mails with letters about an appeal: the answer, and notices of what became of it.

They go to who filed it, with an account or without, where there is an e-mail: in Ukrainian, as the
letters are. What the appeal itself says is in none of them. An e-mail that nobody has confirmed is
told only that there is something to read (appeals/contact.py); the answer alone goes there whole,
where it was sent by e-mail. Jobs know ids alone; each letter is written when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from appeals.contact import Contact, contact_of
from appeals.events import (
    AnswerPublished,
    AppealAccepted,
    AppealAnswered,
    AppealEvent,
    AppealExtended,
    AppealForwarded,
    AppealMoved,
    AppealRefused,
    AppealReturned,
    AppealShortened,
    AppealTermCorrected,
    CopyFeeAsked,
    CopyFeePaid,
    RequestPostponed,
)
from appeals.letters.queries import file_name, load_answer, load_notice, make_pdf
from appeals.letters.wording import LetterKind
from appeals.models import Answer, Appeal, Attachment
from core.domain import clock, outbox
from core.domain.events import within
from core.export.official_letter import LANGUAGE, letter_text
from core.export.pdf import MIME
from notifications.sending.mail import send_now

type File = tuple[str, bytes, str]

#: Of an answer's own files together; larger ones are fetched from its page.
MOST_BYTES = 10 * 2**20

_KINDS: dict[type[AppealEvent], LetterKind] = {
    AppealExtended: LetterKind.EXTENDED,
    RequestPostponed: LetterKind.POSTPONED,
    CopyFeeAsked: LetterKind.FEE,
    AppealForwarded: LetterKind.FORWARDED,
    AppealReturned: LetterKind.RETURNED,
    AppealRefused: LetterKind.REFUSED,
    AppealMoved: LetterKind.MOVED,
}


@within(AppealAccepted)
def accepted(event: AppealAccepted) -> None:
    """Tell who considers it, and until when."""
    outbox.defer("notifications.jobs.send_appeal_accepted", appeal_id=event.appeal_id)


@within(AppealExtended)
@within(RequestPostponed)
@within(CopyFeeAsked)
@within(AppealForwarded)
@within(AppealReturned)
@within(AppealRefused)
@within(AppealMoved)
def noticed(event: AppealEvent) -> None:
    """Send the notice of what happened (393/96-ВР arts 5, 7, 8, 12, 20; 2939-VI
    arts 21, 22)."""
    kind = _KINDS[type(event)]
    outbox.defer("notifications.jobs.send_appeal_notice", appeal_id=event.appeal_id, kind=str(kind))


@within(AppealTermCorrected, AppealShortened, CopyFeePaid)
def told(event: AppealTermCorrected | AppealShortened | CopyFeePaid) -> None:
    """Say that there is something to read: until when it is answered now."""
    outbox.defer(
        "notifications.jobs.send_appeal_told", appeal_id=event.appeal_id, entry_id=event.entry_id
    )


@within(AppealAnswered)
def answered(event: AppealAnswered) -> None:
    """Send the answer, or tell where it is."""
    outbox.defer("notifications.jobs.send_appeal_answer", answer_id=event.answer_id)


@within(AnswerPublished)
def published(event: AnswerPublished) -> None:
    """Show the applicant what everybody reads now; they can take it off at once."""
    outbox.defer("notifications.jobs.send_appeal_published", answer_id=event.answer_id)


def send_accepted(appeal_id: int) -> bool:
    """Tell the applicant who considers it; False where they gave no e-mail, or it is closed."""
    appeal = _load(appeal_id)
    if appeal is None or appeal.accepted_at is None or appeal.closed_at:
        return False
    contact = contact_of(appeal)
    if contact is None or not contact.is_confirmed:
        return _tell(appeal, contact, "accepted")
    return _send("appeals/accepted", appeal, contact, "accepted")


def send_notice(appeal_id: int, kind: str) -> bool:
    """Send a notice as text and as PDF; False where they gave no e-mail."""
    appeal = _load(appeal_id)
    contact = contact_of(appeal) if appeal else None
    if appeal is None or contact is None:
        return False
    if not contact.is_confirmed:
        return _tell(appeal, contact, kind)
    letter = load_notice(appeal, LetterKind(kind))
    if letter is None:
        return False
    return _send(
        "appeals/letter",
        appeal,
        contact,
        kind,
        letter=letter_text(letter),
        subject=letter.subject,
        files=[(file_name(appeal, LetterKind(kind)), make_pdf(letter), MIME)],
    )


def send_told(appeal_id: int, entry_id: int) -> bool:
    """Say where an entry is read; False where they gave no e-mail."""
    appeal = _load(appeal_id)
    return appeal is not None and _tell(appeal, contact_of(appeal), f"entry:{entry_id}")


def send_answer(answer_id: int) -> bool:
    """Send the answer as text and as PDF, with its files, where it goes by e-mail; else tell where
    it is. False where they gave no e-mail."""
    answer = Answer.objects.filter(pk=answer_id, sent_at__isnull=False).first()
    appeal = _load(answer.appeal_id) if answer else None
    contact = contact_of(appeal) if appeal else None
    if answer is None or appeal is None or contact is None:
        return False
    answer.appeal = appeal
    name = f"answer:{answer.pk}"
    if answer.how != Answer.How.EMAIL:
        return _send("appeals/answered", appeal, contact, name, answer=answer)
    letter = load_answer(answer, clock.now())
    own = list(_files_of(answer))
    return _send(
        "appeals/letter",
        appeal,
        contact,
        name,
        letter=letter_text(letter),
        subject=letter.subject,
        files=[(file_name(appeal, LetterKind.ANSWER), make_pdf(letter), MIME), *own],
    )


def send_published(answer_id: int) -> bool:
    """Say where the answer is published; False where they gave no e-mail, or it is taken off."""
    answer = Answer.objects.published().filter(pk=answer_id).first()
    appeal = _load(answer.appeal_id) if answer else None
    contact = contact_of(appeal) if appeal else None
    if answer is None or appeal is None or contact is None:
        return False
    name = f"answer:{answer.pk}:published:{answer.published_at}"
    if not contact.is_confirmed:
        return _tell(appeal, contact, name)
    public = settings.SITE_URL + reverse("appeals:answer", args=[answer.pk])
    return _send("appeals/published", appeal, contact, name, public=public, answer=answer)


def _files_of(answer: Answer) -> Iterator[File]:
    """The answer's own files, as far as a mail takes them."""
    left = MOST_BYTES
    for size, pk in answer.attachments.values_list("size", "pk"):
        if size <= left:
            left -= size
            file = Attachment.objects.get(pk=pk)
            yield file.name, bytes(file.content), file.media_type


def _load(appeal_id: int) -> Appeal | None:
    found = Appeal.objects.select_related("author", "department", "organisation", "officer")
    return found.defer("text", "search").filter(pk=appeal_id).first()


def _tell(appeal: Appeal, contact: Contact | None, name: str) -> bool:
    """Say that there is something to read, and nothing of it."""
    return contact is not None and _send("appeals/notice", appeal, contact, name)


def _send(
    template: str,
    appeal: Appeal,
    contact: Contact,
    name: str,
    *,
    files: list[File] | None = None,
    **context: object,
) -> bool:
    with translation.override(LANGUAGE):
        path = appeal.get_absolute_url() if appeal.author_id else reverse("appeals:find")
        return send_now(
            template,
            {"appeal": appeal, "url": settings.SITE_URL + path, **context},
            to=contact.email,
            name=f"appeal:{appeal.pk}:{name}",
            files=files or (),
        )
