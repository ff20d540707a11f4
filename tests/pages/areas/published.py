"""Published answers, the applicant's consent to them, publishing on the desk."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk


def _leave_out(page: Page) -> None:
    page.locator("button[value=leave_out]").click()


def _publish_unread(page: Page) -> None:
    page.locator("button[value=publish]").click()


def _published_and_answered(town: PageWalk) -> list[tuple[int, int]]:
    published, answered = town.published.published, town.desk_appeals.by_name["answered"]
    return [(published.appeal_id, published.pk), (answered.pk, answered.answers.get().pk)]


def _desk(town: PageWalk) -> list[PageCheck]:
    name, made = "appeals_desk:publish", town.published
    agreed = made.agreed
    return [
        *(of(name, *pks, who="ofi") for pks in _published_and_answered(town)),
        *(
            of(name, agreed.appeal_id, agreed.pk, who="ofi", then=step)
            for step in (None, _leave_out, _publish_unread)
        ),
    ]


PAGES: dict[str, PageChecks] = {
    "appeals:answers": lambda town: [
        of("appeals:answers", query=query) for query in ("", "?q=ліхтарі", "?q=цсрґ")
    ],
    "appeals:answer": lambda town: [of("appeals:answer", town.published.published.pk)],
    "appeals:publication": lambda town: [
        of("appeals:publication", *pks, who="olena") for pks in _published_and_answered(town)
    ],
    "appeals_desk:publish": _desk,
}
NO_PAGE = {
    **dict.fromkeys(
        (
            *("appeals:letter", "appeals:notice", "appeals_desk:letter", "appeals_desk:notice"),
            "appeals_desk:journal_pdf",
        ),
        "a file to be saved",
    )
}
