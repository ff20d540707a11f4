"""The register of documents: its public pages, and the desk where officers keep it."""

from __future__ import annotations

from datetime import date

from records.documents import actions
from records.models import Document
from tests import people
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send

NAME = "Доповідна записка про стан захисних споруд цивільного захисту та їх готовність взимку"


def _restricted() -> Document:
    """A document with all that one can have."""
    found = Document.objects.filter(title=NAME).first()
    if found is not None:
        return found
    fields = {
        "kind": "note",
        "title": NAME,
        "number": "3-дск/2026",
        "made_on": date(2026, 3, 2),
        "received_on": date(2026, 3, 4),
        "author": "Рудногірське управління з надзвичайних ситуацій",
        "department": people.load_department(),
        "carrier": "paper",
        "place": "Папір, сектор режимної роботи, справа 04-11",
        "keywords": "цивільний захист, споруди",
        "access": "official",
        "ground": "2939-VI, ст. 9, ч. 1, п. 2",
        "restricted_until": date(2031, 3, 2),
    }
    return actions.enter(by=people.load("ofi"), fields=fields, is_neutral=True)


def _of_one(name: str, *steps: object, who: str = "anon") -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        pk = _restricted().pk
        looks = [of(name, pk, who=who, width=width) for width in (1280, 360)]
        return [*looks, *(of(name, pk, who=who, then=step) for step in steps)]

    return checks


def _lists(name: str, *queries: str, who: str = "anon") -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        _restricted()
        return [
            of(name, who=who, query=query, width=width)
            for query in ("", *queries)
            for width in (1280, 360)
        ]

    return checks


PAGES: dict[str, PageChecks] = {
    "documents:list": _lists("documents:list", "?access=restricted", "?q=динозавр"),
    "documents:detail": _of_one("documents:detail"),
    "documents_desk:list": _lists("documents_desk:list", who="admin"),
    "documents_desk:new": lambda town: [
        of("documents_desk:new", who="admin", then=step) for step in (None, send)
    ],
    "documents_desk:edit": _of_one("documents_desk:edit", who="admin"),
    "documents_desk:table": lambda town: [
        of("documents_desk:table", who="admin", then=step) for step in (None, send)
    ],
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    **dict.fromkeys(("api:documents", "api:document"), "JSON"),
    "documents:feed": "Atom",
    "documents_desk:remove": "POST",
}
