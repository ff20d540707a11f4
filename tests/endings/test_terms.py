"""Each term: its last day counts whole, and the midnight after it is too late; its length."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings

from appeals import terms as appeals
from consultations.acts import presenters as acts
from consultations.decisions.models import Decision
from core.domain.calendar import PEACETIME, end_of_day, kyiv
from meetings import terms as meetings
from meetings import terms as stopped
from meetings.models import Kind, Meeting
from tests.endings.terms import CLOSES, IS_LATE, NO_TERM, IsLate

LAST_MOMENT = time(23, 59, 59, 999999)
#: A Friday and a Wednesday, and the days on which the clocks change.
LAST_DAYS = [date(2027, 3, 12), date(2027, 9, 15), date(2027, 3, 28), date(2027, 10, 31)]
PREDICATE = re.compile(r"_?(is|was)_(late|in_time|over|past|overdue|notice_in_time)\w*$")


def _predicates() -> Iterator[str]:
    root = Path(settings.BASE_DIR)
    for path in root.glob("*/**/*.py"):
        file = str(path.relative_to(root))
        if file.split("/")[0] in ("tests", "benchmarks", "node_modules", "bin"):
            continue
        text = path.read_text() if not file.startswith(".") else ""
        if "def " not in text or not re.search(r"def _?(is|was)_\w*(late|time|over|past)", text):
            continue
        for node in ast.parse(text).body:
            inner = node.body if isinstance(node, ast.ClassDef) else [node]
            owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
            for each in inner:
                if isinstance(each, ast.FunctionDef) and PREDICATE.fullmatch(each.name):
                    yield f"{file} {owner}{each.name}"


def test_every_question_for_a_last_day_is_asked_here():
    assert set(_predicates()) == {*IS_LATE, *NO_TERM}


@pytest.mark.parametrize("name", [*IS_LATE, *CLOSES])
def test_the_last_day_counts_whole_and_no_moment_longer(name):
    is_late: IsLate = {**IS_LATE, **CLOSES}[name]
    for last_day in LAST_DAYS:
        if not PEACETIME.is_working_day(last_day) and name.endswith(("is_in_time", "Term.is_over")):
            continue  # working days alone are last days of these
        assert not is_late(last_day, kyiv(last_day))
        assert not is_late(last_day, kyiv(last_day, LAST_MOMENT))
        assert is_late(last_day, end_of_day(last_day))


#: A Monday, from which two holidays in peace are not far: 24 August and 1 October.
START = date(2027, 9, 6)
#: The last day of each term of law that begins on that day, with its article.
LENGTHS = {
    "month": ("393/96-ВР, 20", "2027-10-06"),
    "simple": ("393/96-ВР, 20: 15 days", "2027-09-21"),
    "extended": ("393/96-ВР, 20: 45 days at most", "2027-10-21"),
    "shortened": ("393/96-ВР, 20", "2027-10-06"),
    "reopened": ("393/96-ВР, 20", "2027-10-06"),
    "request": ("2939-VI, 20(1): 5 working days", "2027-09-13"),
    "urgent": ("2939-VI, 20(2): 48 hours", "2027-09-08"),
    "request_extended": ("2939-VI, 20(4): 20 working days", "2027-10-05"),
    "postponed": ("2939-VI, 22", "2027-10-05"),
    "fee": ("2939-VI, 20", "2027-09-13"),
    "request_reopened": ("2939-VI, 20(1)", "2027-09-13"),
    "return_malformed": ("393/96-ВР, 5: 10 days", "2027-09-16"),
    "return_insufficient": ("393/96-ВР, 7: 5 days, the last a Saturday", "2027-09-13"),
    "forward": ("393/96-ВР, 7: 5 days, the last a Saturday", "2027-09-13"),
    "reopening": ("393/96-ВР, 17", "2027-10-06"),
    "act": ("2939-VI, 15(2): 5 working days", "2027-09-13"),
    "minutes": ("2939-VI, 15(2): 5 working days", "2027-09-13"),
    "video": ("280/97-ВР, 46(18): the next day", "2027-09-07"),
    "proposals": ("280/97-ВР, 13(5): 30 days", "2027-10-06"),
    "notice": ("280/97-ВР, 46(10): 10 days before", "2027-08-27"),
    "notice in haste": ("280/97-ВР, 46(10): a day before", "2027-09-05"),
    "draft": ("2939-VI, 15(4): 10 working days before", "2027-08-20"),
    "stop": ("280/97-ВР, 59(4): 5 days, the last a Saturday", "2027-09-13"),
    "second vote": ("280/97-ВР, 59(4): 14 days", "2027-09-20"),
}


def _last_days() -> Iterator[tuple[str, date | None]]:
    noon = kyiv(START, time(12))
    for code, term in {**appeals.TERMS, **appeals.OFFICE_TERMS}.items():
        yield code, term.last_day(noon, PEACETIME)
    signed = Decision(signed_on=START, decided_on=START)
    yield "act", acts.ShownAct(cast(Any, signed), PEACETIME).due_on
    over = Meeting(kind=Kind.SESSION, closed_at=noon, begins_at=noon)
    yield "minutes", meetings.minutes_day(over, PEACETIME)
    yield "video", meetings.video_day(over)
    yield "notice", meetings.notice_day(over)
    yield "draft", meetings.draft_day(over, PEACETIME)
    in_haste = Meeting(kind=Kind.SESSION, begins_at=noon, short_notice_reason="Повінь")
    yield "notice in haste", meetings.notice_day(in_haste)
    hearing = Meeting(kind=Kind.HEARING, closed_at=noon)
    yield "proposals", meetings.proposals_day(hearing, PEACETIME)
    yield "stop", stopped.stop_day(START, PEACETIME)
    yield "second vote", stopped.second_vote_day(START, PEACETIME)


def test_each_term_of_law_is_as_long_as_its_article_says():
    found = {name: f"{last_day:%Y-%m-%d}" for name, last_day in _last_days()}
    assert found == {name: last_day for name, (_article, last_day) in LENGTHS.items()}
