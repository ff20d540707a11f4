"""Rules of the answer to an appeal: drafting, approving, sending, publishing it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals.conditions import CONSIDERED, LONGEST_REASON, is_in
from appeals.models import Answer, Appeal
from appeals.rules import Involved, decide, respond, work
from core.domain.rules import ALLOWED, Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: Results that refuse something: those of a request need a ground (rules.requests.refuse_request).
REFUSING = frozenset({Answer.Result.DENIED, Answer.Result.PARTLY})


def is_whole(text: str, result: str) -> Verdict:
    """A draft says what a head approves: words and result (393/96-ВР art. 15)."""
    return refuse_unless(
        text.strip(), "appeal.answer_missing", _("Write the answer."), field="text"
    ) and refuse_unless(result, "appeal.result_missing", _("Say what was decided."), field="result")


def draft_answer(
    user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, result: str
) -> Verdict:
    """Draft its answer, or change the draft, whole or half: who works on it."""
    return (
        work(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and refuse_unless(
            result in ("", *Answer.Result.values),
            "appeal.result_unknown",
            _("There is no such result."),
            field="result",
        )
        and refuse_unless(
            not appeal.is_request or result not in REFUSING,
            "appeal.refused_by_a_step",
            _(
                "A request is refused, wholly or in part, by a step of its own, with the ground of "
                "the law (2939-VI art. 22)."
            ),
            field="result",
        )
    )


def ask_approval(
    user: Anybody, appeal: Appeal, answer: Answer | None, *, involved: Involved, now: datetime
) -> Verdict:
    """Say that the draft is ready for a head to approve: who works on it."""
    return (
        work(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and refuse_unless(
            answer and not answer.approved_at,
            "appeal.nothing_to_approve",
            _("There is no draft that waits for approval."),
        )
        and refuse_unless(
            answer and not answer.asked_at,
            "appeal.asked_already",
            _("A head has been asked already. A change of the draft takes that back."),
        )
        and _says_all(answer)
    )


def approve(
    user: Anybody, appeal: Appeal, answer: Answer | None, *, involved: Involved, now: datetime
) -> Verdict:
    """Approve the draft: a head, who signs it."""
    return (
        decide(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and refuse_unless(
            answer and not answer.approved_at,
            "appeal.nothing_to_approve",
            _("There is no draft that waits for approval."),
        )
        and _says_all(answer)
    )


def send_back(
    user: Anybody,
    appeal: Appeal,
    answer: Answer | None,
    *,
    involved: Involved,
    now: datetime,
    words: str,
) -> Verdict:
    """Send the draft back to be written anew, saying what is wrong with it: a head, before it is
    sent."""
    return (
        decide(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and refuse_unless(
            answer and (answer.asked_at or answer.approved_at),
            "appeal.nothing_to_send_back",
            _("There is no draft here that waits for approval or is approved."),
        )
        and refuse_unless(
            words.strip(),
            "appeal.rework_missing",
            _("Write what is to be changed."),
            field="words",
        )
        and refuse_unless(
            len(words) <= LONGEST_REASON,
            "appeal.rework_too_long",
            _("This is too long: write at most %(most)d characters.") % {"most": LONGEST_REASON},
            field="words",
        )
    )


def _says_all(answer: Answer | None) -> Verdict:
    return is_whole(answer.text, answer.result) if answer else ALLOWED


def answer(
    user: Anybody,
    appeal: Appeal,
    answer: Answer | None,
    *,
    involved: Involved,
    now: datetime,
    how: str,
) -> Verdict:
    """Send the approved answer, in a way that reaches the applicant."""
    reaches = {
        Answer.How.PAGE: how == Answer.How.PAGE and appeal.has_readers_page,
        Answer.How.EMAIL: bool(appeal.email),
        Answer.How.LETTER: bool(appeal.residence),
        Answer.How.VISIT: True,
    }
    return (
        respond(user, appeal, involved)
        and is_in(appeal, CONSIDERED, now)
        and refuse_unless(
            answer and answer.approved_at,
            "appeal.not_approved",
            _("The answer is sent once a head has approved it."),
        )
        and refuse_unless(
            how in Answer.How.values,
            "appeal.how_missing",
            _("Choose how the answer is sent."),
            field="how",
        )
        and refuse_unless(
            any(reaches[each] for each in Answer.How if each == how),
            "appeal.does_not_reach",
            _("The appeal gives no such address of its applicant."),
            field="how",
        )
    )


def way_to(appeal: Appeal) -> str:
    """The default way of sending its answer: one that reaches the applicant."""
    if appeal.author_id is not None and appeal.has_readers_page:
        return Answer.How.PAGE
    if appeal.email:
        return Answer.How.EMAIL
    # A code alone tells nobody that there is an answer.
    if appeal.residence:
        return Answer.How.LETTER
    return Answer.How.PAGE if appeal.has_readers_page else Answer.How.VISIT


def publish_answer(
    user: Anybody,
    appeal: Appeal,
    answer: Answer,
    *,
    involved: Involved,
    subject: str,
    text: str,
    question: str,
) -> Verdict:
    """Show a sent answer to everybody, by consent, in words that say nothing of the applicant."""
    return (
        respond(user, appeal, involved)
        and refuse_unless(
            answer.sent_at, "appeal.not_sent", _("Only an answer that was sent is published.")
        )
        and refuse_unless(
            answer.agreed_at,
            "appeal.no_consent",
            _("The applicant has not agreed to its publication."),
        )
        and refuse_unless(
            not answer.published_at,
            "appeal.published_already",
            _("This answer is published already."),
        )
        and refuse_unless(
            subject.strip() and text.strip() and question.strip(),
            "appeal.public_words_missing",
            _("Write the question and the answer as everybody will read them."),
            field="subject",
        )
    )


def unpublish_answer(
    user: Anybody, appeal: Appeal, answer: Answer, *, involved: Involved
) -> Verdict:
    """Take a published answer off the public page."""
    return respond(user, appeal, involved) and refuse_unless(
        answer.published_at, "appeal.not_published", _("This answer is not published.")
    )
