"""Queries of the register of documents: a fixed number at any size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from appeals.figures import quarters
from appeals.figures.outcomes import label_of
from appeals.figures.small_cells import Figures
from appeals.models import FiguresEdition
from city.models import Department
from core.db.search import query
from records.models import Document

#: The newest first; new ones in feeds by when they were entered.
ORDER = ("-made_on", "-id")
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of the register, from the query string; invalid values are ignored.

    ``access``: "open" or "restricted". ``forgiving``: also what misspelt words may mean.
    """

    words: str = ""
    kind: str = ""
    year: str = ""
    department: str = ""
    access: str = ""
    forgiving: bool = False

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Filters:
        def one(name: str) -> str:
            return " ".join(params.get(name, "").replace("\0", "").split())[:LONGEST_WORDS]

        kind, year, access = one("kind"), one("year"), one("access")
        is_year = year.isascii() and year.isdecimal() and len(year) == 4 and year != "0000"
        return cls(
            words=one("q"),
            kind=kind if kind in Document.Kind.values else "",
            year=year if is_year else "",
            department=one("department"),
            access=access if access in ("open", "restricted") else "",
        )

    @property
    def are_chosen(self) -> bool:
        return self != Filters()

    def narrow(self, rows: QuerySet[Document]) -> QuerySet[Document]:
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.year:
            rows = rows.filter(made_on__year=int(self.year))
        if self.department:
            rows = rows.filter(department__slug=self.department)
        if self.access:
            is_open = Q(access=Document.Access.OPEN)
            rows = rows.filter(is_open if self.access == "open" else ~is_open)
        if self.words:
            asked = query(self.words, forgiving=self.forgiving)
            rows = rows.none() if asked.is_empty else rows.filter(search=asked)
        return rows


def documents() -> QuerySet[Document]:
    """All rows with what pages show of them."""
    return Document.objects.select_related("department", "theme").defer("search")


def choices() -> dict[str, Any]:
    """Choices of the filters: kinds, years and departments. Two queries."""
    days = Document.objects.aggregate(first=Min("made_on"), last=Max("made_on"))
    years = range(days["last"].year, days["first"].year - 1, -1) if days["first"] else ()
    return {
        "kinds": Document.Kind.choices,
        "years": [str(year) for year in years],
        "departments": Department.objects.order_by("name"),
    }


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """Requests for information of a year by what became of them; rows that are small have none."""

    year: int
    rows: list[tuple[Any, int | None]]


def figures_of_requests() -> RequestFigures | None:
    """Requests and refusals of the newest year whose figures are stored; None: there is none.
    One query."""
    stored = FiguresEdition.objects.filter(first__month=3 * quarters.LAST_OF_A_YEAR - 2)
    newest = stored.order_by("-first").first()
    if newest is None or not newest.tables.get("requests"):
        return None
    rows = [Figures(**row) for row in newest.tables["requests"]]
    return RequestFigures(newest.first.year, [(label_of(row.name), row.total) for row in rows])
