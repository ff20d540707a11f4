"""Questions that were not answered at their meeting: they go on as an appeal or a request.

Their askers are offered the form of an appeal with the question in it; that a question went on is
read by its asker and by who runs the meeting alone (393/96-ВР art. 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from accounts.models import User
from appeals.models import Appeal
from meetings.models import Meeting, Question, QuestionAppeal

#: What an appeal that was begun here names as its origin, before the question's id.
ORIGIN = "meeting-question"
#: So many of a person, or of a meeting, are shown.
_MOST = 200
#: As what a question may go on.
KINDS = (Appeal.Kind.APPLICATION, Appeal.Kind.REQUEST)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that was not answered; ``appeal``: as what it went on."""

    question: Question
    appeal: Appeal | None = None

    @property
    def url(self) -> str:
        """The page on which its asker goes on with it."""
        return reverse("meetings:go_on", args=[self.question.meeting_id, self.question.pk])

    @property
    def desk_url(self) -> str:
        """The appeal at the desk, for who may work on it."""
        return reverse("appeals_desk:detail", args=[self.appeal.pk]) if self.appeal else ""


def unanswered_of(user: User, **of: int) -> list[OpenQuestion]:
    """A person's own, of all meetings or as ``of`` narrows them: one query."""
    return _open_questions(Question.objects.unanswered().filter(author=user, **of))


def unanswered_at(meeting: Meeting) -> list[OpenQuestion]:
    """All of a meeting that is over, for who runs it: one query. One that was merged is counted
    with the other, unless it went on."""
    if meeting.closed_at is None:
        return []
    rows = Question.objects.unanswered().filter(meeting=meeting)
    return _open_questions(rows.filter(Q(merged_into=None) | Q(went_on__isnull=False)))


def promised_at(meeting: Meeting) -> list[Question]:
    """Those that were to be answered in writing, for who runs the meeting: one query."""
    rows = meeting.questions.promised().select_related("author").order_by("pk")
    return list(rows[:_MOST])


def promised_of(user: User) -> list[Any]:
    """The meetings that a person runs, are over and owe answers in writing, with ``owed``, how
    many: one query."""
    owes = Count("questions", filter=Q(questions__state=Question.State.LATER))
    rows = Meeting.objects.run_by(user).filter(closed_at__isnull=False).defer("search")
    return list(rows.annotate(owed=owes).filter(owed__gt=0).order_by("closed_at", "pk")[:_MOST])


def _open_questions(rows: QuerySet[Question]) -> list[OpenQuestion]:
    found = rows.select_related("meeting", "author", "went_on__appeal").order_by("pk")
    return [
        OpenQuestion(each, went_on.appeal if (went_on := _went_on(each)) else None)
        for each in found.defer("meeting__search", "went_on__appeal__search")[:_MOST]
    ]


def _went_on(question: Question) -> QuestionAppeal | None:
    return getattr(question, "went_on", None)


def words_for_appeal(question: Question) -> str:
    """The text with which the form of an appeal opens. Ukrainian: the council reads it."""
    meeting = question.meeting
    with translation.override("uk"):
        day = date_format(meeting.day, "j E Y")
    about = f" (питання порядку денного: «{question.item.title}»)" if question.item else ""
    return (
        f"До засідання «{meeting.title}», яке відбулося {day} року, я звертався (зверталася) із "
        f"запитанням{about}:\n\n«{question.text}»\n\n"
        "Під час засідання відповіді не надано. Прошу надати її письмово."
    )


def link_to_appeal(question_id: int, appeal_id: int, author_id: int | None) -> None:
    """Remember that a question went on as an appeal of its own author's, once; within an action.
    What another person sent, or what was answered meanwhile, ties nothing."""
    own = Question.objects.unanswered().filter(pk=question_id, author=author_id)
    if author_id is not None and own.exists():
        QuestionAppeal.objects.get_or_create(
            question_id=question_id, defaults={"appeal_id": appeal_id}
        )
