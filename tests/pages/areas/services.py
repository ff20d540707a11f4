"""Electronic services: their public pages, and the desk where they are kept."""

from __future__ import annotations

from datetime import date

from records.models import Service
from records.services import actions
from tests import people
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send, send_no_text

NAME = "Запис дитини до закладу дошкільної освіти з видачею направлення без відвідування управління"


def _pilot() -> Service:
    """A service with all that one can have: months, a correction, a pilot prolonged."""
    found = Service.objects.filter(name=NAME).first()
    if found is not None:
        return found
    ofi = people.load("ofi")
    said = {
        "department": people.load_department(),
        "name": NAME,
        "about": "Заява, черга й направлення. Приходити нікуди не треба.",
        "url": "https://sadok.example/zapys/",
        "since": date(2026, 3, 2),
        "pilot_until": date(2026, 8, 31),
    }
    made = actions.add(by=ofi, fields=said)
    for month, number in ((6, 1840), (7, 912)):
        actions.enter_use(made, by=ofi, month=date(2026, month, 1), number=number)
    actions.enter_use(made, by=ofi, month=date(2026, 7, 1), number=921, reason="Збій лічильника")
    words = "За пів року подано 6 тисяч заяв; скарг – 12, усі про браузери."
    actions.conclude(made, by=ofi, outcome="prolonged", words=words, last_day=date(2026, 10, 31))
    return Service.objects.get(pk=made.pk)


def _of_pilot(name: str, *steps: object, who: str = "anon") -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        pk = _pilot().pk
        looks = [of(name, pk, who=who, width=width) for width in (1280, 360)]
        return [*looks, *(of(name, pk, who=who, then=step) for step in steps)]

    return checks


def _lists(name: str, who: str = "anon") -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        _pilot()
        queries = ("", "?list=ended") if who == "anon" else ("",)
        return [of(name, who=who, query=query, width=w) for query in queries for w in (1280, 360)]

    return checks


PAGES: dict[str, PageChecks] = {
    "services:list": _lists("services:list"),
    "services:detail": _of_pilot("services:detail"),
    "services_desk:list": _lists("services_desk:list", who="admin"),
    "services_desk:new": lambda town: [
        of("services_desk:new", who="admin", then=step) for step in (None, send)
    ],
    "services_desk:detail": _of_pilot("services_desk:detail", who="admin"),
    "services_desk:edit": _of_pilot("services_desk:edit", send_no_text, who="admin"),
    "services_desk:use": _of_pilot("services_desk:use", send, who="admin"),
    "services_desk:conclude": _of_pilot("services_desk:conclude", send, who="admin"),
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = dict.fromkeys(("api:services", "api:service_uses"), "JSON")
