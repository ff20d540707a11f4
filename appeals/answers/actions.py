"""The answer to an appeal: drafted, approved by a head, sent, and perhaps published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from appeals.answers import rules
from appeals.begin import begin, enter, last_answer
from appeals.events import (
    AnswerApproved,
    AnswerDrafted,
    AnswerPublished,
    AnswerReady,
    AnswerSentBack,
    AnswerUnpublished,
    AppealAnswered,
)
from appeals.filing.actions import NewFile, attach
from appeals.letters.letterhead import letterhead_of
from appeals.letters.wording import LetterKind, has_greeting
from appeals.models import Answer, Appeal, Attachment, Entry, Refusal
from appeals.publishing import rules as publishing
from appeals.register.outgoing import register_letter
from core.db.search import document
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from core.domain.topics import raise_topic

if TYPE_CHECKING:
    from accounts.models import User

#: The topic of what is published, and its columns.
PUBLISHED = "answers"
PUBLIC = ("public_subject", "public_question", "public_text", "public_search")


def draft_answer(
    appeal: Appeal,
    *,
    by: User,
    text: str,
    result: str,
    files: Iterable[NewFile] = (),
    keep_files: Iterable[int] | None = None,
) -> Answer:
    """Draft the answer, or change the draft that there is; a change takes its approval back, and
    that a head was asked for it. A draft may be half: no words yet, or no result.

    ``files`` are added; ``keep_files``: the ids of those that stay of the draft's (None: all). The
    same once more changes nothing, the approval neither. Refuses by rules.draft_answer. Emits
    AnswerDrafted.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(rules.draft_answer(by, appeal, involved=involved, now=now, result=result))
        answer = last_answer(appeal, sent=False) or Answer(appeal=appeal)
        refused = Refusal.objects.filter(answer=answer) if answer.pk else Refusal.objects.none()
        is_new, added = answer.pk is None, list(files)
        gone = Attachment.objects.none()
        if keep_files is not None and not is_new:
            gone = Attachment.objects.filter(answer=answer).exclude(pk__in=list(keep_files))
        written = (text.strip(), result)
        is_same = written == (answer.text, answer.result) and not refused.exists()
        if not is_new and is_same and not added and not gone.exists():
            created(answer)
            return answer
        # What was drafted as a refusal is an ordinary answer now.
        refused.delete()
        store_draft(appeal, answer, *written, by=by, now=now)
        gone.delete()
        attach(added, answer=answer)
        created(answer)
        emit(AnswerDrafted(appeal.pk, by.pk, answer.pk))
        return answer


def store_draft(
    appeal: Appeal, answer: Answer, text: str, result: str, *, by: User, now: datetime
) -> None:
    """Write the words of a draft, inside an action: nobody has approved them."""
    is_new = answer.pk is None
    answer.text, answer.result, answer.signed_as = text, result, ""
    answer.by, answer.at = by, now
    answer.asked_by = answer.asked_at = answer.approved_by = answer.approved_at = None
    answer.save()
    if is_new:
        enter(appeal, Entry.Kind.DRAFTED, by=by, at=now, internal=True)


def ask_approval(appeal: Appeal, *, by: User) -> Answer:
    """Say that the draft is ready: it stands in the list of heads, who get a mail. Refuses by
    rules.ask_approval. Emits AnswerReady."""
    with action():
        appeal, involved, now = begin(appeal)
        answer = last_answer(appeal, sent=False)
        require(rules.ask_approval(by, appeal, answer, involved=involved, now=now))
        assert answer is not None  # noqa: S101 - the rule has refused without one
        answer.asked_by, answer.asked_at = by, now
        answer.save(update_fields=["asked_by", "asked_at"])
        entry = enter(appeal, Entry.Kind.ASKED, by=by, at=now, internal=True)
        emit(AnswerReady(appeal.pk, by.pk, answer.pk, entry.pk))
        return answer


def approve(appeal: Appeal, *, by: User) -> Answer:
    """Approve the draft, as the head who signs it, with the post of their role. Refuses by
    rules.approve. Emits AnswerApproved."""
    with action():
        appeal, involved, now = begin(appeal)
        answer = last_answer(appeal, sent=False)
        require(rules.approve(by, appeal, answer, involved=involved, now=now))
        assert answer is not None  # noqa: S101 - the rule has refused without one
        answer.approved_by, answer.approved_at = by, now
        answer.signed_as = letterhead_of(appeal, by, involved=involved).signature
        answer.save(update_fields=["approved_by", "approved_at", "signed_as"])
        enter(appeal, Entry.Kind.APPROVED, by=by, at=now, internal=True)
        emit(AnswerApproved(appeal.pk, by.pk, answer.pk))
        return answer


