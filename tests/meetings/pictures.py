"""Meetings with what the pictures of their displays are about, up to the longest of each."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from accounts.models import User
from city.models import Department
from consultations.models import Consultation
from consultations.remarks import actions
from discussions.models import Comment
from meetings.models import Item, Meeting, Question, QuestionSupport, State
from tests import factories as people
from tests.displays import text_of
from tests.meetings import factories
from votes.models import Poll


@dataclass(frozen=True)
class Picture:
    """A meeting and what one of its displays shows."""

    meeting: Meeting
    picture: str
    words: str = ""


def running(titled: str = "", **about: object) -> tuple[Meeting, Item]:
    """A session that considers its first item, which is about a consultation or a poll."""
    meeting = factories.meeting(State.RUNNING)
    item = meeting.items.get(order=1)
    Item.objects.filter(pk=item.pk).update(**about | ({"title": titled} if titled else {}))
    return meeting, factories.on_item(meeting)


def consultation(text: str | None = None, **fields: object) -> Consultation:
    """An open one of the secretariat's."""
    said = {"text": text} if text else {}
    return people.consultation(factories.department(), **said, **fields)


def discussed(by: User, text: str, remark: str, many: int = 3) -> Consultation:
    """A consultation whose first clauses have remarks."""
    made = consultation(text)
    clauses = made.draft.versions.get().clauses.exclude(text="").order_by("position")
    for clause in clauses[:many]:
        for number in range(3):
            said = actions.remark(made, by=by, text=f"{number + 1}. {remark}", clause_id=clause.pk)
            Comment.objects.filter(pk=said.comment_id).update(
                score=10 - number, agrees=1234, disagrees=1224 + number
            )
    return made


def questions(meeting: Meeting, author: User, text: str, many: int) -> None:
    """So many questions that everybody reads; the last one is supported."""
    made = Question(meeting=meeting, author=author, text=text, state=Question.State.SHOWN)
    rows = Question.objects.bulk_create(copy(made) for _number in range(many))
    if rows:
        last = rows[-1]
        Question.objects.filter(pk=last.pk).update(text="Найбажаніше питання")
        QuestionSupport.objects.create(question=last, user=factories.secretary("another"))


def poll(by: User, department: Department, state: str, length: int = 200, many: int = 12) -> Poll:
    """A poll with options of so many letters, whose bars are seen while it is open."""
    from tests.votes import factories as polls

    options = [{"text": f"{number}. {text_of(length - 4)}"} for number in range(many)]
    question = {"text": text_of(length + 100), "kind": "single", "options": options}
    return polls.poll(
        by,
        department,
        state,
        title=text_of(length),
        questions=[question],
        results_while_open=True,
    )
