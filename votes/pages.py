"""What the pages of polls show, as of the database's ``now``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.db.paging import page_of
from core.domain.clock import Now
from core.models import Topic
from votes import methods, reading
from votes.answers import ABSTAIN, NO, NONE_OF_THESE, YES
from votes.models import Option, Poll, Question, SecretVoterRecord, State, VoterRecord
from votes.querysets import PollQuerySet

if TYPE_CHECKING:
    from accounts.models import User

LIST_SIZE = 20
#: Of polls on the first page of the site.
_MOST_OPEN, _MOST_COUNTED = 4, 3
#: How each state looks (components/status_tag.html).
STATUS = {
    State.DRAFT: "waiting",
    State.SCHEDULED: "soon",
    State.OPEN: "open",
    State.CLOSED: "closed",
    State.PUBLISHED: "done",
    State.CANCELLED: "stop",
}
WORDS = {
    YES: _("yes"),
    NO: _("no"),
    ABSTAIN: _("I abstain"),
    NONE_OF_THESE: _("none of these"),
}
#: The lists: their names in addresses, and the order of each.
LISTS = {
    "open": (_("Open now"), ("closes_at", "pk")),
    "scheduled": (_("Opening soon"), ("opens_at", "pk")),
    "results": (_("With results"), ("-published_at", "-pk")),
    "all": (_("All"), ("-scheduled_at", "-pk")),
}


def for_page(polls: PollQuerySet) -> PollQuerySet:
    """With what is read in the same statement: the time as ``now`` and the topic's ``seq``."""
    topic = Concat(Value("poll:"), Cast(OuterRef("pk"), CharField()))
    seq = Subquery(Topic.objects.filter(name=topic).values("seq"))
    polls = polls.select_related("department", "district").defer("search")
    return polls.annotate(now=Now(), seq=Coalesce(seq, 0))


def show(poll: Poll) -> Poll:
    """Give it ``state``, ``state_kind`` and ``state_label``, and whether it ``is_open``."""
    state = poll.state_at(poll.now)
    poll.state, poll.state_kind, poll.state_label = state, STATUS[state], state.label
    poll.is_open = state == State.OPEN
    #: The moment from which its pages are others, although nothing happens: it opens, it closes.
    poll.changes_at = {State.SCHEDULED: poll.opens_at, State.OPEN: poll.closes_at}.get(state)
    return poll


def questions_of(poll: Poll) -> list[tuple[Question, list[Option]]]:
    """Its questions in their order, each with its options; two queries."""
    questions = {question.pk: question for question in Question.objects.filter(poll=poll)}
    options: dict[int, list[Option]] = {pk: [] for pk in questions}
    for option in Option.objects.filter(question__in=questions).order_by("place"):
        options[option.question_id].append(option)
    for question in questions.values():
        question.sentence = methods.sentence(question)
    return [(question, options[pk]) for pk, question in questions.items()]


def standing_context(poll: Poll) -> dict[str, Any]:
    """Where it stands, what is asked, its rules, until when, and how many have voted."""
    return {
        "poll": show(poll),
        "questions": questions_of(poll),
        "turnout": turnout(poll),
        "extensions": poll.extensions.all(),
        "standing_url": reverse("votes:standing", args=[poll.pk]),
    }


def turnout(poll: Poll) -> int:
    """How many have voted. Of a secret poll that is not over: as of its last re-seal."""
    return reading.turnouts([poll.pk])[poll.pk][0]


def home_context() -> dict[str, Any]:
    """What the first page shows: the polls that close soonest, and the last results; one query. A
    quick poll is for those who are in its hall."""
    polls = Poll.objects.filter(is_quick=False)
    soonest = polls.open().order_by("closes_at", "pk").values("pk")[:_MOST_OPEN]
    newest = polls.with_results().order_by("-published_at", "-pk").values("pk")[:_MOST_COUNTED]
    found = for_page(Poll.objects.filter(Q(pk__in=soonest) | Q(pk__in=newest)))
    shown = [show(poll) for poll in found.order_by("closes_at", "pk")]
    counted = [poll for poll in shown if poll.published_at]
    return {
        "open_polls": [poll for poll in shown if not poll.published_at],
        "counted_polls": sorted(counted, key=lambda each: each.published_at, reverse=True),
    }


