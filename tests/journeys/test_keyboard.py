"""The main job by keyboard alone, with the focus always to be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from consultations.models import Remark
from discussions.models import Comment
from tests.factories import PASSWORD
from tests.plugins.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _django_db_helper() -> None:
    """In place of pytest-django's: the town of `walk` lasts as long as this file."""


#: What has the focus; whether it looks otherwise than without it (a radio or a checkbox shows it on
#: its label); whether it is on the screen.
FOCUS = """() => {
  const node = document.activeElement;
  const look = () => {
    const own = getComputedStyle(node);
    const mark = node.nextElementSibling && getComputedStyle(node.nextElementSibling, "::before");
    const outline = own.outlineStyle === "none" ? "none" : own.outlineWidth;
    return [outline, own.boxShadow, own.backgroundColor, own.borderColor, mark?.boxShadow].join();
  };
  const box = node.getBoundingClientRect();
  const focused = look();
  node.blur();
  const plain = look();
  node.focus({ preventScroll: true });
  return {
    what: `${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 40)}`,
    seen: focused !== plain,
    onScreen: box.bottom > 0 && box.top < innerHeight,
  };
}"""


FOLLOWING = "**/account/notifications/follow/**"


def tab_to(page: Page, selector: str, *, most: int = 120) -> None:
    """Press Tab until the wanted thing has the focus; the focus is to be seen all the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        focus = page.evaluate(FOCUS)
        assert focus["seen"], f"the focus is not to be seen on {focus['what']}"
        assert focus["onScreen"], f"the focus is off the screen on {focus['what']}"
    raise AssertionError(f"Tab does not come to {selector}")


def test_a_remark_is_published_by_keyboard(walk: Walk, bohdan: User):
    page = walk.city.window(bohdan, walk.town.opened.get_absolute_url())
    before = Remark.objects.count()
    # Past the menus in one step.
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    expect(page.locator(".govuk-skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    # To a clause's link; the form comes into the page.
    tab_to(page, ".clause [data-remark-open]")
    page.keyboard.press("Enter")
    form = page.locator("form[data-remark-form]")
    expect(form).to_be_visible()
    # Sent empty: the summary of errors takes the focus, its link leads to the field.
    tab_to(page, "form[data-remark-form] .govuk-button")
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    tab_to(page, "[data-error-summary] a")
    page.keyboard.press("Enter")
    field = page.locator("form[data-remark-form] textarea[name=text]")
    expect(field).to_be_focused()
    page.keyboard.type("Просимо до 21:00.")
    tab_to(page, "form[data-remark-form] .govuk-button")
    page.keyboard.press("Enter")
    expect(page.locator(".notice--success")).to_contain_text("оприлюднено")
    assert Remark.objects.count() == before + 1
    assert Comment.objects.latest("pk").text == "Просимо до 21:00."
    # They follow by it, and stop: by the button of the thanks, not that of the page below.
    button = page.locator(".thanks .follow button")
    expect(button).to_have_text("Не стежити")
    expect(page.locator(".follow button")).to_have_count(2)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Стежити")
    expect(button).to_be_focused()


def test_the_focus_is_seen_on_every_control(walk: Walk, bohdan: User):
    page = walk.city.window(bohdan, "/")
    for path in ("/", walk.town.opened.get_absolute_url(), walk.town.his.get_absolute_url()):
        page.goto(walk.city.web.url + path)
        tab_to(page, ".site-footer li:last-child a", most=250)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_follow_button_takes_the_place_and_the_focus_of_its_link(
    walk: Walk, bohdan: User, width: int
):
    page = walk.city.window(bohdan, "/")
    page.set_viewport_size({"width": width, "height": 800})
    asked: list[Route] = []
    page.route(FOLLOWING, lambda route: asked.append(route))
    with page.expect_request(FOLLOWING):
        page.goto(walk.city.web.url + walk.town.opened.get_absolute_url())
        page.locator(".follow a").focus()
    before = page.locator(".follow").bounding_box()
    asked.pop().continue_()
    expect(page.locator(".follow button")).to_be_focused()
    assert page.locator(".follow").bounding_box() == before
    page.unroute(FOLLOWING)


def test_the_queue_is_worked_by_keys(walk: Walk, mo: User):
    page = walk.city.window(mo, "/desk/moderation/?list=newest")
    items = page.locator("[data-queue-item]")
    page.keyboard.press("j")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(items.nth(0)).to_be_focused()
    assert page.evaluate(FOCUS)["seen"]
    # h opens the hiding; its first reason has the focus; Escape goes back to the item.
    hiding = items.nth(0).locator("details[data-hide]")
    page.keyboard.press("h")
    expect(hiding).to_have_attribute("open", "")
    expect(hiding.locator("input[type=radio]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("h")
    page.keyboard.press("Space")
    first = int((items.nth(0).get_attribute("id") or "").removeprefix("comment-"))
    tab_to(page, "details[data-hide] [name$=note]")
    page.keyboard.type("Реклама")
    tab_to(page, "details[data-hide] button")
    page.keyboard.press("Enter")
    expect(page.locator("#queue .notice--success")).to_be_visible()
    hidden = Comment.objects.get(pk=first)
    assert hidden.hidden_at is not None
    # The next one takes its place, and the focus.
    expect(items.nth(0)).not_to_have_id(f"comment-{first}")
    expect(items.nth(0)).to_be_focused()


def test_reports_are_settled_by_keys(walk: Walk, mo: User):
    page = walk.city.window(mo, "/desk/moderation/")
    reported = walk.town.his.comment
    page.keyboard.press("j")
    expect(page.locator(f"#comment-{reported.pk}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#queue .notice--success")).to_be_visible()
    reported.refresh_from_db()
    assert reported.hidden_at is None
    assert not reported.flags.filter(settled_at=None).exists()


def test_signing_in_by_keyboard_leads_back(walk: Walk):
    back = walk.town.opened.get_absolute_url()
    page = walk.city.window(None, f"/account/login/?next={back}")
    tab_to(page, "[name=login]")
    page.keyboard.type("firm@viche.example")
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(walk.city.web.url + back)  # not the form whose ``next`` it is
