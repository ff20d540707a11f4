"""A hall is asked at once: opened at the desk, shown, answered from a phone, over by itself."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.plugins.city import PHONE, SCREEN, City
from tests.servers import start_live
from tests.votes import factories
from votes.ballots import actions
from votes.life import actions as life_actions
from votes.models import Poll

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

#: A second for the sample and another one for the bars, with room for a busy machine.
SOON = 5_000


def test_a_quick_poll_in_a_hall(city: City, clock, ofi, bohdan, olena, department):
    desk = city.window(ofi, "/desk/polls/quick/")
    expect(desk.get_by_label("Питання")).to_be_focused()
    desk.keyboard.type("Оголошуємо перерву на обід?")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/hall/")
    poll = Poll.objects.get()
    expect(desk.locator("svg.qr")).to_be_visible()
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Відкрити екран для зали").click()
    opened.value.close()

    screen = city.window(None, f"/polls/{poll.pk}/display/", viewport=SCREEN)
    expect(screen.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Оголошуємо перерву на обід?")
    turnout = screen.locator("[data-count=turnout]")
    expect(turnout).to_have_text("0")
    countdown = screen.locator("[data-countdown] b")
    assert countdown.inner_text()[:2] in ("2:", "3:")
    screen.evaluate("window.notReloaded = true")

    phone = city.window(bohdan, f"/polls/{poll.pk}/vote/", viewport=PHONE)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    yes = phone.get_by_label("так", exact=True)
    box = phone.locator(".govuk-radios__item input").first.bounding_box()
    assert box and box["height"] >= 44
    yes.check()
    phone.get_by_role("button", name="Віддати голос").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("прийнято")

    expect(turnout).to_have_text("1", timeout=SOON)
    bar = screen.locator(".display-bar", has_text="так").locator("progress")
    expect(bar).to_have_js_property("value", 100, timeout=SOON)
    expect(desk.locator("[data-count=turnout]")).to_have_text("1", timeout=SOON)

    # The countdown is over: the hall sees the result, and nobody had to do anything.
    clock.advance(minutes=3)
    won = screen.locator(".display-bar--won")
    expect(won).to_contain_text("так", timeout=5_000)
    expect(screen.locator(".status")).to_have_text("оприлюднено результати")
    assert screen.evaluate("window.notReloaded")
    phone.goto(f"{city.web.url}/polls/{poll.pk}/results/")
    expect(phone.locator("#poll-results")).to_contain_text("так")


def test_the_desk_closes_it_and_everybody_sees_the_result(
    city: City, ofi, bohdan, olena, department
):
    asked = [factories.YES_NO]
    poll = factories.poll(ofi, department, questions=asked, is_quick=True, results_while_open=True)
    actions.cast(poll, by=olena, choices={str(factories.first_question(poll).pk): "yes"})
    windows = {
        "screen": city.window(None, f"/polls/{poll.pk}/display/", viewport=SCREEN),
        "phone": city.window(olena, f"/polls/{poll.pk}/", viewport=PHONE),
        "desk": city.window(ofi, f"/desk/polls/{poll.pk}/hall/"),
    }
    ballot = city.window(bohdan, f"/polls/{poll.pk}/vote/", viewport=PHONE)
    ballot.get_by_label("так", exact=True).check()
    for window in (windows["screen"], windows["phone"]):
        expect(window.locator("[data-live-status]")).to_have_attribute("data-state", "live")
        window.evaluate("window.notReloaded = true")
    windows["desk"].get_by_role("button", name="Закрити зараз").click()
    for window in windows.values():
        expect(window.locator(".status").first).to_have_text("оприлюднено результати", timeout=SOON)
    expect(windows["screen"].locator(".display-bar--won")).to_contain_text("так")
    expect(windows["phone"].get_by_text("закрито раніше")).to_be_visible()
    for window in (windows["screen"], windows["phone"]):
        assert window.evaluate("window.notReloaded")
    # Whoever was still thinking learns that it is over, and keeps what she had marked.
    expect(ballot.get_by_role("button", name="Віддати голос")).to_have_count(0, timeout=SOON)
    expect(ballot.locator("#ballot-sending")).to_contain_text("Голосів більше не приймають")
    expect(ballot.get_by_label("так", exact=True)).to_be_checked()


def test_the_screen_says_that_it_is_stale_and_recovers(city: City, ofi, olena, department):
    poll = factories.poll(ofi, department, results_while_open=True)
    screen = city.window(None, f"/polls/{poll.pk}/display/", viewport=SCREEN)
    status = screen.locator("[data-live-status]")
    expect(status).to_have_attribute("data-state", "live")
    city.live.kill()
    expect(status).to_have_attribute("data-state", "lost", timeout=5_000)
    expect(status).to_contain_text("останнє оновлення")
    actions.cast(poll, by=olena, choices=factories.choose(poll))
    city.opened.enter_context(start_live(port=city.live.port))
    expect(status).to_have_attribute("data-state", "live")
    expect(screen.locator("[data-count=turnout]")).to_have_text("1")
    bar = screen.locator(".display-bar", has_text="Парк").locator("progress")
    expect(bar).to_have_js_property("value", 100)


def test_what_was_told_is_not_taken_back_by_an_answer_from_before(
    city: City, ofi, olena, department
):
    """The screen fetches its board once after opening; the answer may be slow, and older than what
    the socket has said meanwhile."""
    poll = factories.poll(ofi, department, results_while_open=True)
    screen = city.window(None, f"/polls/{poll.pk}/display/", viewport=SCREEN)
    screen.evaluate(HOLD_ANSWERS)
    expect(screen.locator("html[data-answered]")).to_have_count(1)
    actions.cast(poll, by=olena, choices=factories.choose(poll))
    turnout = screen.locator("[data-count=turnout]")
    bar = screen.locator(".display-bar", has_text="Парк").locator("progress")
    expect(turnout).to_have_text("1", timeout=SOON)
    expect(bar).to_have_js_property("value", 100, timeout=SOON)
    screen.evaluate("window.release()")
    expect(screen.locator("html[data-put-in]")).to_have_count(1)
    assert turnout.inner_text() == "1"
    expect(bar).to_have_js_property("value", 100, timeout=SOON)


def test_figures_count_more_than_what_is_drawn_beside_them(city: City, ofi, department):
    """The first vote opens a poll: that is drawn while the vote is being written, and counted after
    it. What is drawn replaces what stood there, also where it holds a countdown."""
    poll = factories.poll(ofi, department)
    page = city.window()
    links: list[WebSocketRoute] = []

    def through(link: WebSocketRoute) -> None:
        link.connect_to_server()
        links.append(link)

    page.route_web_socket(re.compile("/live/"), through)
    page.goto(f"{city.web.url}/polls/{poll.pk}/")
    expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    later = poll.closes_at + timedelta(days=1)
    life_actions.extend(poll, by=ofi, closes_at=later, reason="Буря, люди без світла")
    expect(page.locator("#poll-standing").get_by_text("Буря")).to_have_count(1)
    expect(page.locator("h1")).to_have_count(1)
    drawn = page.locator("#poll-standing").evaluate("place => place.outerHTML")
    seq = int(page.locator("#poll-standing").get_attribute("data-seq") or 0)
    changes = [{"target": "poll-standing", "swap": "replace", "html": drawn}]
    frame = {"t": poll.topic, "seq": seq + 1, "after": seq, "html": changes}
    links[0].send(json.dumps(frame | {"counts": {"turnout": 7}}))
    expect(page.locator("[data-count=turnout]")).to_have_text("7")


#: What the page fetches is answered at once, and reaches it when the test says so.
HOLD_ANSWERS = """() => {
  const held = new Promise((done) => { window.release = done; });
  const real = window.fetch;
  window.fetch = async (...wish) => {
    const answer = await real(...wish);
    document.documentElement.dataset.answered = "";
    await held;
    return answer;
  };
  document.addEventListener("live:fetched", () => { document.documentElement.dataset.putIn = ""; });
}"""


def test_the_seconds_go_by_evenly_without_a_link(city: City, clock, ofi, department):
    """Counted by the server's clock, as it was told: the link is not needed any more."""
    poll = factories.poll(ofi, department, is_quick=True)
    clock.set(poll.closes_at - timedelta(minutes=5))
    screen = city.window(None, f"/polls/{poll.pk}/display/", viewport=SCREEN)
    countdown = screen.locator("[data-countdown] b")
    expect(countdown).to_have_text(re.compile(r"^(5:00|4:5\d)$"))
    city.live.kill()
    seen = screen.evaluate(COUNT_DOWN)
    assert len(seen) >= 4
    assert [a - b for a, b in pairwise(seen)] == [1] * (len(seen) - 1)


#: The seconds that the countdown shows, as they change, for four seconds.
COUNT_DOWN = """async () => {
  const place = document.querySelector("[data-countdown] b");
  const seconds = () => {
    const [minutes, rest] = place.textContent.split(":");
    return Number(minutes) * 60 + Number(rest);
  };
  const seen = [seconds()];
  const end = performance.now() + 4000;
  while (performance.now() < end) {
    await new Promise(requestAnimationFrame);
    if (seconds() !== seen.at(-1)) seen.push(seconds());
  }
  return seen;
}"""


def test_a_screen_without_a_script_says_until_when(city: City, ofi, department):
    poll = factories.poll(ofi, department)
    screen = city.window(
        None, f"/polls/{poll.pk}/display/", viewport=SCREEN, java_script_enabled=False
    )
    expect(screen.locator(".display-poll__state time")).to_be_visible()
    expect(screen.locator("[data-countdown]")).to_be_hidden()
    expect(screen.locator("svg.qr")).to_be_visible()
