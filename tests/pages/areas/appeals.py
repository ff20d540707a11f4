"""Appeals for their applicants: filing, finding, following, closing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import open_all, send


def file_one(page: Page) -> None:
    """File one without an account: the page with the code."""
    page.check("[name=kind][value=request]")
    page.fill("[name=text]", "Прошу надати план ремонту доріг на цей рік.")
    page.fill("[name=name]", "Гончар Марія Іванівна")
    page.fill("[name=email]", "maria@example.org")
    page.fill("[name=residence]", "вул. Шахтарська, 5")
    page.locator("main form button.govuk-button").last.click()
    expect(page.locator("#appeal-secret")).to_be_visible()


def guess(page: Page) -> None:
    """Try a code that is wrong."""
    page.fill("[name=number]", "1-01.01.2026")
    page.fill("[name=secret]", "0" * 26)
    page.locator("main form button.govuk-button").first.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def ask_for_a_code(page: Page) -> None:
    """Ask for a new code for what is not there."""
    page.fill("[name=number]", "1-01.01.2026")
    page.fill("[name=email]", "maria@example.org")
    page.fill("[name=name]", "Марія Коваль")
    page.locator("main form button.govuk-button").first.click()
    expect(page.locator("main form")).to_have_count(0)


def _own(name: str, *which: str, wrong: bool = False) -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        route, pks = f"appeals:{name}", [getattr(town.own_appeals, each).pk for each in which]
        sent = [of(route, pks[0], who="olena", then=send)] if wrong else []
        return [*(of(route, pk, who="olena") for pk in pks), *sent]

    return checks


PAGES: dict[str, PageChecks] = {
    "appeals:about": simple("appeals:about"),
    "appeals:new": lambda town: [
        of("appeals:new", query="?kind=complaint", then=open_all),
        of("appeals:new", then=send),
        of("appeals:new", then=file_one),
        of("appeals:new", who="firm"),
    ],
    "appeals:mine": lambda town: [
        of("appeals:mine", who="olena"),
        of("appeals:mine", who="bohdan"),
    ],
    "appeals:find": simple("appeals:find", "anon", send, guess),
    "appeals:renew": simple("appeals:renew", "anon", send, ask_for_a_code),
    "appeals:detail": lambda town: [
        *_own("detail", "received", "answered")(town),
        of("appeals:detail", town.own_appeals.received.pk, who="olena", query="?filed=1"),
        of("appeals:detail", town.own_appeals.received.pk, status=404),
        of("appeals:detail", town.petitions["as_appeal"].appeal_id, who="olena"),
    ],
    "appeals:withdraw": _own("withdraw", "received"),
    "appeals:rate": _own("rate", "answered", wrong=True),
    "appeals:reopen": _own("reopen", "answered", wrong=True),
    "appeals:complaint": _own("complaint", "received", "answered"),
}

NO_PAGE = {
    "api:appeals": "JSON for programs",
    "api:appeal": "JSON for programs",
    "api:answers": "JSON for programs",
    "api:answer": "JSON for programs",
    "appeals:leave": "a form of the page of an appeal, and leads on",
    "appeals:file": "a file",
}
