"""Checks of the installation's state: each app registers its own in a module ``state_checks``.

    @check("disk", _("Disk"))
    def check_disk() -> Iterator[Finding]:
        yield Finding(Level.OK, _("42 % is used"), subject="/var/lib/viche")

A check looks and changes nothing, in a few seconds at most; it says nothing about people: no names,
addresses, or arguments of jobs. What it finds is shown at /desk/state/, by ``viche check_state``,
and raised and told by core.state.faults.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class Level(IntEnum):
    """Badness of a finding; the numbers are the exit codes of Nagios plugins."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    #: It could not be found out.
    UNKNOWN = 3


#: From the best to the worst: what is unknown hides nothing that is known to be bad.
_BADNESS = (Level.OK, Level.UNKNOWN, Level.WARNING, Level.CRITICAL)


@dataclass(frozen=True, slots=True)
class Finding:
    """Finding of a check about one thing: a sentence in the active language."""

    level: Level
    words: str
    #: Which one, where a check looks at several.
    subject: str = ""


type Check = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Result:
    """A finding with the check that it is of."""

    name: str
    title: Any
    finding: Finding

    @property
    def level(self) -> Level:
        return self.finding.level

    @property
    def subject(self) -> str:
        return self.finding.subject

    @property
    def words(self) -> str:
        return self.finding.words


_checks: dict[str, tuple[str | Promise, Check]] = {}


def check(name: str, title: str | Promise) -> Callable[[Check], Check]:
    """Register a check by its name, which stays, and a translated title."""

    def register(function: Check) -> Check:
        _checks[name] = (title, function)
        return function

    return register


def title_of(name: str) -> str | Promise:
    """Title of a check; the name of one that is no more."""
    return _checks[name][0] if name in _checks else name


def check_names() -> list[str]:
    """Names of all checks, in the order in which they are shown."""
    return list(_checks)


def run_checks(names: Iterable[str] | None = None) -> list[Result]:
    """Run all checks, or those of these names. One that fails is UNKNOWN, and keeps no other from
    its turn."""
    wanted = check_names() if names is None else names
    return [result for name in wanted for result in _run(name)]


def worst(results: Iterable[Result]) -> Level:
    """The worst level among results; OK of none."""
    return max((each.level for each in results), key=_BADNESS.index, default=Level.OK)


def _run(name: str) -> list[Result]:
    title, function = _checks[name]
    try:
        with transaction.atomic():
            findings = list(function())
    except DatabaseError:
        findings = [Finding(Level.UNKNOWN, _("The database does not answer."))]
    except Exception as error:
        # Not its words: they may hold an address.
        logger.warning("The check %s failed: %s", name, type(error).__name__)
        findings = [Finding(Level.UNKNOWN, _("It could not be found out."))]
    return [Result(name, title, each) for each in findings]
