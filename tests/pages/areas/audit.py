"""The audit log: its search at the desk, its public chain, receipts of what was said."""

from __future__ import annotations

from core.audit_log.chaining import chain_entries
from discussions.speech.reading import find_receipt
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk


def _chain(town: PageWalk) -> list[PageCheck]:
    chain_entries()
    return [of("audit:chain")]


def _receipts(town: PageWalk) -> list[PageCheck]:
    chain_entries()
    receipts = [find_receipt(each.pk) for each in (town.said, town.hidden)]
    return [
        of("audit:receipt"),
        of("audit:receipt", query="?receipt=12", status=422),
        of("audit:receipt", query=f"?receipt={'1' * 24}", status=404),
        *(of("audit:receipt", query=f"?receipt={each.replace(' ', '')}") for each in receipts),
    ]


def _log(town: PageWalk) -> list[PageCheck]:
    name = "audit_desk:log"
    return [
        of(name, who="admin"),
        of(name, who="admin", query="?event=CommentPosted"),
        of(name, who="admin", query="?kind=poll_id", status=422),
    ]


PAGES: dict[str, PageChecks] = {
    "audit:chain": _chain,
    "audit:receipt": _receipts,
    "audit_desk:log": _log,
}
NO_PAGE = {
    "audit:links": "lines for programs",
    "audit:link": "JSON for programs",
    "audit_desk:download": "CSV",
}
