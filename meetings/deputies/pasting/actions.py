"""Put in deputies from a table, or try to: what each line would do.

A deputy of the list is known by their name among those whose powers last on the line's first day;
of such a one the line changes what it names. A faction that the council has not had is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import DateField
from django.utils.translation import gettext as _

from city.models import District
from core.db.collation import key
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import local_date
from core.domain.rules import Refused, reject, require
from core.export.pasted import Line, Outcome
from core.web.forms import within_reach
from meetings.deputies import actions
from meetings.deputies.pasting.table import DeputyLine
from meetings.models import Body, Deputy, Faction
from meetings.rules import keep_council

if TYPE_CHECKING:
    from accounts.models import User


class _TakenBackError(Exception):
    """Ends the transaction of a preview."""


class WrongLine(Exception):
    """A line that was refused when the table was stored: its number and why."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number


def preview_deputies(
    lines: Sequence[DeputyLine], *, by: User, has_seats: bool = False
) -> list[Line]:
    """Try ``put_deputies`` on each line; store nothing."""
    found: list[Line] = []
    with suppress(_TakenBackError), action():
        table = _Table(by, has_seats)
        for line in lines:
            try:
                with transaction.atomic():
                    outcome, more = table.put(line)
            except Refused as refused:
                outcome, more = Outcome.REFUSED, str(refused)
            found.append(Line(line.number, line.name, outcome, more))
        raise _TakenBackError
    return found


def put_deputies(lines: Sequence[DeputyLine], *, by: User, has_seats: bool = False) -> None:
    """Put in the deputies of a table, or change those that are there; all of them or none.

    ``has_seats``: each new one gets a seat in the council from their first day. Refuses by
    meetings.rules.keep_council; raises WrongLine for the first line that is refused: no name, a day
    that is none, no first day of a new deputy, a district that is none, a name of several deputies,
    one that stands there twice, or what deputies.rules refuses. Emits CouncilChanged for each.
    """
    with action():
        table = _Table(by, has_seats)
        for line in lines:
            try:
                table.put(line)
            except Refused as refused:
                raise WrongLine(line.number, str(refused)) from refused


class _Table:
    """The rows that lines are compared with: read once, not for each line."""

    def __init__(self, by: User, has_seats: bool) -> None:
        require(keep_council(by))
        self.by = by
        self.today = local_date(clock.now())
        self.factions = {_fold(each.name): each for each in Faction.objects.all()}
        self.districts = {
            word.casefold(): each
            for each in District.objects.open()
            for word in (each.name, each.slug)
        }
        self.deputies: dict[str, list[Deputy]] = {}
        for deputy in Deputy.objects.select_related("faction", "district", "user"):
            self.deputies.setdefault(_fold(deputy.name), []).append(deputy)
        self.put_already: set[str] = set()
        self.council = None
        if has_seats:
            self.council = Body.objects.open().filter(kind=Body.Kind.COUNCIL).first()
            if self.council is None:
                reject("council.no_council", _("Add the council among the bodies first."))

    def put(self, line: DeputyLine) -> tuple[Outcome, str]:
        """Put in one line; what it did, and what else came of it."""
        name = _fold(line.name)
        if not name or len(line.name) > 200:
            reject("council.name_missing", _("Please write the name."))
        since, until = self._day(line.since), self._day(line.until)
        if name in self.put_already:
            reject("council.line_twice", _("This person stands there twice."))
        self.put_already.add(name)
        day = since or self.today
        found = [
            each for each in self.deputies.get(name, ()) if each.until is None or each.until >= day
        ]
        if len(found) > 1:
            reject("council.several", _("Several deputies have this name: change them by form."))
        district = self._district(line.district)
        faction, new_faction = self._faction(line.faction)
        said = [_("a new faction, %(name)s") % {"name": line.faction}] if new_faction else []
        if found:
            return self._change(found[0], line, faction, district, until), "; ".join(said)
        if since is None:
            reject("council.first_day_missing", _("Give the first day of a new deputy."))
        made = actions.add_deputy(
            by=self.by, name=line.name, since=since, faction=faction, district=district
        )
        if self.council is not None:
            actions.seat(made, self.council, by=self.by, since=since)
            said.append(_("with a seat in the council"))
        if until is not None:
            self._edit(made, faction, district, until)
        return Outcome.ADDED, "; ".join(said)

    def _change(
        self,
        deputy: Deputy,
        line: DeputyLine,
        faction: Faction | None,
        district: District | None,
        until: date | None,
    ) -> Outcome:
        faction = faction if line.faction else deputy.faction
        district = district if line.district else deputy.district
        until = until or deputy.until
        if (faction, district, until) == (deputy.faction, deputy.district, deputy.until):
            return Outcome.UNCHANGED
        self._edit(deputy, faction, district, until)
        return Outcome.CHANGED

    def _edit(
        self, deputy: Deputy, faction: Faction | None, district: District | None, until: date | None
    ) -> None:
        actions.edit_deputy(
            deputy,
            by=self.by,
            name=deputy.name,
            faction=faction,
            district=district,
            user=deputy.user,
            until=until,
        )

    def _faction(self, name: str) -> tuple[Faction | None, bool]:
        """The faction of this name, and whether it is a new one."""
        if not name:
            return None, False
        if (known := self.factions.get(_fold(name))) is not None:
            return known, False
        made = self.factions[_fold(name)] = actions.add_faction(by=self.by, name=name[:200])
        return made, True

    def _district(self, name: str) -> District | None:
        if name and name.casefold() not in self.districts:
            reject(
                "council.no_such_district", _("There is no district “%(name)s”.") % {"name": name}
            )
        return self.districts.get(name.casefold())

    def _day(self, words: str) -> date | None:
        if not words:
            return None
        try:
            day: date | None = DateField(input_formats=["%d.%m.%Y", "%Y-%m-%d"]).clean(words)
            assert day is not None  # noqa: S101 - the field is required
            within_reach(day)
        except ValidationError:
            reject("council.not_a_day", _("“%(words)s” is no day.") % {"words": words})
        return day


def _fold(name: str) -> str:
    """By which names are compared: without regard to capitals and apostrophes."""
    return key(name.lower())
