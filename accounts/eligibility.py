"""Eligibility: what a thing asks of people, what is known of one of them, and whether they meet it.

    eligibility = load_eligibility(user, speaks_for=organisation_id)  # one query
    require(meets(eligibility, Requirement(level=Level.SUBSTANTIAL, residence=CHECKED)))

Upper apps keep their requirements as data and ask for an eligibility only when one asks for more
than a confirmed e-mail (``asks_nothing``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Anybody, Level, User
from accounts.rules import SIGN_IN
from core.domain.clock import Now
from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from datetime import datetime

#: How much is known of a residence: nothing, what the person says, what somebody checked.
UNKNOWN, DECLARED, CHECKED = "", "declared", "checked"
_SURENESS = (UNKNOWN, DECLARED, CHECKED)

#: Names of the pages where one gets what is missing.
IDENTITY_PAGE, RESIDENCE_PAGE, ORGANISATIONS_PAGE = (
    "identity:verify",
    "residence:mine",
    "organisations:mine",
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """The requirement that taking part puts on a person.

    ``level``: of assurance; ``age_over``: 14, 16 or 18, confirmed, or None; ``residence``: UNKNOWN
    (anybody's), DECLARED or CHECKED, in ``district_id`` or anywhere in the community;
    ``organisation``: only in the name of one.
    """

    level: int = Level.LOW
    age_over: int | None = None
    residence: str = UNKNOWN
    district_id: int | None = None
    organisation: bool = False

    @property
    def asks_nothing(self) -> bool:
        """Whether everybody who has signed in meets it, so that nobody need be asked."""
        return self == ANYBODY


ANYBODY = Requirement()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The facts that decide about one person now. ``level`` 0: a visitor who has not signed in.

    ``age_over``: the highest of 14, 16, 18 that they are known to have reached; ``speaks_for``: the
    id of the organisation in whose name they do what they are about to do.
    """

    level: int = 0
    age_over: int | None = None
    residence: str = UNKNOWN
    district_id: int | None = None
    speaks_for: int | None = None


def load_eligibility(user: Anybody, *, speaks_for: int | None = None) -> Eligibility:
    """Load the current eligibility of ``user``: one query, none for a visitor.

    ``speaks_for``: the organisation whose mandate the caller has held
    (organisations.mandates.queries).
    """
    if not user.is_authenticated:
        return Eligibility()
    known = (
        User.objects.annotate(
            checked=FilteredRelation("verifications", condition=Q(verifications__ended_at=None)),
            home=FilteredRelation("residences", condition=Q(residences__ended_at=None)),
            now=Now(),
        )
        .filter(pk=user.pk)
        .values(
            "now",
            "checked__level",
            "checked__age_over",
            "checked__expires_at",
            "home__district_id",
            "home__expires_at",
        )
        .first()
    )
    if known is None:
        return Eligibility()
    now, level, age_over = known["now"], Level.LOW, None
    if known["checked__level"] and _lasts(known["checked__expires_at"], now):
        level, age_over = known["checked__level"], known["checked__age_over"]
    residence, district_id = UNKNOWN, known["home__district_id"]
    if district_id is not None:
        # Only a checked residence has a day on which it expires.
        until = known["home__expires_at"]
        residence = CHECKED if until is not None and until > now else DECLARED
    return Eligibility(level, age_over, residence, district_id, speaks_for)


def _lasts(expires_at: datetime | None, now: datetime) -> bool:
    return expires_at is None or expires_at > now


def meets(eligibility: Eligibility, requirement: Requirement) -> Verdict:
    """Whether a person may take part; refused: the first thing that they lack.

    ``params["missing"]`` tells all of them (``missing``): code, message and way of each.
    """
    lacking = missing(eligibility, requirement)
    if not lacking:
        return ALLOWED
    told = [
        {"code": verdict.code, "message": verdict.message, "way": verdict.params.get("way", "")}
        for verdict in lacking
    ]
    return replace(lacking[0], params={**lacking[0].params, "missing": told})


def missing(eligibility: Eligibility, requirement: Requirement) -> tuple[Verdict, ...]:
    """Everything that a person lacks, in the order in which one gets it; () when nothing.

    Each has ``params["way"]``, the name of the page where one gets it. Codes: ``account.sign_in``,
    ``eligibility.level``, ``eligibility.age``, ``eligibility.residence``,
    ``eligibility.district``, ``eligibility.organisation``.
    """
    if not eligibility.level:
        return (SIGN_IN,)
    found = []
    if eligibility.level < requirement.level:
        found.append(_LEVEL_HIGH if requirement.level == Level.HIGH else _LEVEL_SUBSTANTIAL)
    if (eligibility.age_over or 0) < (requirement.age_over or 0):
        found.append(_too_young(requirement.age_over or 0))
    if _SURENESS.index(eligibility.residence) < _SURENESS.index(requirement.residence):
        found.append(_CHECKED if requirement.residence == CHECKED else _DECLARED)
    if requirement.district_id is not None and eligibility.district_id != requirement.district_id:
        found.append(_DISTRICT)
    if requirement.organisation and eligibility.speaks_for is None:
        found.append(_ORGANISATION)
    return tuple(found)


_LEVEL_SUBSTANTIAL = refuse(
    "eligibility.level",
    _("To take part here, confirm who you are: one living person has one voice here."),
    way=IDENTITY_PAGE,
    level=Level.SUBSTANTIAL,
)
_LEVEL_HIGH = refuse(
    "eligibility.level",
    _("To take part here, confirm who you are by a qualified signature: the law asks for it."),
    way=IDENTITY_PAGE,
    level=Level.HIGH,
)
_DECLARED = refuse(
    "eligibility.residence",
    _("Here the residents of the community take part: say first where you live."),
    way=RESIDENCE_PAGE,
    residence=DECLARED,
)
_CHECKED = refuse(
    "eligibility.residence",
    _("Here the residents of the community take part: have your residence confirmed first."),
    way=RESIDENCE_PAGE,
    residence=CHECKED,
)
_DISTRICT = refuse(
    "eligibility.district",
    _("Here the residents of one district take part, and you do not live in it."),
    way=RESIDENCE_PAGE,
)
_ORGANISATION = refuse(
    "eligibility.organisation",
    _("Here organisations take part: choose the one in whose name you speak."),
    way=ORGANISATIONS_PAGE,
)


def _too_young(age: int) -> Verdict:
    return refuse(
        "eligibility.age",
        _("People of %(age)d and older take part here: have your age confirmed first.")
        % {"age": age},
        way=IDENTITY_PAGE,
        age_over=age,
    )
