"""Rules of indicators. Pure: the facts are passed in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Anybody
from accounts.rules import use_desk
from core.domain.rules import Verdict, refuse_unless


def manage(user: Anybody) -> Verdict:
    """Set goals, write and publish the yearly report, see what was imported: officers of a
    department, not of one thing alone, and administrators."""
    return use_desk(user) and refuse_unless(
        user.is_authenticated and (user.is_administrator or bool(user.speaking_department_ids)),
        "indicators.officers_only",
        _("Only an officer or an administrator may do this."),
    )


def set_goal(user: Anybody, *, is_known: bool) -> Verdict:
    """Set the goal of an indicator that there is."""
    return manage(user) and refuse_unless(
        is_known, "indicators.unknown", _("There is no such indicator."), field="indicator"
    )


def publish_report(user: Anybody, *, influence: str, is_over: bool) -> Verdict:
    """Publish the report of a year: once the year is over, with its qualitative part (3841-IX
    art. 20)."""
    return (
        manage(user)
        and refuse_unless(
            is_over,
            "indicators.year_goes_on",
            _("The year is not over yet: its report is published afterwards."),
        )
        and refuse_unless(
            influence.strip(),
            "indicators.influence_missing",
            _("Say in words what influence the consultations had; the law asks for it."),
            field="influence",
        )
    )
