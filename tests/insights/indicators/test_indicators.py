"""Measuring closed periods once, hiding what is small, and what pages and files show of it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Residence, User, Verification
from appeals.figures.quarters import Figures, as_tables
from appeals.models import FiguresEdition
from city.models import AgeGroup, District
from core.web.pages import forget_pages
from insights.indicators import missing
from insights.indicators.goals import progress
from insights.indicators.measures.participants import count_participants
from insights.indicators.measuring import measure_closed
from insights.indicators.models import Breakdown, Goal, IndicatorValue
from insights.indicators.periods import Period, PeriodKind, closed_periods
from insights.indicators.queries import values
from insights.indicators.registry import indicator_of, indicators
from insights.indicators.small import hide_small
from petitions.models import Signature
from tests import factories
from tests.petitions import factories as of_petitions

SPRING = Period(PeriodKind.QUARTER, date(2026, 4, 1))
#: The day after it, and the moment in it at which everything happens.
JULY, MAY = date(2026, 7, 1), datetime(2026, 5, 12, 9, tzinfo=UTC)


def stored(slug: str, **fields: object) -> IndicatorValue:
    return IndicatorValue.objects.get(indicator=slug, **{"breakdown": "", **fields})


@pytest.fixture
def begun(db):
    """The first account is of January 2026."""
    made = factories.user("first")
    User.objects.filter(pk=made.pk).update(date_joined=datetime(2026, 1, 10, tzinfo=UTC))


@pytest.fixture
def signed(begun, clock):
    """Petitions signed in May by 6 of one district, 2 of another, 1 of nowhere."""
    petition = of_petitions.petition(factories.user("author"))
    places = {
        slug: District.objects.create(name=slug, slug=slug, population=number)
        for slug, number in {"north": 500, "south": 400, "west": 100}.items()
    }
    AgeGroup.objects.all().delete()
    AgeGroup.objects.create(since=18, population=900)
    for number in range(9):
        who = factories.user(f"signer{number}")
        if number < 8:
            Residence.objects.create(
                user=who,
                district=places["north" if number < 6 else "south"],
                how="letter",
                checked_at=MAY,
                expires_at=datetime(2099, 1, 1, tzinfo=UTC),
            )
        Signature.objects.create(petition=petition, user=who, at=MAY)
    return petition


class TestPeriods:
    def test_those_that_are_over(self):
        found = closed_periods(PeriodKind.QUARTER, JULY, since=date(2026, 1, 10), most=8)
        assert [each.code for each in found] == ["2026-Q2", "2026-Q1"]

    def test_the_most(self):
        found = closed_periods(PeriodKind.MONTH, JULY, since=date(2020, 1, 1), most=3)
        assert [each.code for each in found] == ["2026-06", "2026-05", "2026-04"]
        assert found[-1].moments[0].isoformat() == "2026-04-01T00:00:00+03:00"

    @pytest.mark.parametrize(
        ("language", "expected"), [("uk", "жовтень 2026"), ("en", "October 2026")]
    )
    def test_months_as_their_language_writes_them(self, language, expected):
        with override(language):
            assert Period(PeriodKind.MONTH, date(2026, 10, 1)).words == expected

    def test_no_quarter_begins_in_may(self):
        with pytest.raises(ValueError, match="no quarter"):
            Period.beginning(PeriodKind.QUARTER, date(2026, 5, 1))


class TestMeasuring:
    def test_each_is_stored_once_and_stays(self, signed):
        assert measure_closed(JULY)
        assert stored("signatures", period_start=SPRING.first).value == 9
        Signature.objects.all().delete()
        assert measure_closed(JULY) == 0
        assert stored("signatures", period_start=SPRING.first).value == 9

    def test_small_districts_hide_a_larger_one(self, signed):
        """6, 2, 0 and 1 without a district: the six would be all that is left of the total."""
        measure_closed(JULY)
        parts = IndicatorValue.objects.filter(indicator="signatures", breakdown="district")
        assert {each.part: each.value for each in parts} == dict.fromkeys(
            ["north", "south", "west", ""]
        )

    def test_nothing_before_there_was_anybody(self, db):
        User.objects.all().delete()
        assert measure_closed(JULY) == 0

    @pytest.mark.parametrize("indicator", indicators(), ids=lambda each: each.slug)
    def test_a_fixed_number_of_queries(self, signed, indicator, django_assert_max_num_queries):
        period = Period.of(indicator.period, date(2026, 5, 12))
        with django_assert_max_num_queries(3):
            indicator.measure(period)

    def test_appeals_are_those_of_their_published_figures(self, begun):
        rows = [Figures("Води", 40, 9, 90, 8.5), Figures("Доріг", 3, 1, None, None)]
        rows.append(Figures("Садів", 21, 8, 80, 9.0))
        tables = {"theme": [], "district": [], "department": rows}
        tables["all"] = [Figures("", 64, 18, 86, 8.5)]
        FiguresEdition.objects.create(first=SPRING.first, tables=as_tables(tables))
        measure_closed(date(2026, 8, 20))
        of = {"period_start": SPRING.first}
        assert stored("appeals", **of).value == 64
        assert stored("appeals-on-time", **of).value == 86
        assert stored("appeals-days", **of).value == Decimal("8.5")
        parts = IndicatorValue.objects.filter(indicator="appeals", **of)
        shown = {
            part: value for part, value in parts.values_list("part", "value") if part and value
        }
        assert shown == {"Води": 40, "residents": 46, "businesses": 18}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"period_start": date(2026, 5, 1)},
            {"kind": "forecast"},
            {"part": "north"},
            {"source": "imported", "value": None},
        ],
        ids=["no quarter begins then", "measured forecast", "part of a total", "imported nothing"],
    )
    def test_postgresql_refuses(self, db, wrong):
        fields = {"period_kind": "quarter", "period_start": SPRING.first, "value": 1}
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorValue.objects.create(indicator="remarks", **(fields | wrong))


class TestSmall:
    def test_nothing_hidden_can_be_reckoned(self):
        """The total is known: what is hidden is two parts at least, not all of them small."""
        shown = hide_small({"a": 40, "b": 3, "c": 12, "d": 9, "e": 9})
        assert shown == {"a": 40, "b": None, "c": 12, "d": None, "e": None}

    def test_nothing_where_all_are_small(self):
        assert hide_small({"a": 4, "b": 0}) == {}

    def test_all_where_none_is(self):
        assert hide_small({"a": 5, "b": 7}) == {"a": 5, "b": 7}


class TestWhoIsMissing:
    def test_each_is_counted_once(self, signed):
        found = count_participants(SPRING)
        assert (found[0].breakdown, found[0].value) == (Breakdown.TOTAL, 8)
        districts = [each for each in found if each.breakdown == Breakdown.DISTRICT]
        assert {each.value for each in districts} == {None}

    def test_also_who_was_verified_before(self, signed):
        who = Residence.objects.earliest("pk").user
        for age in (16, 18):
            Verification.objects.create(
                user=who, level=30, how="provider", age_over=age, ended_at=MAY
            )
        assert count_participants(SPRING)[0].value == 8

    def test_shares(self):
        rows = [
            IndicatorValue(part=part, value=value) for part, value in {"a": 90, "b": 10}.items()
        ]
        shares = missing.shares(Decimal(100), rows, {"a": 500, "b": 500})
        assert [(each.taking_part, each.population, each.kind) for each in shares] == [
            (90, 50, "partly"),
            (10, 50, "stop"),
        ]

    def test_a_hidden_part_has_no_share(self):
        rows = [IndicatorValue(part="a", value=None)]
        (share,) = missing.shares(Decimal(100), rows, {"a": 500})
        assert (share.taking_part, share.kind) == (None, "")


class TestGoals:
    @pytest.mark.parametrize(
        ("slug", "direction", "goal", "values", "expected"),
        [
            ("remarks", "at_least", 100, [30, 20], True),  # 50 of 100 after half a year
            ("remarks", "at_least", 100, [30, 19], False),
            ("remarks", "at_most", 100, [30, 21], False),
            ("turnout", "at_least", 20, [19, 22], True),  # an average is compared with it whole
            ("appeals-days", "at_most", 14, [15, 14], False),
            ("remarks", "at_least", 100, [], None),
        ],
    )
    def test_on_or_off_track(self, slug, direction, goal, values, expected):
        facts = [
            IndicatorValue(
                indicator=slug,
                period_kind="quarter",
                period_start=date(2026, 1 + 3 * place, 1),
                value=Decimal(value),
            )
            for place, value in enumerate(values)
        ]
        made = Goal(indicator=slug, year=2026, direction=direction, value=Decimal(goal))
        assert progress(indicator_of(slug), made, facts).is_on_track is expected

    def test_one_a_year(self, db):
        Goal.objects.create(indicator="remarks", year=2026, value=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(indicator="remarks", year=2026, value=2)


class TestPages:
    @pytest.fixture
    def measured(self, signed):
        measure_closed(JULY)

    def test_the_overview(self, client, measured, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            page = client.get(reverse("indicators:overview")).content.decode()
        for each in indicators():
            assert str(each.title) in page

    @pytest.mark.parametrize(("winter", "is_said"), [(3, True), (0, False)])
    def test_its_cards_say_how_far_a_goal_is_reached(self, client, measured, winter, is_said):
        """Unless the newest figure says so already."""
        Goal.objects.create(indicator="signatures", year=2026, value=40)
        first = IndicatorValue.objects.filter(indicator="signatures", breakdown="")
        first.filter(period_start=date(2026, 1, 1)).update(value=winter)
        forget_pages()  # nothing said that these rows have changed
        page = client.get(reverse("indicators:overview")).text
        assert "Ціль на 2026 рік: щонайменше 40" in page
        assert ("поки що 12" in page) is is_said
        assert "поки що 9" not in page

    def test_the_overview_asks_as_much_for_any_number(self, client, measured):
        for year in range(2000, 2020):
            IndicatorValue.objects.create(
                indicator="average-visitors",
                period_kind="year",
                period_start=date(year, 1, 1),
                value=year,
            )
        assert client.get(reverse("indicators:overview")).status_code == 200

    def test_one(self, client, measured, django_assert_max_num_queries):
        with django_assert_max_num_queries(10):
            response = client.get(reverse("indicators:indicator", args=["signatures"]))
        page = response.content.decode()
        assert str(indicator_of("signatures").how) in page
        assert "не показано" in page

    def test_it_is_shared_and_cacheable(self, client, measured):
        response = client.get(reverse("indicators:indicator", args=["remarks"]))
        assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"
        assert not response.cookies

    def test_its_file_has_the_same_figures(self, client, measured):
        response = client.get(reverse("indicators:indicator_csv", args=["signatures"]))
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == values().filter(indicator="signatures").count()
        assert {"period": "2026-Q2", "kind": "fact", "breakdown": "", "value": "9"}.items() <= next(
            row for row in rows if row["period"] == "2026-Q2"
        ).items()
        hidden = [row["value"] for row in rows if row["breakdown"]]
        assert hidden
        assert not any(hidden)
