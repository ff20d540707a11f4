"""A long draft on a phone: the bar that stays, contents, folds, and where one stopped reading; and
how far down the text of one begins that is reported and decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from consultations.decisions import actions as decisions
from consultations.models import Consultation, State
from consultations.remarks import actions
from core.domain import clock
from core.domain.calendar import local_date
from drafts.models import Clause
from drafts.versions import actions as drafts
from tests import factories
from tests.journeys.touch import TOUCH
from tests.meetings.sessions import session
from tests.newsroom import factories as news
from tests.plugins.city import City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.cpu(16)]

#: 44 clauses and two annexes, each clause of two lines on a phone and more.
TEXT = "\n\n".join(
    [
        "Про правила вигулу",
        "З метою безпеки жителів міська рада вирішила:",
        *(f"{n}. Собаку вигулюють на повідку до двох метрів, не довшому." for n in range(1, 45)),
        *("Додаток 1", "до рішення міської ради", "ПРАВИЛА вигулу", "1. Повідок є обов’язковим."),
        *("Додаток 2", "до рішення міської ради", "ПЕРЕЛІК майданчиків", "1. Вулиця Рудна."),
    ]
)
#: The places that the device keeps.
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('viche.kept:reading:'))"
IS_KEPT = f"""async () => {{
  while (!{KEPT}.length) await new Promise((done) => setTimeout(done, 50));
}}"""
#: Whether an element begins below the bar, within the window.
BELOW_BAR = """(node) => {
  const bar = document.querySelector(".draft-bar").getBoundingClientRect().bottom;
  const top = node.getBoundingClientRect().top;
  return top >= bar - 1 && top < innerHeight;
}"""
#: Pixels of a phone's page above the first clause: less than two screens.
MOST_ABOVE = 1400


@pytest.fixture
def long(transactional_db: None, department: Any, olena: Any) -> Consultation:
    made = factories.consultation(department, text=TEXT)
    clause = Clause.objects.get(version__draft=made.draft_id, label="п. 40")
    actions.remark(made, by=olena, text="Закороткий повідок", clause_id=clause.pk)
    return made


@pytest.fixture
def decided(transactional_db: None, department: Any, ofi: Any) -> Consultation:
    """All that can stand above a text: what was answered, decided, is overdue, and where it was
    considered."""
    made = factories.consultation(
        department,
        State.REPORTED,
        title="Пільгова оренда для побутових майстерень і ветеранських підприємств",
        brief="",
        summary="Чверть звичайної орендної плати за приміщення для тих, хто ремонтує взуття й "
        "техніку, стриже, пере або заснував підприємство після служби. Обговорення тривало місяць.",
        outcome="Надійшло 26 пропозицій від 26 учасників. Кожну розглянуто: враховано повністю 9, "
        "частково 2, відхилено з обґрунтуванням 2, на запитання дано відповідь. Рішення ухвалено.",
    )
    session(made)
    text = drafts.import_version(made.draft, factories.DRAFT.encode(), name="act.txt", by=ofi)
    today = local_date(clock.now())
    votes = {"votes_for": 29, "against": 3, "abstained": 2, "not_voting": 4, "members": 42}
    act = {"outcome": "adopted", "decided_on": today, "number": "415-IX", **votes}
    act["text"] = drafts.publish(text, by=ofi)
    decision = decisions.enter(made, by=ofi, fields=act)
    for days in (-4, 40):
        decisions.add_step(
            decision,
            by=ofi,
            text="Оприлюднити перелік",
            responsible="Департамент",
            due_on=today + timedelta(days=days),
        )
    news.article(title="У Шахтарському немає води", urgent_until=clock.now() + timedelta(hours=3))
    return made


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_text_of_a_decided_one_begins_within_two_screens(
    city: City, decided: Consultation, prefix: str
):
    page = city.window(None, prefix + decided.get_absolute_url(), **TOUCH)
    for part in ("#outcome", "#decision-heading", ".late", "#considered", ".outcome .fold-short"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".urgent").first).to_be_visible()
    top = page.locator(".clause--clause").first.bounding_box()["y"]
    print(f"{prefix or 'uk'}: {top:.0f} px")
    assert top <= MOST_ABOVE < 2 * page.viewport_size["height"]


def test_the_bar_leads_everywhere_and_covers_nothing(city: City, long: Consultation):
    page = city.window(None, long.get_absolute_url(), **TOUCH)
    clause = page.locator(".clause--clause").first
    assert clause.bounding_box()["y"] < 2 * page.viewport_size["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]

    ways = page.get_by_role("navigation", name="На цій сторінці")
    ways.get_by_role("link", name="Зауваження").tap()
    heading = page.locator("#remarks-heading")
    expect(heading).to_be_in_viewport()
    assert heading.evaluate(BELOW_BAR)
    bar = page.locator(".draft-bar")
    for way in bar.locator(":scope > a:visible, summary").all():
        box = way.bounding_box()
        assert box["height"] >= 44
        assert box["y"] >= 0

    # The table of contents: a line leads to its clause and closes it.
    bar.locator("summary").tap()
    panel = page.locator(".draft-bar__panel")
    panel.get_by_role("link", name="п. 40").tap()
    wanted = page.locator(".clause:target")
    expect(wanted).to_contain_text("40.")
    expect(panel).to_be_hidden()
    assert wanted.evaluate(BELOW_BAR)

    # By keyboard, backwards, nothing that has the focus is under the bar.
    page.locator(".clause__margin a:visible").last.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        assert page.locator(":focus").evaluate(BELOW_BAR), page.locator(":focus").inner_text()


def test_a_link_into_a_fold_opens_it(city: City, long: Consultation):
    page = city.window(None, long.get_absolute_url(), **TOUCH)
    fold = page.locator("details.fold--annex").last
    assert fold.get_attribute("open") is None
    within = fold.locator(".clause").last.get_attribute("id")
    page.goto(f"{page.url}#{within}")
    page.reload()
    expect(page.locator(f"#{within}")).to_be_in_viewport()
    # So does a link of before, which named the clause by its whole key.
    key = Clause.objects.get(version__draft=long.draft_id, key__startswith=within[2:]).key
    page.goto("about:blank")
    page.goto(f"{city.web.url}{long.get_absolute_url()}#c-{key}")
    expect(page.locator(f"#{within}:target")).to_be_in_viewport()
    # An address that is none for anything breaks nothing.
    page.evaluate("location.hash = '#100%'")
    assert not city.complaints
    # And paper has all of it.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.fold:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.fold:not([open])").count() == 2


def test_where_one_stopped_is_offered_and_nothing_jumps(city: City, long: Consultation):
    address = long.get_absolute_url()
    page = city.window(None, address, **TOUCH)
    url, place = page.url, page.locator(".reading-place")
    expect(place).to_have_count(0)
    page.locator(".clause__marker", has_text="30.").scroll_into_view_if_needed()

    page.goto(url)
    expect(place).to_be_visible()
    assert page.evaluate("scrollY") == 0
    assert page.evaluate(KEPT) == [f"viche.kept:reading:{address}"]
    page.get_by_role("link", name="Читати далі").tap()
    expect(place).to_have_count(0)
    expect(page.locator(".clause:target")).to_be_in_viewport()

    page.goto(url)
    page.get_by_role("button", name="Не зараз").tap()
    expect(place).to_have_count(0)
    expect(page.locator(".draft-bar :focus")).to_be_visible()
    # What is older than a month goes, whichever draft it is of.
    page.evaluate("localStorage.setItem('viche.kept:reading:/consultations/0/', '{\"at\": 0}')")
    page.reload()
    expect(place).to_have_count(0)
    assert page.evaluate(KEPT) == []

    # A window that shows what another one has forgotten keeps it no more.
    page.locator(".clause__marker", has_text="30.").scroll_into_view_if_needed()
    page.evaluate(IS_KEPT)
    page.evaluate("localStorage.clear()")
    page.goto(f"{city.web.url}/about/")
    assert page.evaluate(KEPT) == []


def test_whoever_reads_loads_what_forms_need_near_to_them(
    city: City, long: Consultation, olena: Any
):
    page = city.window(olena, "/about/", **TOUCH)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = f"{city.web.url}{long.get_absolute_url()}"
    page.goto(address, wait_until="networkidle")
    assert not [url for url in asked if "htmx" in url or "draft-keeper" in url]
    page.locator(".clause [data-remark-open]:visible").first.tap()
    expect(page.locator(".clause form[data-remark-form]")).to_be_visible()
    assert len([url for url in asked if "htmx" in url]) == 1

    # Where they do not come, the form is a page of its own.
    page.route("**/htmx.min*.js", lambda route: route.abort())
    page.goto(address, wait_until="networkidle")
    page.locator(".clause [data-remark-open]:visible").first.tap()
    page.wait_for_url("**/speak/?clause=*")
    city.complaints.clear()
