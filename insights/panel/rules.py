"""Rules of the panel. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act, administer, use_desk
from core.domain.rules import Verdict, refuse_unless
from insights.models import PanelTally
from insights.panel.seeds import to_drawn

if TYPE_CHECKING:
    from accounts.models import Anybody
    from insights.models import Panel, PanelMember

#: Between the publication of a list and its seed, at least: time to keep a copy of the list.
BEFORE_SEED = timedelta(hours=1)
#: A panel of fewer people would tell who answered what.
FEWEST_PEOPLE = 20


def run(by: Anybody) -> Verdict:
    """Prepare, draw and close panels: administrators."""
    return use_desk(by) and administer(by)


def prepare(by: Anybody, *, seed_at: datetime, closes_at: datetime, now: datetime) -> Verdict:
    """Prepare a panel: its question, source of the seed and times."""
    return (
        run(by)
        and refuse_unless(
            seed_at > now + BEFORE_SEED,
            "panel.seed_too_soon",
            _("The seed must become known an hour from now at the earliest."),
        )
        and refuse_unless(
            closes_at > seed_at,
            "panel.closes_too_soon",
            _("People must have time to answer after the draw."),
        )
    )


def publish_list(by: Anybody, panel: Panel, *, now: datetime, people: int) -> Verdict:
    """Publish who may be drawn: once, in time before the seed. ``people``: how many they are."""
    return (
        run(by)
        and refuse_unless(
            panel.listed_at is None, "panel.listed", _("The list is published already.")
        )
        and refuse_unless(
            now + BEFORE_SEED <= panel.seed_at,
            "panel.too_late",
            _("It is too late: the list must be public an hour before the seed is known."),
        )
        and refuse_unless(
            people >= FEWEST_PEOPLE,
            "panel.too_few",
            _("%(people)d people may be drawn; a panel takes %(fewest)d at least.")
            % {"people": people, "fewest": FEWEST_PEOPLE},
        )
    )


def draw(by: Anybody, panel: Panel, *, seed: str, now: datetime) -> Verdict:
    """Draw with the seed: once, when it has become known."""
    return (
        run(by)
        and refuse_unless(
            panel.listed_at is not None, "panel.not_listed", _("Publish the list first.")
        )
        and refuse_unless(panel.drawn_at is None, "panel.drawn", _("The lot has been drawn."))
        and refuse_unless(
            now >= panel.seed_at,
            "panel.too_early",
            _("The seed is not known yet: wait for the moment that was published."),
        )
        and refuse_unless(now < panel.closes_at, "panel.over", _("The time to answer is over."))
        and refuse_unless(
            to_drawn(seed),
            "panel.no_seed",
            _("Enter the seed as it is published: a number, decimal or hexadecimal, or several."),
        )
    )


def answer(
    user: Anybody, panel: Panel, member: PanelMember | None, value: int, *, now: datetime
) -> Verdict:
    """Answer the question: who was drawn, once, while the panel is open."""
    return (
        act(user)
        and refuse_unless(
            member is not None and member.is_drawn,
            "panel.not_drawn",
            _("You were not drawn for this panel."),
        )
        and refuse_unless(
            panel.is_open(now), "panel.closed", _("Answers are not accepted any more.")
        )
        and refuse_unless(
            member is not None and not member.has_answered,
            "panel.answered",
            _("You have answered already."),
        )
        and refuse_unless(
            value in PanelTally.Value.values,
            "panel.no_such_answer",
            _("Choose one of the answers."),
        )
    )


def close(by: Anybody, panel: Panel) -> Verdict:
    """End a panel that was drawn and publish what was answered."""
    return run(by) and may_end(panel)


def may_end(panel: Panel) -> Verdict:
    """Whether a panel was drawn and is not closed."""
    return refuse_unless(
        panel.drawn_at is not None, "panel.not_drawn_yet", _("The lot has not been drawn.")
    ) and refuse_unless(panel.closed_at is None, "panel.closed_already", _("It is closed already."))
