"""Published answers of the demo city: one that everybody reads, one that waits for an official."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from appeals import actions
from appeals.models import Answer
from appeals.publishing.actions import set_consent
from city.models import Department
from demo import city

#: Subjects of appeals (appeals.toml) whose applicants agree, the published one first.
_PUBLISHED = "Висадити тінисті дерева на алеї до ставка"
_QUESTION = (
    "Улітку на алеї до ставка немає затінку. Чи можна висадити липи вздовж північного боку, де не "
    "проходять мережі?"
)
#: One whose applicant agrees, with what an official leaves out before it is published.
_WAITING: dict[str, Any] = {
    "kind": "application",
    "name": "Ткаченко Олена Сергіївна",
    "residence": "вул. Рудна, 14, кв. 22",
    "subject": "Лавка біля під’їзду на вул. Рудній, 14",
    "text": (
        "Прошу поставити лавку біля другого під’їзду будинку на вул. Рудна, 14. Моя мати, Ткаченко "
        "Ганна Іванівна, 1941 року народження, не може дійти до магазину без відпочинку. "
        "Зателефонуйте мені: 067 123 45 67."
    ),
}
_ANSWER = "Лавку встановлять до 10 грудня. Про час робіт Вам повідомить майстер дільниці."


def load_published_answers() -> None:
    """Let every applicant with an account agree who has an answer; publish one of them."""
    clerk = User.objects.get(email=city.email_of("kalyna"))
    _load_waiting(clerk)
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


def _load_waiting(clerk: User) -> None:
    head = User.objects.get(email=city.email_of("nazar"))
    author = User.objects.get(email=city.email_of("olena"))
    appeal = actions.file(by=author, email=author.email, **_WAITING).appeal
    appeal = actions.accept(appeal, by=clerk, department=Department.objects.get(slug="housing"))
    actions.draft_answer(appeal, by=clerk, text=_ANSWER, result="satisfied")
    actions.approve(appeal, by=head)
    actions.answer(appeal, by=clerk, how="page")
