"""A link on a slow connection: the page says that the next one is under way."""

from __future__ import annotations

from playwright.sync_api import Route

from tests.core.behaviours.site import Site

#: Keeps the words of what said that it is busy while the line ran.
WATCH = """() => {
  window.said = [];
  new MutationObserver(() => {
    const busy = document.querySelector("[data-opening] [aria-busy=true]");
    if (busy) said.push(busy.textContent);
  }).observe(document, { attributeFilter: ["data-opening"], subtree: true });
}"""


def test_a_page_that_is_long_in_coming_is_said_to_come(site: Site):
    page = site.open(
        '<script type="module" id="app-js" src="/static/js/app.js"></script>'
        '<p><a href="/far/">Far</a> <a href="#here">Here</a></p><p id="here">Here it is.</p>'
    )
    page.clock.install()
    page.evaluate(WATCH)
    page.get_by_role("link", name="Here").click()
    page.clock.run_for(1000)
    assert page.evaluate("said") == []

    def answer_late(route: Route) -> None:
        route.fulfill(status=204)  # nothing comes of it: the person stays

    page.route("**/far/", answer_late)
    page.get_by_role("link", name="Far").click()
    page.clock.run_for(1000)
    assert page.evaluate("said") == ["Far"]
    page.clock.run_for(20_000)
    assert page.locator("[data-opening], [aria-busy]").count() == 0
    page.unroute("**/far/")
    site.pages["/far/"] = "<p>Far away.</p>"
    page.get_by_role("link", name="Far").click()
    page.wait_for_selector("text=Far away.")
    page.go_back()
    assert page.locator("[data-opening], [aria-busy]").count() == 0
