"""The page of results: pictures with their numbers beside them, in few queries at any size."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from core.domain import clock
from core.domain.calendar import KYIV
from core.web.pages import forget_pages
from tests.votes import factories
from tests.votes.crowd import publish, vote
from votes import pages
from votes.ballots.answers import Asked
from votes.card import card_of
from votes.counting.count import count
from votes.counting.ties import TieBreak
from votes.life import actions
from votes.models import Poll, Question, State
from votes.presenters import ShownPoll
from votes.results import result
from votes.results.chart import chart
from votes.results.flow import flow

pytestmark = pytest.mark.django_db

RUNOFF = factories.RANKED | {"method": Question.Method.RUNOFF}


def page_of(client, poll):
    return html.fromstring(client.get(f"/polls/{poll.pk}/results/").text)


def words(element):
    return " ".join(element.text_content().split())


def test_the_region_of_an_open_poll_does_not_say_that_it_is_over(client, officer, department):
    poll = factories.poll(officer, department, results_while_open=False)
    text = client.get(f"/polls/{poll.pk}/results/live/").text
    assert "ще триває" in text
    assert "Голосування завершено" not in text


def test_the_region_of_a_poll_to_come_says_that_it_has_not_begun(client, officer, department):
    poll = factories.poll(officer, department, State.SCHEDULED)
    text = client.get(f"/polls/{poll.pk}/results/live/").text
    assert "ще не почалося" in text
    assert "ще триває" not in text


@pytest.mark.parametrize("many", [False, True])
def test_ten_queries_at_any_size(
    client, officer, department, districts, ages, django_assert_max_num_queries, many
):
    poll = factories.poll(
        officer,
        department,
        questions=[*factories.ALL_KINDS, RUNOFF],
        voters=Poll.Voters.RESIDENTS,
        splits=True,
    )
    filled = factories.filled(poll)
    for district in districts:
        for age in (14, 16, 18, None) if many else (18,):
            vote(poll, 60 if many else 2, filled, district=district, age=age)
    publish(poll, officer)
    with django_assert_max_num_queries(10):
        page = client.get(f"/polls/{poll.pk}/results/")
    assert page.context["counted"]["ballots"] == (720 if many else 6)
    assert bool(page.context["splits"]) is many


def rows_of(client, poll):
    return [
        words(row.xpath("./th")[0])
        for row in page_of(client, poll).xpath("//table[contains(@class, 'bars')]/tbody/tr")
    ]


def test_options_stand_by_their_places(client, officer, department):
    """While the poll is open as when its results are published."""
    poll = factories.poll(officer, department, results_while_open=True)
    ballot = [option.text for option in poll.questions.get().options.order_by("place")]
    for number, place in ((1, 0), (3, 2), (2, 1)):
        vote(poll, number, factories.choose(poll, place))
    assert rows_of(client, poll) == list(reversed(ballot))
    publish(poll, officer)
    assert rows_of(client, poll) == list(reversed(ballot))


def test_yes_and_no_keep_their_places(client, officer, department):
    poll = factories.poll(officer, department, questions=[factories.YES_NO])
    vote(poll, 2, {str(factories.first_question(poll).pk): "no"})
    publish(poll, officer)
    assert [row.lower() for row in rows_of(client, poll)] == ["так", "ні", "утримуюся"]


# --- Turnout over time ---------------------------------------------------------------------------


def test_turnout_over_time_with_its_table(client, officer, department):
    poll = factories.poll(officer, department)
    vote(poll, 3, factories.choose(poll))
    vote(poll, 2, factories.choose(poll), after=timedelta(days=2))
    publish(poll, officer)
    page = page_of(client, poll)
    (svg,) = page.xpath("//figure[@class='chart']/*[local-name()='svg']")
    assert not svg.xpath(".//*[@style]")
    assert [words(cell) for cell in page.xpath("//figure//tbody//td")] == ["3", "3", "2", "5"]


@pytest.mark.parametrize(
    ("lasts", "step"),
    [(timedelta(minutes=3), "minute"), (timedelta(days=2), "hour"), (timedelta(days=30), "day")],
)
def test_by_minutes_hours_or_days(officer, department, lasts, step):
    poll = factories.poll(officer, department)
    Poll.objects.filter(pk=poll.pk).update(closes_at=poll.opens_at + lasts)
    poll.refresh_from_db()
    vote(poll, 2, factories.choose(poll))
    told = result.over_time(poll)
    assert told["step"] == step
    ((moment, number),) = told["rows"]
    assert number == 2
    cut = {"minute": {"second": 0}, "hour": {"minute": 0}, "day": {"hour": 0}}[step]
    local = poll.opens_at.astimezone(KYIV).replace(microsecond=0, second=0)
    if step != "minute":
        local = local.replace(minute=0)
    assert datetime.fromisoformat(moment) == local.replace(**cut)


@given(
    steps=st.dictionaries(st.integers(0, 40), st.integers(1, 10_000), min_size=1, max_size=30),
    now=st.integers(0, 60),
)
def test_the_line_rises_to_its_total_inside_the_plot(steps, now):
    first = datetime(2026, 11, 1, tzinfo=KYIV)
    rows = [[(first + timedelta(days=step)).isoformat(), steps[step]] for step in sorted(steps)]
    drawn = chart(
        {"step": "day", "rows": rows},
        opens_at=first,
        closes_at=first + timedelta(days=30),
        now=first + timedelta(days=now),
    )
    line = [tuple(map(float, point.split(","))) for point in drawn.line.split(" ")]
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in line)
    assert [x for x, _y in line] == sorted(x for x, _y in line)
    assert [y for _x, y in line] == sorted((y for _x, y in line), reverse=True)
    assert drawn.total == sum(steps.values())
    assert line[-1] == (drawn.last_x, drawn.last_y)


def test_before_the_first_vote_there_is_no_chart(client, officer, department):
    poll = factories.poll(officer, department, State.PUBLISHED)
    assert "<figure" not in client.get(f"/polls/{poll.pk}/results/").text


# --- Rounds as a flow ----------------------------------------------------------------------------


def counted(answers, rule=Poll.TieRule.LISTED):
    asked = Asked(1, Question.Kind.RANKED, (1, 2, 3, 4), Question.Method.RUNOFF)
    return count(asked, answers, TieBreak(rule)).as_json()


@given(
    st.lists(
        st.lists(st.sampled_from((1, 2, 3, 4)), min_size=1, unique=True), min_size=1, max_size=40
    )
)
def test_no_ballot_is_lost_on_the_way(answers):
    outcome = counted(answers)
    drawn = flow(outcome["rounds"], dict.fromkeys((1, 2, 3, 4), "x"), outcome["winners"], "-")
    if drawn is None:
        assert len(outcome["rounds"]) == 1
        return
    columns = {}
    for block in drawn.blocks:
        columns.setdefault(block.x, []).append(block)
    for column in columns.values():
        assert sum(block.number for block in column) == len(answers)
        ends = [0.0, *(block.y + block.height for block in column)]
        assert all(block.y >= end for block, end in zip(column, ends, strict=False))
        assert all(block.y + block.height <= drawn.height for block in column)
    assert len(columns) == len(outcome["rounds"])
    moved = [int(band.title.rpartition(" ")[2]) for band in drawn.bands]
    assert sum(moved) == len(answers) * (len(columns) - 1)
    assert {block.kind for block in columns[max(columns)]} <= {"in", "won", "exhausted"}


def test_the_flow_stands_before_its_words(client, officer, department):
    poll = factories.poll(officer, department, questions=[RUNOFF])
    question, (first, second, third) = (
        str(factories.first_question(poll).pk),
        factories.options(poll),
    )
    vote(poll, 4, {question: [first, second]})
    vote(poll, 3, {question: [second]})
    vote(poll, 2, {question: [third, second]})
    publish(poll, officer)
    page = page_of(client, poll)
    (region,) = page.xpath("//*[contains(@class, 'flow') and @role='region']")
    assert region.get("tabindex") == "0"
    assert region.get("aria-label")
    drawn = words(region)
    assert "2 · вибуває" in drawn
    assert "5 · " in drawn
    bands = [words(band) for band in region.xpath(".//*[local-name()='path']")]
    assert "Стадіон → Сквер: 2" in bands
    assert "Стадіон → Сквер: 2" in words(page.xpath("//ol[@class='rounds']")[0])


# --- Pairs and equals ----------------------------------------------------------------------------


def test_who_wins_a_pair_is_said_not_coloured_alone(client, officer, department):
    poll = factories.poll(officer, department, questions=[factories.RANKED])
    question, options = str(factories.first_question(poll).pk), factories.options(poll)
    vote(poll, 3, {question: options})
    vote(poll, 2, {question: [options[0], options[2], options[1]]})
    publish(poll, officer)
    page = page_of(client, poll)
    rows = page.xpath("//table[caption[contains(., '✓')]]/tbody/tr")
    assert [[words(cell) for cell in row.xpath("./td")] for row in rows] == [
        ["–", "5 ✓перемагає", "5 ✓перемагає"],
        ["0", "–", "3 ✓перемагає"],
        ["0", "2", "–"],
    ]


def test_where_the_rule_for_equals_decided_it_is_named(client, officer, department):
    poll = factories.poll(officer, department, tie_rule=Poll.TieRule.LOT)
    for place in (0, 1):
        vote(poll, 2, factories.choose(poll, place))
    publish(poll, officer)
    text = words(page_of(client, poll))
    assert poll.lot in text
    assert "SHA-256" in text
    other = factories.poll(officer, department, tie_rule=Poll.TieRule.LOT)
    vote(other, 2, factories.choose(other))
    vote(other, 1, factories.choose(other, 1))
    publish(other, officer)
    assert other.lot not in words(page_of(client, other))


# --- The picture of a link -----------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "results/"])
def test_links_carry_the_picture(client, officer, department, settings, page):
    poll = factories.poll(officer, department, State.PUBLISHED)
    read = html.fromstring(client.get(f"/en/polls/{poll.pk}/{page}").content)
    tags = {tag.get("property"): tag.get("content") for tag in read.xpath("//meta[@property]")}
    assert poll.title in tags["og:title"]
    assert tags["og:url"] == f"{settings.SITE_URL}/en/polls/{poll.pk}/{page}"
    assert tags["og:image"] == f"{settings.SITE_URL}/en/polls/{poll.pk}/card.png"
    answer = client.get(tags["og:image"])
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


@pytest.mark.parametrize("state", [State.SCHEDULED, State.OPEN, State.CLOSED, State.CANCELLED])
@pytest.mark.parametrize("secrecy", [Poll.Secrecy.SECRET, Poll.Secrecy.NAMELESS])
def test_the_picture_tells_no_number_but_the_turnout(officer, department, state, secrecy):
    poll = factories.poll(officer, department, state, secrecy=secrecy)
    if secrecy == Poll.Secrecy.NAMELESS and state == State.OPEN:
        vote(poll, 7, factories.choose(poll))
    shown = ShownPoll.of(pages.for_page(Poll.objects.filter(pk=poll.pk)).get())
    card = card_of(shown, pages.turnout(shown.poll))
    expected = "7" if secrecy == Poll.Secrecy.NAMELESS and state == State.OPEN else "0"
    assert card.number == ("" if state in (State.SCHEDULED, State.CANCELLED) else expected)
    assert not any(option["text"] in str(card) for option in factories.OPTIONS)


def test_the_picture_and_the_feed_say_24_00_as_the_page_does(client, officer, department):
    closes = datetime(2030, 5, 20, tzinfo=KYIV)
    poll = factories.poll(officer, department, State.OPEN, closes_at=closes)
    shown = ShownPoll.of(pages.for_page(Poll.objects.filter(pk=poll.pk)).get())
    until = "19\xa0травня 2030, 24:00"
    assert card_of(shown, 0).line.endswith(until)
    assert until in client.get("/polls/feed.atom").text
    assert until in client.get(f"/polls/{poll.pk}/").text


def test_a_draft_has_no_picture(client, officer, department):
    poll = factories.poll(officer, department, State.DRAFT)
    client.force_login(officer)
    assert client.get(f"/polls/{poll.pk}/card.png").status_code == 404


# --- Where it stands -----------------------------------------------------------------------------


def test_each_state_says_what_comes_next(client, officer, department):
    said = {}
    for state in (State.SCHEDULED, State.OPEN, State.CLOSED, State.CANCELLED, State.PUBLISHED):
        poll = factories.poll(officer, department, state)
        said[state] = words(html.fromstring(client.get(f"/polls/{poll.pk}/").text))
    assert "Голосування ще не почалося" in said[State.SCHEDULED]
    assert "лише, скільки людей проголосували" in said[State.OPEN]
    assert "голоси рахують" in said[State.CLOSED]
    assert department.name in said[State.CLOSED]
    secret = factories.poll(officer, department, State.CLOSED, secrecy=Poll.Secrecy.SECRET)
    closed = client.get(f"/polls/{secret.pk}/").text
    assert "кодами всіх бюлетенів" in closed
    assert "Паперові" not in closed
    assert "Питання вже вирішено." in said[State.CANCELLED]
    assert "не рахують" in said[State.CANCELLED]
    assert "Результати" in said[State.PUBLISHED]


def test_an_extension_leaves_its_trace(client, officer, department):
    poll = factories.poll(officer, department)
    was = poll.closes_at
    later = clock.now() + timedelta(days=20)
    actions.extend(poll, by=officer, closes_at=later, reason="Багато хто у відпустці.")
    forget_pages()
    text = client.get(f"/polls/{poll.pk}/").text
    assert "Багато хто у відпустці." in text
    for moment in (was, later):
        assert moment.astimezone(KYIV).isoformat(timespec="seconds") in text
