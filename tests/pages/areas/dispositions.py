"""The table of dispositions: at the desk, and as everybody reads it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.notes.actions import withdraw_note, write_note
from accounts.notes.matters import find_matter
from consultations.dispositions.models import SavedText
from consultations.dispositions.models_bulk import BulkChange
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import open_all, send


def _text(town: PageWalk) -> tuple[int, int]:
    return town.opened.department_id, SavedText.objects.get().pk


def _explain_nothing(page: Page) -> None:
    """Approve a rejection without its reason: the row comes back with its error."""
    page.locator("[data-row-open] > summary").first.click()
    page.locator("[data-row-approve]").first.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def _many(name: str) -> PageChecks:
    return lambda town: [
        of(name, town.opened.pk, who="ofi", query="?of=all"),
        of(name, town.opened.pk, who="ofi", query="?of=ticked"),
    ]


def _table(town: PageWalk) -> list[PageCheck]:
    name, pk = "desk:table", town.opened.pk
    return [
        of(name, pk, who="ofi"),
        of(name, pk, who="ofi", query="?state=unexplained"),
        of(name, pk, who="ofi", query="?state=unexplained", then=_explain_nothing),
        of(name, pk, who="ofi", then=open_all),
    ]


def _bulk_change(town: PageWalk) -> list[PageCheck]:
    changes = BulkChange.objects.order_by("pk").values_list("consultation", "pk")
    return [of("desk:bulk_change", *ids, who="ofi") for ids in changes[:1]]


def _history(town: PageWalk) -> list[PageCheck]:
    """A row with notes, one of them withdrawn, and a row without."""
    rows = list(town.opened.remarks.order_by("pk").values_list("pk", flat=True)[:2])
    ofi, admin = town.people["ofi"], town.people["admin"]
    matter = find_matter("remark", rows[0])
    assert matter is not None
    write_note(matter, by=ofi, words="Подзвонила до майстра, чекаю.", to=admin)
    withdraw_note(write_note(matter, by=ofi, words="Помилка."), by=ofi)
    write_note(matter, by=admin, words="Строк – п’ятниця.", to=ofi, is_handed_over=True)
    return [
        of("desk:row_history", town.opened.pk, pk, who="ofi", **more)
        for pk in rows
        for more in ({}, {"then": open_all})
    ]


PAGES: dict[str, PageChecks] = {
    "desk:table": _table,
    "desk:row_history": _history,
    "notes:write": lambda town: [
        of("notes:write", "consultation", town.opened.pk, who="ofi", **more)
        for more in ({}, {"then": send})
    ],
    "desk:bulk_change": _bulk_change,
    "desk:settle_many": lambda town: [
        *_many("desk:settle_many")(town),
        of("desk:settle_many", town.opened.pk, who="ofi", query="?of=all", then=send),
    ],
    "desk:approve_many": _many("desk:approve_many"),
    "desk:assign": _many("desk:assign"),
    "desk:texts": lambda town: [of("desk:texts", town.opened.department_id, who="ofi")],
    "desk:new_text": lambda town: [
        of("desk:new_text", town.opened.department_id, who="ofi", **more)
        for more in ({}, {"then": send})
    ],
    "desk:saved_text": lambda town: [of("desk:saved_text", *_text(town), who="ofi")],
    "consultations:dispositions": lambda town: [
        of("consultations:dispositions", town.opened.pk),
        of("consultations:dispositions", town.opened.pk, query="?kind=rejected"),
        of("consultations:dispositions", town.states["closed"].pk),
    ],
}

NO_PAGE = {
    "notes:withdraw": "comes back to the page of its matter",
    "desk:table_row": "comes back to its table; shown there with its errors",
    "desk:public_reason": "comes back to its table; shown there with its errors",
    "desk:delete_text": "comes back to the texts",
    "desk:approval": "comes back to the texts",
}
