"""Contexts of the pages of polls, as of the database's ``now``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.for_whom import PageCards
from core.db.paging import page_of
from core.db.statements import Asked, AskedAnyOf, Statement
from core.domain.clock import Now
from core.models import Topic
from core.web.sharing import share_context
from votes import queries
from votes.ballots.answers import ABSTAIN, NO, NONE_OF_THESE, YES
from votes.cards import PollCards
from votes.models import Option, Poll, Question
from votes.presenters import Chosen, OwnVote, ShownPoll, ShownQuestion
from votes.querysets import PollQuerySet

if TYPE_CHECKING:
    from accounts.models import Anybody, User

LIST_SIZE = 20
#: Of polls on the first page of the site.
_MOST_OPEN, _MOST_COUNTED = 4, 3
WORDS = {
    YES: _("yes"),
    NO: _("no"),
    ABSTAIN: _("I abstain"),
    NONE_OF_THESE: _("none of these"),
}
#: The lists: their names in addresses, and the order of each.
LISTS = {
    "open": (_("Open now"), ("reach", "closes_at", "pk")),
    "scheduled": (_("Opening soon"), ("opens_at", "pk")),
    "results": (_("With results"), ("-published_at", "-pk")),
    "all": (_("All"), ("-scheduled_at", "-pk")),
}


def for_page(polls: PollQuerySet) -> PollQuerySet:
    """With what is read in the same statement: the time as ``now`` and the topic's ``seq``."""
    topic = Concat(Value("poll:"), Cast(OuterRef("pk"), CharField()))
    seq = Subquery(Topic.objects.filter(name=topic).values("seq"))
    polls = polls.select_related("department", "district").defer("search")
    rows: PollQuerySet = polls.annotate(now=Now(), seq=Coalesce(seq, 0))
    return rows


def to_read(pk: int, user: Anybody) -> Any:
    """The row of ``for_page`` of a poll, if ``user`` may see it; else None: one query."""
    if getattr(user, "grants_in_force", ()):
        return for_page(Poll.objects.visible_to(user).filter(pk=pk)).first()
    return _TO_READ.first(pk=pk)


#: For everybody but staff. (What visible_to gives whoever holds no grant.)
_TO_READ: Statement[Any] = Statement(
    lambda: for_page(Poll.objects.published().filter(pk=Asked("pk")))
)
_QUESTIONS = Statement(lambda: Question.objects.filter(poll=Asked("poll")))
_OPTIONS = Statement(
    lambda: (
        Option.objects.filter(question=AskedAnyOf("questions")).with_locations().order_by("place")
    )
)


def questions_of(poll: Poll) -> list[ShownQuestion]:
    """Its questions in their order, each with its options; two queries."""
    questions = {question.pk: question for question in _QUESTIONS.all(poll=poll.pk)}
    options: dict[int, list[Option]] = {pk: [] for pk in questions}
    for option in _OPTIONS.all(questions=list(questions)):
        options[option.question_id].append(option)
    return [ShownQuestion(question, options[pk]) for pk, question in questions.items()]


def standing_context(shown: ShownPoll) -> dict[str, Any]:
    """Context of the poll's state: questions, rules, last day, turnout."""
    poll = shown.poll
    return shown.context(
        questions=questions_of(poll),
        turnout=turnout(poll),
        extensions=poll.extensions.all(),
        keepers=poll.keepers.all() if poll.is_secret else (),
        standing_url=reverse("votes:standing", args=[poll.pk]),
    )


def turnout(poll: Poll) -> int:
    """Number of people who have voted. Of a secret poll until its boxes are opened: in steps of
    twenty.
    """
    return queries.turnouts([poll.pk])[poll.pk][0]


def home_context() -> dict[str, Any]:
    """Polls on the first page: those that close soonest, those for most people first, and the last
    results; one query. A quick poll is for those who are in its hall, and one for a list for those
    who were told of it.
    """
    shown = [ShownPoll.of(row) for row in _AT_HOME.all()]
    counted = [each.poll for each in shown if each.poll.published_at]
    open_polls = [each for each in shown if not each.poll.published_at]
    return {
        "open_polls": open_polls,
        "poll_cards": PollCards.of(open_polls),
        "counted_polls": sorted(counted, key=attrgetter("published_at"), reverse=True),
    }


