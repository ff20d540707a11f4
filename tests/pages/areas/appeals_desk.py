"""Appeals at the desk, and their public figures."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import open_all, send


def _each(name: str, *named: str, who: str = "admin", wrong: bool = True) -> PageChecks:
    """The page of a step for appeals of these names; of the first also sent as it is."""

    def checks(town: PageWalk) -> list[PageCheck]:
        route = f"appeals_desk:{name}"
        pks = [town.desk_appeals.by_name[each].pk for each in named]
        sent = [of(route, pks[0], who=who, then=send_nothing)] if wrong else []
        return [*(of(route, pk, who=who) for pk in pks), *sent]

    return checks


def send_nothing(page: Page) -> None:
    """Send the form with its texts emptied: it comes back with its errors."""
    for field in page.locator("main form[method=post] textarea:visible").all():
        field.fill("")
    send(page)


def _ready(page: Page) -> None:
    """Say that a draft without words is ready: a draft alone may be half."""
    page.locator("main input[name=is_ready]").check()
    send_nothing(page)


def _bring(page: Page, line: str) -> None:
    content = f"appeal,answer,number,day\n{line}\n".encode()
    file = {"name": "numbers.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("main input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]  # a payload is one
    page.locator("main form button:visible").click()
    page.locator("main .notice, main table").first.wait_for()


def _bring_wrong(page: Page) -> None:
    """Bring a table with a wrong line."""
    _bring(page, "без номера,,1,2026-01-01")


def _bring_right(town: PageWalk) -> Callable[[Page], None]:
    """Bring a table, and see what it changes."""

    def bring(page: Page) -> None:
        _bring(page, f"{town.desk_appeals.by_name['in_work'].label},,125/03-14,2026-01-01")

    return bring


PAGES: dict[str, PageChecks] = {
    "appeals_desk:list": lambda town: [
        of("appeals_desk:list", who=who, query=query, then=step)
        for who, query, step in (
            ("admin", "", None),
            ("admin", "", open_all),
            ("ofi", "?list=answered", None),
            ("admin", "?q=ліхтарі&kind=application", None),
            ("ofi", "?q=цсрґ", None),
        )
    ],
    "appeals_desk:many": lambda town: [
        of("appeals_desk:many", who="admin", query="?all=1", then=step)
        for step in (None, send_nothing)
    ],
    "appeals_desk:together": lambda town: [
        of("appeals_desk:together", who="admin", query=query, then=step)
        for query, step in (("?all=1", send_nothing), ("?q=цсрґ", None))
    ],
    "appeals_desk:approve_together": lambda town: [
        of("appeals_desk:approve_together", who="admin", query="?all=1")
    ],
    "appeals_desk:send_together": lambda town: [
        of("appeals_desk:send_together", who="admin", query=query, then=step)
        for query, step in (("?all=1", None), ("", send))
    ],
    "appeals_desk:detail": lambda town: (
        [
            of("appeals_desk:detail", each.pk, who="admin")
            for each in town.desk_appeals.by_name.values()
        ]
        + [
            of("appeals_desk:detail", town.desk_appeals.by_name["drafted"].pk, who="ofi"),
            of("appeals_desk:detail", town.petitions["as_appeal"].appeal_id, who="ofi"),
        ]
    ),
    "appeals_desk:file_original": lambda town: [
        of(
            "appeals_desk:file_original",
            town.desk_appeals.by_name["received"].pk,
            town.desk_appeals.document_pk,
            who="admin",
        )
    ],
    # The document is none: no PDF can be made of it.
    "appeals_desk:file_pdf": lambda town: [
        of(
            "appeals_desk:file_pdf",
            town.desk_appeals.by_name["received"].pk,
            town.desk_appeals.document_pk,
            who="admin",
            status=422,
        )
    ],
    "appeals_desk:new": simple("appeals_desk:new", "admin", send),
    "appeals_desk:receipt": _each("receipt", "received", wrong=False),
    "appeals_desk:note": _each("note", "in_work"),
    "appeals_desk:accept": _each("accept", "received", "in_work"),
    "appeals_desk:assign": _each("assign", "in_work", wrong=False),
    "appeals_desk:correct": _each("correct", "in_work", "answered", wrong=False),
    "appeals_desk:extend": _each("extend", "in_work", who="mayor"),
    "appeals_desk:ask_head": _each("ask_head", "drafted"),
    "appeals_desk:refuse": _each("refuse", "request"),
    "appeals_desk:postpone": _each("postpone", "request"),
    "appeals_desk:fee": _each("fee", "request", wrong=False),
    "appeals_desk:payment": _each("payment", "priced", wrong=False),
    "appeals_desk:shorten": _each("shorten", "in_work", wrong=False),
    "appeals_desk:forward": _each("forward", "received"),
    "appeals_desk:return": _each("return", "received"),
    "appeals_desk:leave": _each("leave", "received", "answered", who="mayor"),
    "appeals_desk:move": _each("move", "received"),
    "appeals_desk:draft": lambda town: [
        *_each("draft", "drafted", "approved", wrong=False)(town),
        of("appeals_desk:draft", town.desk_appeals.by_name["drafted"].pk, who="admin", then=_ready),
    ],
    "appeals_desk:ask": _each("ask", "drafted", wrong=False),
    "appeals_desk:approve": _each("approve", "drafted", wrong=False),
    "appeals_desk:send_back": _each("send_back", "approved"),
    "appeals_desk:send": _each("send", "approved", wrong=False),
    "appeals_desk:journal": lambda town: (
        [
            of("appeals_desk:journal", who="admin", query=query)
            for query in ("", "?since=2026-01-01&until=2026-12-31")
        ]
        + [
            of(
                "appeals_desk:journal",
                who="admin",
                query="?since=2026-05-02&until=2026-05-01",
                status=422,
            )
        ]
    ),
    "appeals_desk:exchange": lambda town: [
        of("appeals_desk:exchange", who="office", then=step) for step in (None, send_nothing)
    ],
    "appeals_desk:exchange_numbers": lambda town: [
        of("appeals_desk:exchange_numbers", who="office", then=step)
        for step in (None, _bring_wrong, _bring_right(town))
    ],
    "appeals_desk:categories": simple("appeals_desk:categories", "ofi"),
    "appeals_desk:texts": simple("appeals_desk:texts", "ofi"),
    "appeals_desk:new_text": simple("appeals_desk:new_text", "ofi", send),
    "appeals_desk:text": lambda town: [
        of("appeals_desk:text", town.desk_appeals.saved.pk, who="ofi", then=step)
        for step in (None, send_nothing)
    ],
    "appeals_figures:figures": simple("appeals_figures:figures"),
}

#: Routes that show no page, and why.
NO_PAGE = {
    "appeals_desk:journal_csv": "a file to be saved",
    "appeals_desk:exchange_file": "a file to be saved",
    "appeals_desk:file": "a file to be saved",
    "appeals_desk:secret": "POST; its page is the receipt, with the code",
    "appeals_desk:delete_text": "POST",
}
