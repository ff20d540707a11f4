"""Whatever breaks, pages recover alone and show exactly what the database holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Consultation, Remark
from consultations.remarks import actions
from tests.plugins.city import SCREEN, City
from tests.servers import start_live, start_web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long, pytest.mark.clocked]


def shown(page: Page) -> list[str]:
    """The remarks on a page, from its top."""
    return page.locator("#remarks > li").evaluate_all("items => items.map((item) => item.id)")


def test_pages_recover_when_every_server_is_killed_between_two_remarks(
    city: City, consultation: Consultation, olena, bohdan
):
    address = consultation.get_absolute_url()
    his = city.window(bohdan, address)
    hers = city.window(olena, address)
    hall = city.window(None, f"{address}display/", viewport=SCREEN)
    windows = (his, hers, hall)
    for page in windows:
        expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    first = actions.remark(consultation, by=olena, text="Перше, до збою.")
    for page in windows:
        expect(page.locator("body")).to_contain_text("Перше, до збою.")

    city.live.kill()
    city.web.kill()
    # The hall may not take for the present what is past: within five seconds it says so.
    expect(hall.locator("[data-live-status]")).to_have_attribute("data-state", "lost", timeout=5000)
    second = actions.remark(consultation, by=bohdan, text="Друге, серед збою.")

    live = city.opened.enter_context(start_live(port=city.live.port))
    city.opened.enter_context(start_web(live=live, port=city.web.port, workers=2))
    for page in windows:
        expect(page.locator("body")).to_contain_text("Друге, серед збою.", timeout=30_000)
        # Its socket is tried again at growing intervals; what it shows is fetched before.
        status = page.locator("[data-live-status]")
        expect(status).to_have_attribute("data-state", "live", timeout=30_000)
    held = Remark.objects.order_by("-pk").values_list("pk", flat=True)
    assert list(held) == [second.pk, first.pk]
    for page in (his, hers):
        assert shown(page) == [f"remark-{pk}" for pk in held]
        expect(page.locator('#remarks-heading [data-count="remarks"]')).to_have_text("2")
