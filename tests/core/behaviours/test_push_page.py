"""The page of browsers that are told: what it sends of this one."""

from __future__ import annotations

import pytest

PAGE = """
<div data-push="AAAA">
  <p data-push-say="on" hidden>On</p>
  <div data-push-say="off" hidden><form method="post">
    <input type="hidden" name="endpoint"><input type="hidden" name="p256dh">
    <input type="hidden" name="auth"><button type="button">Tell me</button>
  </form></div>
</div>
<div data-push-row="https://push.example/1" ROW>
  <p data-push-here hidden>this browser</p><form><button>Nothing</button></form>
</div>
<script type="module" src="{% static 'js/push.js' %}"></script>
"""
#: The browser is subscribed; no push service is asked.
SUBSCRIBED = """
const told = { endpoint: "https://push.example/1", keys: { p256dh: "point", auth: "secret" } };
const pushManager = { getSubscription: async () => ({ ...told, toJSON: () => told }) };
navigator.serviceWorker.register = async () => ({ pushManager });
"""


@pytest.mark.parametrize("row", ["", "data-push-former"])
def test_only_a_browser_of_a_former_session_is_told_anew(site, row):
    sent = []

    def take(route):
        if route.request.method != "POST":
            return route.fallback()
        sent.append(route.request.post_data)
        return route.fulfill(status=200, body="")

    site.page.route("**/*", take)
    site.page.add_init_script(SUBSCRIBED)
    page = site.open(PAGE.replace("ROW", row))
    page.get_by_text("this browser").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("On", exact=True).is_visible()
    assert len(sent) == bool(row)
    assert all("https://push.example/1" in each and "secret" in each for each in sent)
