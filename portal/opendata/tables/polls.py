"""Polls, and what each question came to."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.opendata.datasets import Dataset, More, Row, columns_of
from votes import opendata
from votes.models import Poll

_TOPICS = ("polls", "poll:")
_MORE = (More("votes:list", _("Polls, each with its ballots as a file where they may be told")),)


def _announced_polls() -> QuerySet[Poll]:
    found: QuerySet[Poll] = Poll.objects.published()
    return found


def _polls() -> Iterator[Row]:
    for poll in opendata.describe_polls():
        yield [poll[name] for name in opendata.POLL]


def _results() -> Iterator[Row]:
    """An option of a question of each poll a row: of the poll there is its number alone."""
    beside = len(opendata.POLL)
    for line in opendata.lines():
        yield [line[0], *line[beside:]]


POLLS = Dataset(
    slug="polls",
    version=1,
    title=_("Polls"),
    words=_(
        "Every announced poll: who could vote, when, and how many did. Nobody who voted is named."
    ),
    keywords=(_("polls"), _("voting"), _("participation")),
    columns=columns_of(
        {
            "id": ("whole!", _("Number of the poll")),
            "url": ("link!", _("Its page")),
            "title": ("text!", _("Title")),
            "summary": ("text!", _("Summary in plain language")),
            "state": ("text!", _("State")),
            "department": ("text!", _("Responsible department, by its slug")),
            "secrecy": ("text!", _("Whether ballots are open, by name or secret")),
            "voters": ("text!", _("Who may vote")),
            "district": ("text", _("District, by its slug")),
            "min_age": ("whole", _("From which age, in years")),
            "tie_rule": ("text!", _("What decides between equal results")),
            "lot": ("text", _("Lot that decided between equal results")),
            "opens_at": ("moment!", _("When it opens")),
            "closes_at": ("moment!", _("When it closes")),
            "published_at": ("moment", _("When its results were published")),
            "cancelled_at": ("moment", _("When it was cancelled")),
            "cancelled_reason": ("text", _("Why it was cancelled")),
            "electorate": ("whole", _("How many could vote")),
            "ballots": ("whole", _("How many ballots were counted")),
            "ballots_on_paper": ("whole", _("How many of them on paper")),
            "codes_hash": ("text", _("Fingerprint of the list of codes of a secret poll")),
        }
    ),
    rows=_polls,
    topics=_TOPICS,
    span=_announced_polls,
    first="scheduled_at",
    last=("scheduled_at", "published_at", "cancelled_at"),
    more=_MORE,
)

RESULTS = Dataset(
    slug="poll-results",
    version=1,
    title=_("Results of polls"),
    words=_("One row for each option of each question. Numbers are there once they are published."),
    keywords=(_("polls"), _("results"), _("voting")),
    columns=columns_of(
        {
            "poll_id": ("whole!", _("Number of the poll")),
            "question": ("text!", _("Question")),
            "kind": ("text!", _("How it is answered")),
            "method": ("text", _("How ranked answers are counted")),
            "answers": ("whole", _("How many answered the question")),
            "none": ("whole", _("How many chose none of the options")),
            "option": ("text", _("Option")),
            "votes": ("whole", _("Votes for the option")),
            "points": ("number", _("Points of the option")),
            "place": ("whole", _("Its place")),
        }
    ),
    rows=_results,
    topics=_TOPICS,
    span=_announced_polls,
    first="scheduled_at",
    last=("scheduled_at", "published_at", "cancelled_at"),
    more=_MORE,
)