def shared(poll: Poll, page: str = "votes:detail") -> dict[str, str]:
    """The addresses that a link to it carries: of a page of it and of its picture, in the active
    language."""
    return {
        "page_url": settings.SITE_URL + reverse(page, args=[poll.pk]),
        "card_url": settings.SITE_URL + reverse("votes:card", args=[poll.pk]),
    }


def list_context(params: QueryDict) -> dict[str, Any]:
    """A page of one of LISTS: two queries, and one for each tab's number."""
    name = params.get("state", "open")
    if name not in LISTS:
        name = "open"
    page = page_of(
        for_page(listed(name)),
        order=LISTS[name][1],
        after=params.get("after", ""),
        size=LIST_SIZE,
    )
    for poll in page.items:
        show(poll)
    home = reverse("votes:list")
    return {
        "page": page,
        "state": name,
        "tabs": [
            {
                "label": label,
                "url": home if key == "open" else f"{home}?state={key}",
                "current": key == name,
                "count": listed(key).count(),
            }
            for key, (label, _order) in LISTS.items()
        ],
        "next_url": f"{home}?state={name}&after={page.next_cursor}" if page.next_cursor else "",
        "previous_url": (
            f"{home}?state={name}&after={page.previous_cursor}" if page.previous_cursor else ""
        ),
    }


def listed(name: str) -> PollQuerySet:
    """The polls of one of LISTS."""
    # A quick poll is for those who are in the hall; afterwards it is a poll like others.
    polls = Poll.objects
    return {
        "open": polls.open,
        "scheduled": polls.scheduled,
        "results": polls.with_results,
        "all": polls.published,
    }[name]()


def mine(user: User, most: int) -> list[VoterRecord | SecretVoterRecord]:
    """For one's own page: the polls in which they have voted, each as ``poll``; of open ones
    ``lines`` of what they chose. Two queries, one more where there are secret polls and two more
    for open ones."""
    marks = reading.voted_in(user, most)
    asked: dict[int, list[tuple[Question, list[Option]]]] = {}
    shown = [mark.poll_id for mark in marks if hasattr(mark, "ballot")]
    if shown:
        questions = Question.objects.filter(poll__in=shown).order_by("poll", "place")
        for question in questions.prefetch_related("options"):
            asked.setdefault(question.poll_id, []).append((question, list(question.options.all())))
    for mark in marks:
        mark.poll.now = mark.now
        show(mark.poll)
        mark.lines = []
        if hasattr(mark, "ballot"):
            chosen = described(asked.get(mark.poll_id, []), mark.ballot.choices)
            mark.lines = [line for each in chosen for line in each.lines]
    return marks


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a ballot says to one question, in lines of words."""

    question: Question
    lines: list[str]


def described(
    questions: list[tuple[Question, list[Option]]], choices: Mapping[str, Any]
) -> list[Chosen]:
    """A ballot in words, every question in its turn; what was left empty says so."""
    return [
        Chosen(question, _lines(question, options, choices.get(str(question.pk))))
        for question, options in questions
    ]


def _lines(question: Question, options: list[Option], answer: Any) -> list[str]:
    names = {option.pk: option.text for option in options}
    if answer is None:
        return [gettext("not answered")]
    if question.kind == Question.Kind.TEXT:
        return [answer]
    if isinstance(answer, str):
        return [str(WORDS[answer])]
    if isinstance(answer, int):
        return [names[answer]]
    if isinstance(answer, dict):
        return [f"{names[int(pk)]}: {number}" for pk, number in answer.items()]
    if question.kind == Question.Kind.RANKED:
        return [f"{place}. {names[pk]}" for place, pk in enumerate(answer, 1)]
    return [names[pk] for pk in answer]
