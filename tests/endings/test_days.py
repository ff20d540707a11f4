"""What happens at 23:30 UTC happens on the next day in Kyiv, and here in the next month."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.http import QueryDict

from appeals import terms as appeals
from consultations import pages as consultations
from consultations.desk.load import months_of
from consultations.models import Consultation, Remark
from core.domain.calendar import PEACETIME, kyiv
from discussions.models import Comment
from insights.indicators.measures.consultations import count_remarks
from insights.indicators.periods import Period, PeriodKind
from meetings import terms as meetings
from meetings.models import Kind, Meeting
from moderation.models import Ruling
from moderation.statistics.queries import statistics
from newsroom import calendar as newsroom
from newsroom.models import Article
from petitions.models import Petition, Signature
from petitions.signing.queries import of_day
from tests.access.city import City

pytestmark = pytest.mark.django_db

#: A Sunday's night, after which it is the first of March in Kyiv.
LATE = datetime(2027, 2, 28, 23, 30, tzinfo=UTC)
DAY = date(2027, 3, 1)
HOUR = timedelta(hours=1)
#: Files that ask a moment for its date, each with the reason why that is Kyiv's.
DATES = {
    "appeals/terms.py": "of a moment in Kyiv",
    "core/domain/calendar.py": "local_date itself",
    "core/templatetags/times.py": "of localtime",
    "meetings/rollcalls/forms.py": "of a moment in Kyiv",
    "meetings/minutes/content.py": "of localtime",
    "notifications/activities/followers.py": "of a moment in Kyiv",
    "notifications/digests/sending.py": "of a moment in Kyiv",
    "records/documents/table.py": "a day that was typed, which has no zone",
    "portal/audit/views_heads.py": "of a midnight in Kyiv",
}
_TRUNCATED = re.compile(r"date_trunc\('[a-z]+', *(?P<what>[^)]*)\)")


def _files() -> Iterator[tuple[str, str]]:
    root = Path(settings.BASE_DIR)
    for config in sorted(root.glob("*/apps.py")):
        for path in config.parent.rglob("*.py"):
            if not {"migrations", "demo"} & set(path.parts):
                yield str(path.relative_to(root)), path.read_text()


def test_no_moment_is_asked_for_its_date_in_utc():
    asking, in_utc = set(), []
    for file, text in _files():
        if ".date()" in text and any(_asks_for_date(node) for node in ast.walk(ast.parse(text))):
            asking.add(file)
        for found in _TRUNCATED.finditer(text):
            if "AT TIME ZONE 'Europe/Kyiv'" not in found["what"]:
                in_utc.append(f"{file}: {found[0]}")
    assert asking == set(DATES)
    assert in_utc == []


def _asks_for_date(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr == "date" and not node.args


def _write(rows: models.QuerySet[Any], **values: Any) -> None:
    """Write over rows, whatever the states that lead there are."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
        assert rows.update(**values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def _month_of_news(title: str) -> list[date]:
    context = newsroom.calendar_context(QueryDict("month=2027-03"))
    return [day.day for day in context["days"] for thing in day.things if thing.title == title]


def _event(_city: City) -> list[date]:
    row = Article.objects.published().first()
    assert row is not None
    _write(
        Article.objects.filter(pk=row.pk),
        kind="event",
        title="Ярмарок",
        begins_at=LATE,
        ends_at=None,
        place="Площа",
    )
    return _month_of_news("Ярмарок")


def _meeting(_city: City) -> list[date]:
    row = Meeting.objects.published().first()
    assert row is not None
    _write(Meeting.objects.filter(pk=row.pk), title="Рада", begins_at=LATE, ends_at=LATE + HOUR)
    return _month_of_news("Рада")


def _signature(city: City) -> list[date]:
    petition: Petition = city.petitions["collecting"]
    _write(Signature.objects.filter(petition=petition.pk), at=LATE)
    return [day for day in (date(2027, 2, 28), DAY) if of_day(petition, day).exists()][:1]


def _ruling(_city: City) -> list[date | None]:
    _write(Ruling.objects.all(), at=LATE)
    return sorted({line.month for line in statistics().by_month if line.month})


def _load(city: City) -> list[date]:
    _write(Comment.objects.filter(remark__isnull=False), created_at=LATE)
    months = months_of(city.people["admin"])
    return sorted({month.month for month in months if month.remarks})


def _indicator(_city: City) -> list[date]:
    remarks = Remark.objects.filter(comment__deleted_at=None, comment__hidden_at=None)
    _write(Comment.objects.filter(remark__in=remarks), created_at=LATE)
    months = [Period(PeriodKind.MONTH, first) for first in (date(2027, 2, 1), DAY)]
    return [month.first for month in months if count_remarks(month)[0].value]


def _withdrawn(city: City) -> list[date]:
    """A consultation whose last day it was is withdrawn then: that day has come."""
    consultation = Consultation(
        announced_at=kyiv(date(2027, 1, 4)),
        opens_at=kyiv(date(2027, 1, 4)),
        closes_at=kyiv(date(2027, 3, 2)),
        withdrawn_at=LATE,
    )
    return [DAY] if consultations._has_passed(consultation, DAY) else []


def _registered(_city: City) -> list[date]:
    return [appeals.registration_day(LATE, PEACETIME)]


def _of_meeting(_city: City) -> list[date | None]:
    over = Meeting(kind=Kind.SESSION, begins_at=LATE, closed_at=LATE)
    video, notice = meetings.video_day(over), meetings.notice_day(over)
    return [DAY] if (video, notice) == (date(2027, 3, 2), date(2027, 2, 19)) else [video, notice]


#: What is grouped by day or month, with the days on which it has the thing.
GROUPED: dict[str, Callable[[City], list[Any]]] = {
    "events of the newsroom": _event,
    "meetings in the calendar": _meeting,
    "signatures until a day": _signature,
    "decisions of moderators": _ruling,
    "remarks of departments": _load,
    "remarks of an indicator": _indicator,
    "stages of a consultation": _withdrawn,
    "registration of appeals": _registered,
    "terms of meetings": _of_meeting,
}


@pytest.mark.parametrize("name", GROUPED)
def test_the_night_belongs_to_the_day_in_kyiv(_city: City, db: None, name: str) -> None:
    assert GROUPED[name](_city) == [DAY]
