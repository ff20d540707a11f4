"""Queries of the audit log for the desk: entries by object, person, time and event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.models import User
from core.db import collation
from core.db.paging import Page, page_of
from core.domain.calendar import KYIV
from core.domain.events import Event
from core.models import AuditEntry
from portal.audit.presenters import Line, show_lines

SIZE = 50
#: Keys of entries whose number is a person's.
PEOPLE = ("by_id", "user_id", "standing_in_for_id", "kept_id", "gone_id")


#: What the events of an app are about.
_GROUPS = {
    "accounts": _("People and roles"),
    "appeals": _("Appeals"),
    "city": _("City"),
    "consultations": _("Consultations"),
    "discussions": _("Remarks and comments"),
    "drafts": _("Texts of drafts"),
    "insights": _("Indicators"),
    "meetings": _("Meetings"),
    "moderation": _("Moderation"),
    "newsroom": _("News"),
    "operation": _("The installation"),
    "organisations": _("Organisations"),
    "petitions": _("Petitions"),
    "tokens": _("Programs"),
    "votes": _("Polls"),
}
_OTHER = _("Other")


def event_choices() -> list[tuple[str, list[tuple[str, Any]]]]:
    """Every event that has words, in groups by what it is about; both by their words."""
    apps = {each.__name__: each.__module__.partition(".")[0] for each in _subclasses(Event)}
    grouped: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for name, title in words.event_titles().items():
        grouped[str(_GROUPS.get(apps.get(name, ""), _OTHER))].append((name, title))
    last = str(_OTHER)
    return [
        (group, sorted(grouped[group], key=lambda each: collation.key(str(each[1]))))
        for group in sorted(grouped, key=lambda group: (group == last, collation.key(group)))
    ]


def _subclasses(of: type[Event]) -> Iterator[type[Event]]:
    for each in of.__subclasses__():
        yield each
        yield from _subclasses(each)


def search(asked: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """The entries that a cleaned SearchForm asks for."""
    found = AuditEntry.objects.all()
    if asked.get("kind"):
        found = found.filter(ids__contains={asked["kind"]: asked["number"]})
    if person := asked.get("person"):
        found = found.filter(Q(actor=person) | Q(ids__user_id=person))
    if asked.get("event"):
        found = found.filter(event=asked["event"])
    if asked.get("since"):
        found = found.filter(at__gte=datetime.combine(asked["since"], time(), KYIV))
    if asked.get("until"):
        after = asked["until"] + timedelta(days=1)
        found = found.filter(at__lt=datetime.combine(after, time(), KYIV))
    return found


def page(found: QuerySet[AuditEntry], after: str | None) -> tuple[Page[AuditEntry], list[Line]]:
    """A page of entries, the newest first, and its lines. Two queries."""
    entries: Page[AuditEntry] = page_of(found, order=("-at", "-pk"), after=after, size=SIZE)
    return entries, show_lines(entries, people_of(entries))


def people_of(entries: Iterable[AuditEntry]) -> dict[int, User]:
    """Everybody whom the entries name. One query."""
    numbers = {
        number
        for entry in entries
        for number in (entry.actor, *(entry.ids.get(key) for key in PEOPLE))
        if isinstance(number, int)
    }
    return User.objects.in_bulk(numbers) if numbers else {}
