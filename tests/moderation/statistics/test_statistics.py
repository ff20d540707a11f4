"""The public figures of moderation are those of the decisions."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from consultations.remarks import actions as consultations
from core.web.pages import forget_pages
from discussions import actions as discussion
from moderation.contests import actions as contests
from moderation.queue import actions
from moderation.statistics import queries
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = reverse("moderation:statistics")


@pytest.fixture
def decided(department, olena, mo, admin, clock):
    """In June two left up after 1 and 3 hours, one hidden after 2; in July one hidden, contested
    and overturned."""
    forget_pages()
    clock.set(datetime(2027, 6, 10, 9, tzinfo=UTC))
    opened = factories.consultation(department)

    def say(text):
        return consultations.remark(opened, by=olena, text=text).comment

    said = [say(f"Слово {number}") for number in range(4)]
    clock.advance(hours=1)
    actions.leave_up(said[0], by=mo)
    clock.advance(hours=1)
    actions.hide(said[1], by=mo, reason="spam", note="Порушує правила")
    clock.advance(hours=1)
    actions.leave_up(said[2], by=mo)
    clock.set(datetime(2027, 6, 30, 21, 30, tzinfo=UTC))  # July already in Kyiv
    actions.hide(said[3], by=mo, reason="off_topic", note="Порушує правила")
    contest = contests.make(said[3], by=olena, words="Ні")
    contests.decide(contest, by=admin, is_upheld=False, reason="По суті")
    return said


def test_by_rule_and_month(decided):
    found = queries.statistics()
    assert found.total.decisions == 4
    assert (found.total.contested, found.total.overturned) == (1, 1)
    assert {line.rule: line.decisions for line in found.by_rule} == {
        "": 2,
        "spam": 1,
        "off_topic": 1,
    }
    july, june = found.by_month
    assert (july.month.month, july.decisions, july.overturned) == (7, 1, 1)
    assert (june.month.month, june.decisions, june.contested) == (6, 3, 0)
    assert abs(june.median - timedelta(hours=2)) < timedelta(seconds=2)
    assert abs(june.p95 - timedelta(hours=2, minutes=54)) < timedelta(seconds=2)


def test_anybody_reads_the_page_and_nobodys_name_is_on_it(
    client, decided, olena, mo, django_assert_max_num_queries
):
    page = client.get(PAGE)
    assert page.status_code == 200
    assert olena.public_name not in page.text
    assert mo.public_name not in page.text
    client.get(PAGE)
    with django_assert_max_num_queries(1):  # kept, and asked whether it still holds
        client.get(PAGE)
    before = page.text
    discussion.hide(decided[0], by=mo, reason="profanity", note="Порушує правила")
    assert client.get(PAGE).text != before


def test_the_file(client, decided):
    answer = client.get(reverse("moderation:statistics_csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["month"], row["rule"], row["decisions"]) for row in rows] == [
        ("2027-07", "off_topic", "1"),
        ("2027-06", "", "2"),
        ("2027-06", "spam", "1"),
    ]
    assert rows[0]["overturned"] == "1"
    assert abs(int(rows[2]["median_seconds"]) - 7200) < 2


def test_before_any_decision(client, db):
    forget_pages()
    assert client.get(PAGE).status_code == 200