def send_back(appeal: Appeal, *, by: User, words: str) -> Answer:
    """Send the draft back to who wrote it, as a head, with what is to be changed: it waits for
    nobody and is approved by nobody until it is ready again.

    ``words``: for the desk alone. Refuses by rules.send_back. Emits AnswerSentBack.
    """
    with action():
        appeal, involved, now = begin(appeal)
        answer = last_answer(appeal, sent=False)
        require(rules.send_back(by, appeal, answer, involved=involved, now=now, words=words))
        assert answer is not None  # noqa: S101 - the rule has refused without one
        answer.asked_by = answer.asked_at = answer.approved_by = answer.approved_at = None
        answer.signed_as = ""
        answer.save(
            update_fields=["asked_by", "asked_at", "approved_by", "approved_at", "signed_as"]
        )
        entry = enter(appeal, Entry.Kind.SENT_BACK, by=by, at=now, words=words, internal=True)
        emit(AnswerSentBack(appeal.pk, by.pk, answer.pk, entry.pk))
        return answer


def answer(appeal: Appeal, *, by: User, how: str) -> Answer:
    """Send the approved answer: the council owes nothing more. Refuses by rules.answer. Emits
    AppealAnswered."""
    with action():
        appeal, involved, now = begin(appeal)
        found = last_answer(appeal, sent=False)
        require(rules.answer(by, appeal, found, involved=involved, now=now, how=how))
        assert found is not None  # noqa: S101 - the rule has refused without one
        found.sent_at, found.how, found.due_at = now, how, appeal.due_at
        head = letterhead_of(
            appeal, found.approved_by, signature=found.signed_as, executor=found.by
        )
        number = register_letter(appeal, LetterKind.ANSWER, now, answer=found).label
        is_refusal = Refusal.objects.filter(answer=found).exists()
        greets = not is_refusal and has_greeting(found.text)
        found.letterhead = replace(head, number=number, greets=greets).as_json()
        found.save(update_fields=["sent_at", "how", "due_at", "letterhead"])
        appeal.answered_at = appeal.closed_at = now
        appeal.save(update_fields=["answered_at", "closed_at"])
        enter(appeal, Entry.Kind.ANSWERED, by=by, at=now)
        emit(AppealAnswered(appeal.pk, by.pk, found.pk))
        return found


def publish_answer(answer: Answer, *, by: User, subject: str, question: str, text: str) -> Answer:
    """Show a sent answer to everybody, in words without anything of the applicant.

    Refuses by rules.publish_answer, and what names a contact of the applicant by
    publishing.rules.names_no_contact. Emits AnswerPublished.
    """
    with action():
        appeal, involved, now = begin(Appeal(pk=answer.appeal_id))
        answer = locked(answer)
        texts = {"subject": subject, "question": question, "text": text}
        require(
            rules.publish_answer(
                by,
                appeal,
                answer,
                involved=involved,
                subject=subject,
                text=text,
                question=question,
            )
            and publishing.names_no_contact(appeal, texts)
        )
        answer.published_at, answer.published_by = now, by
        answer.public_subject, answer.public_text = subject.strip(), text.strip()
        answer.public_question = question.strip()
        answer.public_search = document(A=subject, B=question, C=text)
        answer.save(update_fields=["published_at", "published_by", *PUBLIC])
        raise_topic(PUBLISHED, "AnswerPublished", answer.pk)
        emit(AnswerPublished(appeal.pk, by.pk, answer.pk))
        return answer


def unpublish_answer(answer: Answer, *, by: User) -> Answer:
    """Take it off the public page. Refuses by rules.unpublish_answer. Emits AnswerUnpublished."""
    with action():
        appeal, involved, _now = begin(Appeal(pk=answer.appeal_id))
        answer = locked(answer)
        require(rules.unpublish_answer(by, appeal, answer, involved=involved))
        take_off(answer)
        emit(AnswerUnpublished(appeal.pk, by.pk, answer.pk))
        return answer


def take_off(answer: Answer) -> None:
    """Delete what everybody read, inside an action."""
    answer.published_at = answer.published_by = answer.public_search = None
    answer.public_subject = answer.public_question = answer.public_text = ""
    answer.save(update_fields=["published_at", "published_by", *PUBLIC])
    raise_topic(PUBLISHED, "AnswerUnpublished", answer.pk)
