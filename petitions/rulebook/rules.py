"""Rules of changing the council's rules for petitions and grounds of refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from petitions.rules import set_rules

if TYPE_CHECKING:
    from accounts.models import Anybody


def change_rules(user: Anybody, *, is_newest: bool, is_other: bool) -> Verdict:
    """Put another wording of the rules into force.

    ``is_newest``: the person has seen the one in force; ``is_other``: something is different.
    """
    return (
        set_rules(user)
        and refuse_unless(
            is_newest,
            "petition.rules_changed",
            _("Somebody has changed the rules meanwhile: look at them before you change them."),
        )
        and refuse_unless(is_other, "petition.rules_same", _("Nothing in the rules is different."))
    )


def change_ground(user: Anybody, *, used: bool, is_reworded: bool) -> Verdict:
    """Correct a ground's words; ``used``: somebody was refused on it already, and only its English
    name may be another, unless ``is_reworded``."""
    return set_rules(user) and refuse_unless(
        not (used and is_reworded),
        "petition.ground_used",
        _("Petitions were refused on this ground: put it out of force and add a new one."),
    )
