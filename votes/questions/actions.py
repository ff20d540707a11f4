"""Actions on the questions of a poll that is being prepared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Max

from accounts.models import User
from city.models import District, Street
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from votes import rules
from votes.events import PollChanged
from votes.models import Option, Poll, Question
from votes.questions.actions_pictures import forget_pictures

#: Beyond the places of any list: where those wait that change places.
_ASIDE = 10_000


def add_question(poll: Poll, *, by: User, described: Mapping[str, Any]) -> Question:
    """Ask one question more, after the others.

    ``described``: the columns of a Question, with ``options``: the columns of each Option. Refuses
    by rules.revise. Emits PollChanged.
    """
    with action():
        poll = locked(poll)
        require(rules.revise(by, poll, now=clock.now()))
        made = write_question(poll, described)
        created(made)
        emit(PollChanged(poll.pk, by.pk))
        return made


def change_question(question: Question, *, by: User, described: Mapping[str, Any]) -> Question:
    """Ask it otherwise, in the same place. An option whose name stays keeps its picture and
    its location.

    ``described`` as for ``add_question``. Refuses by rules.revise. Emits PollChanged.
    """
    with action():
        poll = locked(question.poll)
        require(rules.revise(by, poll, now=clock.now()))
        question = locked(question)
        for name, value in _columns(described).items():
            setattr(question, name, value)
        question.save()
        _rewrite_options(question, described.get("options", ()))
        emit(PollChanged(poll.pk, by.pk))
        return question


def move_question(question: Question, *, by: User, up: bool) -> None:
    """Ask it one place earlier or later; the first stays the first. Refuses by rules.revise. Emits
    PollChanged, if anything moved."""
    with action():
        poll = locked(question.poll)
        require(rules.revise(by, poll, now=clock.now()))
        place = Question.objects.values_list("place", flat=True).get(pk=question.pk)
        others = Question.objects.filter(poll=poll)
        if up:
            other = others.filter(place__lt=place).order_by("-place").first()
        else:
            other = others.filter(place__gt=place).order_by("place").first()
        if other is None:
            return
        for pk, to in ((question.pk, _ASIDE), (other.pk, place), (question.pk, other.place)):
            Question.objects.filter(pk=pk).update(place=to)
        emit(PollChanged(poll.pk, by.pk))


def remove_question(question: Question, *, by: User) -> None:
    """Ask one question less. Refuses by rules.revise. Emits PollChanged."""
    with action():
        poll = locked(question.poll)
        require(rules.revise(by, poll, now=clock.now()))
        forget_pictures(Option.objects.filter(question=question))
        question.delete()
        emit(PollChanged(poll.pk, by.pk))


def set_location(
    option: Option, *, by: User, street: Street | None = None, district: District | None = None
) -> Option:
    """Say in which street or district an option is; neither: nowhere. Refuses by rules.locate.
    Emits PollChanged."""
    with action():
        poll = locked(Poll.objects.get(questions__options=option))
        require(rules.locate(by, poll, now=clock.now(), street=street, district=district))
        option = locked(option)
        option.street, option.district = street, district
        option.save(update_fields=["street", "district"])
        emit(PollChanged(poll.pk, by.pk))
        return option


def write_question(poll: Poll, described: Mapping[str, Any]) -> Question:
    """Write a question with its options, under the poll's lock."""
    last = Question.objects.filter(poll=poll).aggregate(last=Max("place"))["last"] or 0
    question = Question.objects.create(poll=poll, place=last + 1, **_columns(described))
    Option.objects.bulk_create(
        Option(question=question, place=place, **option)
        for place, option in enumerate(described.get("options", ()), 1)
    )
    return question


def _columns(described: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in described.items() if name != "options"}


def _rewrite_options(question: Question, described: Iterable[Mapping[str, Any]]) -> None:
    options = Option.objects.filter(question=question)
    # Places are unique, and each is given anew.
    options.update(place=F("place") + _ASIDE)
    before = {option.text: option for option in options}
    for place, each in enumerate(described, 1):
        option = before.pop(each["text"], None) or Option(question=question)
        option.place, option.text = place, each["text"]
        option.details, option.cost = each.get("details", ""), each.get("cost")
        option.save()
    gone = options.filter(place__gt=_ASIDE)
    forget_pictures(gone)
    gone.delete()