def _at_home() -> PollQuerySet:
    polls = Poll.objects.filter(is_quick=False)
    for_many = polls.open().exclude(voters=Poll.Voters.INVITED).with_reach()
    soonest = for_many.order_by("reach", "closes_at", "pk").values("pk")[:_MOST_OPEN]
    newest = polls.with_results().order_by("-published_at", "-pk").values("pk")[:_MOST_COUNTED]
    found = for_page(Poll.objects.filter(Q(pk__in=soonest) | Q(pk__in=newest)))
    return found.with_reach().order_by("reach", "closes_at", "pk")


_AT_HOME: Statement[Any] = Statement(_at_home)


def share_links(poll: Poll, page: str = "votes:detail") -> dict[str, str]:
    """The addresses that a link to it carries: of a page of it and of its picture, in the active
    language."""
    return share_context(reverse(page, args=[poll.pk]), "votes:card", poll.pk)


def list_context(params: QueryDict) -> dict[str, Any]:
    """A page of one of LISTS: two queries, and one for each tab's number."""
    name = params.get("state", "open")
    if name not in LISTS:
        name = "open"
    rows = page_of(
        for_page(polls_in_list(name)),
        order=LISTS[name][1],
        after=params.get("after", ""),
        size=LIST_SIZE,
    )
    page = replace(rows, items=[ShownPoll.of(row) for row in rows])
    home = reverse("votes:list")
    return {
        "page": page,
        "cards": PageCards((PollCards.of(page),)),
        "state": name,
        "tabs": [
            {
                "label": label,
                "url": home if key == "open" else f"{home}?state={key}",
                "current": key == name,
                "count": polls_in_list(key).count(),
            }
            for key, (label, _order) in LISTS.items()
        ],
        "next_url": f"{home}?state={name}&after={page.next_cursor}" if page.next_cursor else "",
        "previous_url": (
            f"{home}?state={name}&after={page.previous_cursor}" if page.previous_cursor else ""
        ),
    }


def open_polls() -> list[ShownPoll]:
    """The open polls that the list shows first, LIST_SIZE at most: one query."""
    rows = for_page(polls_in_list("open")).order_by(*LISTS["open"][1])[:LIST_SIZE]
    return [ShownPoll.of(row) for row in rows]


def polls_in_list(name: str) -> PollQuerySet:
    """The polls of one of LISTS."""
    # A quick poll is for those who are in the hall; afterwards it is a poll like others.
    polls = Poll.objects
    return {
        "open": polls.open().with_reach,
        "scheduled": polls.scheduled,
        "results": polls.with_results,
        "all": polls.published,
    }[name]()


def own_votes(user: User, most: int) -> list[OwnVote]:
    """For one's own page: the polls in which they have voted; of open ones what they chose. Two
    queries, and two more for open ones."""
    votes = queries.voted_in(user, most)
    asked: dict[int, list[ShownQuestion]] = {}
    told = [vote.record.poll_id for vote in votes if vote.ballot is not None]
    if told:
        questions = Question.objects.filter(poll__in=told).order_by("poll", "place")
        for question in questions.prefetch_related("options"):
            shown = ShownQuestion(question, list(question.options.all()))
            asked.setdefault(question.poll_id, []).append(shown)
    return [
        OwnVote(
            vote.record,
            ShownPoll(vote.record.poll, vote.now),
            describe_ballot(asked.get(vote.record.poll_id, []), vote.ballot.choices)
            if vote.ballot is not None
            else (),
        )
        for vote in votes
    ]


def describe_ballot(questions: Sequence[ShownQuestion], choices: Mapping[str, Any]) -> list[Chosen]:
    """A ballot in words, every question in its turn; what was left empty says so."""
    return [
        Chosen(each.question, _lines(each, choices.get(str(each.question.pk))))
        for each in questions
    ]


def _lines(asked: ShownQuestion, answer: Any) -> list[str]:
    question = asked.question
    names = {option.pk: option.text for option in asked.options}
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
