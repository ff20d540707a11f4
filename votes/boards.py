"""Contexts of a hall's screen and of a live page of results. No request, no user."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.displays.layout import TURN
from core.templatetags.components import thousands
from votes import pages, screens
from votes.measures import Measure
from votes.models import Poll, Question
from votes.presenters import ShownPoll, ShownQuestion
from votes.results import showing


def display_context(shown: ShownPoll, *, at_once: bool = False) -> dict[str, Any]:
    """The question, until when, how many have voted, and the bars where they may be shown.

    ``at_once``: of votes.results.showing.results_of. Five queries, and what counting takes.
    """
    poll = shown.poll
    results = showing.results_of(shown, at_once=at_once)
    bars = [each for each in results["questions"] if each["rows"]] if results else []
    asked = [_question_with_results(poll, each) for each in bars] or [
        _question_without_results(poll, question) for question in pages.questions_of(poll)
    ]
    address = reverse(
        "votes:vote" if shown.state in ("scheduled", "open") else "votes:detail", args=[poll.pk]
    )
    since = _since(shown)
    return shown.context(
        turnout=pages.turnout(poll),
        is_final=bool(poll.published_at),
        screens=[]
        if poll.cancelled_at
        else screens.screens_of(poll.title, asked, shown.now, since),
        turn=TURN,
        turns_from=int(since.timestamp()) if since else 0,
        join_url=settings.SITE_URL + address,
        board_url=f"{reverse('votes:display', args=[poll.pk])}?board",
    )


def _since(shown: ShownPoll) -> datetime | None:
    """From when on it shows what it shows now: its turns begin with the first screen then."""
    poll = shown.poll
    reached = [each for each in (poll.published_at, poll.closes_at, poll.opens_at) if each]
    return next((each for each in reached if each <= shown.now), None)


def _question_with_results(poll: Poll, each: dict[str, Any]) -> screens.Asked:
    """A question with its options in the order that its rule gives them."""
    question = each["question"]
    rows = [
        screens.Row(
            row["name"],
            _figure(question, row["measure"]),
            row["measure"].percent,
            won=bool(row["won"] and poll.published_at),
        )
        for row in each["rows"]
    ]
    note = _note(question, each["decided_in"], by_tie_rule=each["decided_by_tie_rule"])
    return screens.Asked(_text_beside_title(poll, question), rows, note, has_results=True)


def _question_without_results(poll: Poll, asked: ShownQuestion) -> screens.Asked:
    rows = [screens.Row(option.text) for option in asked.options]
    return screens.Asked(_text_beside_title(poll, asked.question), rows)


def _text_beside_title(poll: Poll, question: Question) -> str:
    return "" if question.text == poll.title else question.text


def _note(question: Question, decided_in: int, *, by_tie_rule: bool) -> str:
    """Explanation of the figures of a ranked question."""
    if question.method == Question.Method.SCHULZE:
        return _("With how many of the other options each wins the comparison.")
    notes = []
    if by_tie_rule:
        notes.append(_("A tie of the last two: the rule for ties decides."))
    if decided_in > 1:
        words = _("Round %(round)d. In brackets: the round after which an option was eliminated.")
        notes.append(words % {"round": decided_in})
    return " ".join(notes)


def _figure(question: Question, measure: Measure) -> str:
    """Figure beside a bar: the number by which the rule puts the options in order."""
    number = thousands(measure.number)
    if question.method == Question.Method.SCHULZE:
        return _("%(won)d of %(all)d") % {"won": measure.number, "all": measure.whole}
    if measure.eliminated_in_round:
        return f"{number} ({measure.eliminated_in_round})"
    if question.kind in (Question.Kind.SCORE, Question.Kind.POINTS):
        return number
    return f"{number} · {measure.percent}%"


def results_context(shown: ShownPoll, *, at_once: bool = False) -> dict[str, Any]:
    """The page of results; without ``counted`` where there is nothing to show (yet, or at all)."""
    results = showing.results_of(shown, at_once=at_once) or {}
    live_results_url = reverse("votes:live_results", args=[shown.poll.pk])
    return shown.context(live_results_url=live_results_url, **results)
