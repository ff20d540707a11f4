"""Figures of the demo city's appeals of the last quarters, which are invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from appeals.figures.outcomes import count_outcomes, count_requests
from appeals.figures.quarters import LAST_OF_A_YEAR, newest_quarter
from appeals.figures.small_cells import Figures, Tables, as_tables
from appeals.models import FiguresEdition
from city.models import Department, District, Theme
from core.domain import clock
from core.domain.calendar import local_date

#: Appeals of each quarter, the newest first: all, by businesses, in time (per cent), median days.
_QUARTERS = (
    (1284, 171, 94, 12.5),
    (1167, 148, 91, 14.0),
    (1342, 183, 88, 16.5),
    (1098, 139, 92, 13.0),
)
#: Weights of each theme, district and department; None: where none is named.
_THEMES: dict[str | None, int] = {
    "housing": 31,
    "public-space": 22,
    "transport": 16,
    "water": 14,
    "ecology": 6,
    "property": 4,
    "business": 3,
    "accessibility": 2,
    None: 2,
}
_DISTRICTS: dict[str | None, int] = {
    "tsentr": 24,
    "soniachnyi": 19,
    "shakhtarske": 17,
    "novorudnyi": 13,
    "zarichchia": 10,
    "kariernyi": 8,
    "stepove": 6,
    None: 3,
}
_DEPARTMENTS: dict[str | None, int] = {
    "housing": 47,
    "greenery": 26,
    "transport": 17,
    "property": 7,
    "business": 3,
}

#: Weights of kinds, and of what became of them.
_KINDS = {"application": 58, "complaint": 21, "proposal": 12, "request": 9}
_OUTCOMES = {
    "satisfied": 41,
    "partly": 14,
    "explained": 27,
    "denied": 4,
    "forwarded": 8,
    "returned": 3,
    "not_considered": 1,
    "withdrawn": 2,
}
#: Requests of the year: outcome, ground of a refusal, how many, how many of them postponed.
_REQUESTS = (
    *(("satisfied", None, 352, 7), ("partly", "restricted", 41, 0), ("forwarded", None, 38, 0)),
    *(("denied", "not_held", 19, 0), ("denied", "restricted", 12, 0)),
    *(("denied", "incomplete", 6, 0), ("denied", "unpaid", 5, 0)),
)


def load_appeal_figures() -> None:
    """Store them as the job of each quarter would have."""
    quarter = newest_quarter(local_date(clock.now()))
    for numbers in _QUARTERS:
        yearly = _of_a_year() if quarter.number == LAST_OF_A_YEAR else {}
        FiguresEdition.objects.create(first=quarter.first, tables=_tables(*numbers) | yearly)
        quarter = quarter.former


def _tables(total: int, businesses: int, on_time: int, days: float) -> Tables:
    def rows(names: Mapping[str, str], weights: Mapping[str | None, int]) -> list[Figures]:
        all_of = _apportion(total, weights.values())
        of_businesses = _apportion(businesses, weights.values())
        return [
            Figures(
                names.get(slug or "", ""),
                number,
                by_businesses,
                min(100, on_time + place % 3 - 1),
                days + (place % 4 - 1) / 2,
            )
            for place, (slug, number, by_businesses) in enumerate(
                zip(weights, all_of, of_businesses, strict=True)
            )
        ]

    tables = as_tables(
        {
            "theme": rows(dict(Theme.objects.values_list("slug", "name")), _THEMES),
            "district": rows(dict(District.objects.values_list("slug", "name")), _DISTRICTS),
            "department": rows(dict(Department.objects.values_list("slug", "name")), _DEPARTMENTS),
            "all": [Figures("", total, businesses, on_time, days)],
        }
    )
    kinds = _apportion(total, _KINDS.values())
    counted = [
        (kind, outcome, None, number, 0)
        for kind, of_kind in zip(_KINDS, kinds, strict=True)
        for outcome, number in zip(_OUTCOMES, _apportion(of_kind, _OUTCOMES.values()), strict=True)
    ]
    return tables | count_outcomes(counted)


def _of_a_year() -> Tables:
    rows = [("request", *each) for each in _REQUESTS]
    return count_requests(rows, is_hidden=False)


def _apportion(number: int, weights: Iterable[int]) -> Sequence[int]:
    """The number in parts by their weights; the first one takes what rounding leaves."""
    shares = list(weights)
    parts = [number * share // sum(shares) for share in shares]
    parts[0] += number - sum(parts)
    return parts
