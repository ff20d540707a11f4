"""A draft that was read is read again without a connection; a sign-out leaves nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from consultations.remarks import actions
from tests.plugins.city import PHONE, City

SAID = "Хай спершу полагодять сходи"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

_KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    kept[name.split("-")[1]] = (await cache.keys()).map((request) => new URL(request.url).pathname);
  }
  return kept;
}"""


def _until(condition: str) -> str:
    """A script that waits ten seconds at most for what a condition awaits."""
    return f"""async (path) => {{
      for (let time = 0; time < 200; time += 1) {{
        if ({condition}) return true;
        await new Promise((done) => setTimeout(done, 50));
      }}
      return false;
    }}"""


_KEEPS = _until("await caches.match(path)")
_IS_EMPTY = _until("(await caches.keys()).length === 0")
_IS_GONE = _until("!(await caches.match(path))")
_KEEP_FORMER = """async (path) => {
  const [name] = (await caches.keys()).filter((one) => one.startsWith("viche-texts-"));
  await (await caches.open(name)).put(path, new Response("<p>Withdrawn</p>"));
}"""
#: The browser is subscribed to push; no service is asked.
_SUBSCRIBED = """() => {
  const subscription = { unsubscribe: async () => { self.hasUnsubscribed = true; } };
  self.registration.pushManager.getSubscription = async () => subscription;
}"""


def kept(page: Page) -> dict[str, list[str]]:
    return page.evaluate(_KEPT)


@pytest.mark.cpu(16)
def test_read_in_a_tunnel_and_signed_out(city: City, olena: Any, consultation: Any):
    actions.remark(consultation, by=olena, text=SAID)
    path = f"/consultations/{consultation.pk}/"
    page = city.window(olena, path, viewport=PHONE, service_workers="allow")
    assert page.evaluate(_KEEPS, f"{path}text/")
    # The shell and the draft's text: no page that somebody was shown.
    assert kept(page)["texts"] == [f"{path}text/"]
    assert [
        each for each in kept(page)["shell"] if not each.startswith(("/static/", "/city/"))
    ] == ["/offline/"]
    page.goto(f"{city.web.url}/account/me/")

    page.context.set_offline(True)
    page.goto(f"{city.web.url}{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text(consultation.title)
    expect(page.locator(".clause").first).to_be_visible()
    assert SAID not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{city.web.url}/account/me/")
    expect(page.get_by_role("heading", level=1).first).to_have_text("Немає зв’язку")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    title = page.get_by_role("link", name=consultation.title)
    assert title.get_attribute("lang") == "uk"
    title.click()
    expect(page.locator(".clause").first).to_be_visible()

    page.context.set_offline(False)
    page.goto(f"{city.web.url}/account/me/")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Немає зв’язку")
    assert set(kept(page)) == {"shell", "texts"}, "what was shown is not kept"
    # What is there no more is not kept either.
    page.evaluate(_KEEP_FORMER, "/consultations/999999/text/")
    page.goto(f"{city.web.url}/consultations/999999/")
    assert page.evaluate(_IS_GONE, "/consultations/999999/text/")

    (worker,) = page.context.service_workers
    worker.evaluate(_SUBSCRIBED)
    page.goto(f"{city.web.url}/account/logout/")
    page.get_by_role("button", name="Вийти").click()
    page.wait_for_url(city.web.url + "/")
    assert page.evaluate(_IS_EMPTY)
    assert worker.evaluate("self.hasUnsubscribed"), "nor is anything told here"
    page.goto(f"{city.web.url}{path}")
    page.wait_for_load_state("networkidle")
    assert kept(page) == {}, "nothing is kept in this window until somebody signs in"
    assert city.complaints == []
