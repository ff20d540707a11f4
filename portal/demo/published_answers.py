"""Published answers of the demo city: one that everybody reads, one that waits for an official."""

from __future__ import annotations

from accounts.models import User
from appeals import actions
from appeals.models import Answer
from appeals.publishing.actions import set_consent
from portal.demo import city

#: Subjects of appeals (appeals.toml) whose applicants agree, the published one first.
_PUBLISHED = "Висадити тінисті дерева на алеї до ставка"
_QUESTION = (
    "Улітку на алеї до ставка немає затінку. Чи можна висадити липи вздовж північного боку, де не "
    "проходять мережі?"
)


def load_published_answers() -> None:
    """Let every applicant with an account agree who has an answer; publish one of them."""
    clerk = User.objects.get(email=city.email_of("kalyna"))
    answers = Answer.objects.filter(sent_at__isnull=False, appeal__closed_at__isnull=False)
    for answer in answers.filter(appeal__author__isnull=False).select_related("appeal__author"):
        author = answer.appeal.author
        assert author is not None  # noqa: S101 - filtered
        agreed = set_consent(answer, by=author, agrees=True)
        if answer.appeal.subject == _PUBLISHED:
            actions.publish_answer(
                agreed,
                by=clerk,
                subject=_PUBLISHED,
                question=_QUESTION,
                text=answer.text,
            )
