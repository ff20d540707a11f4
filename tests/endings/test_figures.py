"""Each share is rounded to the nearest: 2 of 3 are 67 %, never 66."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from appeals.figures import quarters as appeals
from consultations.dispositions import views_public as dispositions
from consultations.models import Disposition, Remark
from core.domain import clock
from core.domain.calendar import local_date
from insights.indicators import report
from insights.indicators.measures.consultations import share_accepted
from insights.indicators.periods import Period, PeriodKind
from insights.panel.queries import ShownPanel, StratumResult
from meetings.deputies.queries import Attendance
from petitions.defence.dryrun import Part
from tests import factories
from tests.access.city import City
from votes.measures import Measure
from votes.results import showing, showing_groups

pytestmark = pytest.mark.django_db

#: Shares that stay as they are: where a point of a chart stands, or what is counted on with.
NOT_SHOWN = {
    "consultations/carrying/models.py": "from hundredths to a part",
    "insights/indicators/missing.py": "compared, not shown",
    "insights/visits/charts.py": "the place of a bar",
    "petitions/presenters.py": "the length of a bar, which is full at 100 alone",
    "votes/results/showing_groups.py": "the length of a bar",
}


def _unrounded() -> Iterator[str]:
    """Files with «100 * a / b» outside of ``round`` and ``quantize``."""
    root = Path(settings.BASE_DIR)
    for config in root.glob("*/apps.py"):
        for path in config.parent.rglob("*.py"):
            text = path.read_text()
            if "migrations" in path.parts or ("100 *" not in text and "* 100" not in text):
                continue
            tree = ast.parse(text)
            rounded = {
                id(inner)
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and _name(node.func) in ("round", "quantize")
                for inner in ast.walk(node)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.BinOp) and _is_share(node) and id(node) not in rounded:
                    yield str(path.relative_to(root))


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def _is_share(node: ast.BinOp) -> bool:
    if not isinstance(node.op, ast.Div | ast.FloorDiv):
        return False
    return any(
        isinstance(inner, ast.BinOp)
        and isinstance(inner.op, ast.Mult)
        and any(
            isinstance(side, ast.Constant) and side.value == 100
            for side in (inner.left, inner.right)
        )
        for inner in ast.walk(node)
    )


def test_no_share_is_cut():
    assert set(_unrounded()) == set(NOT_SHOWN)


#: What is shown of so many of a whole, as a whole number or in words.
FIGURES: dict[str, Callable[[int, int], Any]] = {
    "attendance of a deputy": lambda part, whole: Attendance(part, whole).percent,
    "an option of a poll": lambda part, whole: Measure(part, whole).percent,
    "a part of a poll": showing._percent,
    "a cell of a poll": lambda part, whole: int(
        showing_groups._share_label(part, whole, is_sum=False).rstrip("%")
    ),
    "signatures of a network": lambda part, whole: Part("", part, whole).percent,
    "a stratum of a panel": lambda part, whole: StratumResult((), "", whole, part).trusting_percent,
    "answers of a panel": lambda part, whole: (
        ShownPanel(
            None,
            drawn=whole,
            answered=part,  # type: ignore[arg-type]
        ).response_percent
    ),
    "trust of a panel": lambda part, whole: (
        ShownPanel(
            None,
            trusting=part / whole,  # type: ignore[arg-type]
        ).trusting_percent
    ),
    "dispositions": lambda part, whole: (
        dispositions._bars({"accepted": part, "rejected": whole - part})[0].percent
    ),
    "appeals in time": lambda part, whole: (
        appeals._figures("", 100 * whole, 0, 100 * whole, 100 * part, 0, None).on_time
    ),
    "the yearly report": lambda part, whole: int(
        report._with_share(part, whole).partition("(")[2].rstrip("\xa0%)")
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_share_is_the_nearest_of_a_hundred(name):
    shown = FIGURES[name]
    assert [shown(1, 3), shown(2, 3), shown(1, 6), shown(3, 3)] == [33, 67, 17, 100]


def test_the_share_of_remarks_that_were_accepted(_city: City, db: None) -> None:
    Disposition.objects.update(approved_at=None)
    today: date = local_date(clock.now())
    remarks = Remark.objects.filter(disposition=None, comment__deleted_at=None)[:3]
    for remark, kind in zip(remarks, ("accepted", "partly", "rejected"), strict=True):
        factories.settle(remark, kind, approved_at=clock.now())
    (found,) = share_accepted(Period.of(PeriodKind.QUARTER, today))
    assert found.value == 67
