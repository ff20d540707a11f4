"""js/live.js in a real browser: what it puts in, what it leaves alone, what it admits."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from consultations.remarks import actions
from core.domain.actions import action
from core.domain.topics import raise_topic
from discussions import actions as discussion
from discussions.models import Comment
from tests.plugins.city import second_of
from tests.realtime.conftest import say
from tests.servers import Server, start_daphne, start_live, start_web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked, pytest.mark.cpu(10)]


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context(viewport={"width": 1000, "height": 700}, service_workers="block")
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on(
        "console",
        lambda said: page.errors.append(said.text) if "Content Security" in said.text else None,
    )
    yield page
    context.close()
    assert not page.errors


def visit(page: Page, server: Server, consultation, path: str = "", query: str = "") -> None:
    page.goto(f"{server.url}/consultations/{consultation.pk}/{path}{query}")
    expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")


def test_new_remark_comes_in_without_a_reload(page, daphne, consultation, olena):
    visit(page, daphne, consultation)
    remark = say(consultation, olena, "Двір затоплює.")
    expect(page.locator(f"#remarks > #remark-{remark.pk}")).to_contain_text(
        "Двір затоплює", timeout=second_of(page)
    )
    expect(page.locator("[data-count=remarks]").first).to_have_text("1")


def test_newest_stands_first_and_each_once(page, daphne, consultation, olena):
    made = [say(consultation, olena, f"Перед {number}") for number in range(3)]
    visit(page, daphne, consultation)
    made += [say(consultation, olena, f"Потім {number}") for number in range(3)]
    expect(page.locator("#remarks > li")).to_have_count(6)
    shown = page.eval_on_selector_all("#remarks > li", "all => all.map(one => one.id)")
    assert shown == [f"remark-{remark.pk}" for remark in reversed(made)]


def test_list_takes_only_what_it_filters(page, daphne, consultation, olena):
    visit(page, daphne, consultation, query="?kind=question")
    say(consultation, olena, "Просто зауваження")
    question = say(consultation, olena, "А чому?", kind="question")
    expect(page.locator(f"#remark-{question.pk}")).to_be_visible()
    expect(page.locator("#remarks > li")).to_have_count(1)
    expect(page.locator("[data-count=remarks]").first).to_have_text("2")


def test_hidden_words_vanish_at_once(page, daphne, consultation, olena, mo):
    remark = say(consultation, olena, "Погані слова.")
    visit(page, daphne, consultation)
    here = page.locator(f"#remark-{remark.pk}")
    expect(here).to_contain_text("Погані слова")
    here.locator("a").first.focus()
    discussion.hide(remark.comment, by=mo, reason="profanity", note="Порушує правила")
    expect(page.locator("body")).not_to_contain_text(
        "Погані слова", timeout=second_of(page, seconds=2)
    )
    expect(here).not_to_contain_text(olena.public_name)
    discussion.restore(remark.comment, by=mo)
    expect(here).to_contain_text("Погані слова", timeout=second_of(page, seconds=2))


def test_remarks_open_under_their_clause_and_stay_true(page, daphne, consultation, olena, mo):
    """The copies there are as live as the list is, and the list is none the worse for them."""
    clause = consultation.draft.versions.get().clauses.get(number="2")
    first = say(consultation, olena, "Запізно для дітей.", clause_id=clause.pk)
    say(consultation, olena, "Про весь проєкт.")
    visit(page, daphne, consultation)
    page.set_viewport_size({"width": 360, "height": 740})
    count = page.locator(f"#c-{clause.short_key} .clause__count")
    expect(count).to_have_attribute("aria-expanded", "false")
    count.focus()
    page.keyboard.press("Enter")
    here = page.locator(f"#c-{clause.short_key} .clause-remarks li")
    expect(here).to_have_text([re.compile("Запізно для дітей")])
    expect(count).to_be_focused()
    assert page.url.endswith(f"/consultations/{consultation.pk}/")

    second = say(consultation, olena, "А взимку?", clause_id=clause.pk)
    expect(here).to_have_text(
        [re.compile("А взимку"), re.compile("Запізно")], timeout=second_of(page, seconds=2)
    )
    discussion.hide(first.comment, by=mo, reason="spam", note="Порушує правила")
    expect(page.locator("body")).not_to_contain_text(
        "Запізно для дітей", timeout=second_of(page, seconds=2)
    )
    expect(page.locator(f"#remarks > #remark-{second.pk}")).to_have_count(1)

    # What was missed is fetched there, too.
    Comment.objects.filter(pk=second.pk).update(html="<p>А навесні?</p>")
    with action():
        raise_topic(consultation.topic, "*")
    expect(here.first).to_contain_text("А навесні?", timeout=5000)
    page.locator("[data-clause-close]").click()
    expect(here).to_have_count(0)
    expect(count).to_be_focused()


def test_support_counts_move(page, daphne, consultation, olena, bohdan):
    remark = say(consultation, olena)
    visit(page, daphne, consultation)
    actions.react(remark, by=bohdan, value=1)
    expect(page.locator(f"[data-agrees='{remark.pk}']")).to_have_text("1", timeout=2500)


def test_typing_selection_and_place_stay(page, daphne, consultation, olena):
    for number in range(15):
        say(consultation, olena, f"Зауваження {number}. " * 20)
    visit(page, daphne, consultation)
    page.evaluate(
        """() => {
            const field = document.createElement("textarea");
            field.id = "mine";
            field.dataset.liveKeep = "";
            document.querySelectorAll("#remarks > li")[7].append(field);
            field.scrollIntoView({ block: "center" });
            field.focus();
        }"""
    )
    page.keyboard.type("Моя думка ")
    field = "document.getElementById('mine')"
    before = page.evaluate(f"{field}.getBoundingClientRect().top")
    say(consultation, olena, "Нове, над усіма. " * 30)
    remark = say(consultation, olena, "Ще новіше. " * 30)
    expect(page.locator(f"#remark-{remark.pk}")).to_be_attached()
    page.keyboard.type("така")
    assert page.evaluate(f"document.activeElement === {field}")
    assert page.evaluate(f"{field}.value") == "Моя думка така"
    assert abs(page.evaluate(f"{field}.getBoundingClientRect().top") - before) < 2

    # Its own remark changes, and the whole region is fetched again: the field is still hers.
    with page.expect_response(lambda answer: "/remarks/" in answer.url), action():
        raise_topic(consultation.topic, "*")
    page.wait_for_function("document.getElementById('remarks-region').dataset.seq >= 18")
    assert page.evaluate(f"{field}.value") == "Моя думка така"
    assert page.evaluate(f"document.activeElement === {field}")
    assert abs(page.evaluate(f"{field}.getBoundingClientRect().top") - before) < 2


def test_what_is_read_stays_in_its_place(page, daphne, consultation, olena):
    made = [say(consultation, olena, f"Зауваження {number}. " * 20) for number in range(15)]
    visit(page, daphne, consultation)
    read = page.locator(f"#remark-{made[5].pk}")
    read.evaluate("one => one.scrollIntoView({ block: 'center' })")
    before = read.bounding_box()["y"]
    remark = say(consultation, olena, "Нове. " * 40)
    expect(page.locator(f"#remark-{remark.pk}")).to_be_attached()
    assert abs(read.bounding_box()["y"] - before) < 2


def test_page_that_missed_something_fetches_its_region_once(page, daphne, consultation, olena):
    say(consultation, olena, "Перше")
    visit(page, daphne, consultation)
    fetched = []
    page.on("request", lambda asked: fetched.append(asked.url) if "/remarks/" in asked.url else 0)
    with action():
        raise_topic(consultation.topic, "*")
        Comment.objects.update(html="<p>Змінено інакше</p>")
    expect(page.locator("#remarks")).to_contain_text("Змінено інакше", timeout=3000)
    page.wait_for_timeout(2500)
    assert len(fetched) == 1


@pytest.mark.with_all
@pytest.mark.cpu(14)
def test_server_killed_between_two_remarks(page, transactional_db, consultation, olena):
    """Page and display recover alone and show exactly what the database holds."""
    with start_daphne() as first:
        visit(page, first, consultation)
        display = page.context.new_page()
        visit(display, first, consultation, "display/")
        before = say(consultation, olena, "Перед вимкненням")
        expect(page.locator(f"#remark-{before.pk}")).to_be_visible()
        first.kill()
        during = say(consultation, olena, "Під час вимкнення")
        # The display says so within five seconds.
        expect(display.locator("[data-live-status]")).to_have_attribute(
            "data-state", "lost", timeout=5500
        )
    with start_daphne(port=first.port):
        for one in (page, display):
            expect(one.locator("body")).to_contain_text("Під час вимкнення", timeout=20_000)
            expect(one.locator("[data-live-status]")).to_have_attribute("data-state", "live")
        shown = page.eval_on_selector_all("#remarks > li", "all => all.map(one => one.id)")
        assert shown == [f"remark-{during.pk}", f"remark-{before.pk}"]
        after = say(consultation, olena, "Потім")
        expect(page.locator(f"#remark-{after.pk}")).to_be_visible()
        expect(display.locator("#board")).to_contain_text("Потім")


@pytest.mark.with_all
@pytest.mark.cpu(11)
def test_sockets_of_another_server(page, transactional_db, consultation, olena):
    """Pages from granian, sockets from uvicorn, two ports and no proxy."""
    with start_live() as live, start_web(live=live) as web:
        visit(page, web, consultation)
        remark = say(consultation, olena, "Через два процеси")
        expect(page.locator(f"#remark-{remark.pk}")).to_be_visible(
            timeout=second_of(page, seconds=2)
        )


def test_page_that_cannot_fetch_says_so(page, daphne, consultation, olena):
    """The socket lives and tells that something changed, but the page's address does not answer."""
    visit(page, daphne, consultation)
    status = page.locator("[data-live-status]")
    page.route("**/remarks/**", lambda asked: asked.fulfill(status=503))
    with action():
        raise_topic(consultation.topic, "*")
    expect(status).to_have_attribute("data-state", "lost")
    page.unroute("**/remarks/**")
    expect(status).to_have_attribute("data-state", "live", timeout=20_000)


@pytest.mark.long
def test_page_polls_while_its_link_is_lost(page, transactional_db, consultation, olena):
    """With the socket server away the page still follows, and says that it is not live."""
    with start_live() as live, start_web(live=live) as web:
        visit(page, web, consultation, "display/")
        live.kill()
        say(consultation, olena, "Поки зв’язку немає")
        status = page.locator("[data-live-status]")
        expect(status).to_have_attribute("data-state", "lost", timeout=5500)
        expect(status).to_contain_text(re.compile(r"\d\d:\d\d"))
        expect(page.locator("#board")).to_contain_text("Поки зв’язку немає", timeout=20_000)
        expect(status).to_have_attribute("data-state", "lost")


def test_display_follows_and_forgets(page, daphne, consultation, olena, mo):
    visit(page, daphne, consultation, "display/")
    remark = say(consultation, olena, "На весь зал")
    expect(page.locator("#board")).to_contain_text("На весь зал", timeout=second_of(page))
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    expect(page.locator("#board")).not_to_contain_text(
        "На весь зал", timeout=second_of(page, seconds=2)
    )
