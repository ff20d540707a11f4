"""A mail that is untrue when it goes is not sent: each kind, whatever became of its thing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from notifications.mails import contents
from tests.endings.counts.kind import bring
from tests.endings.mails import TOLD

pytestmark = pytest.mark.django_db

#: Kinds that stand in no table, with the reason for it.
OTHERWISE = {
    "it is told whatever became of it: somebody else may have done it": """
        accounts/app_connected accounts/app_disconnected accounts/passkey_added
        accounts/passkey_removed accounts/codes_made accounts/factors_reset accounts/sheet_made
        accounts/new_device accounts/break_glass tokens/token_made organisations/contact
        accounts/work_handed_over accounts/work_taken_back
    """,
    "its audience judges it: test_audiences, tests/notifications/mails": """
        votes/opened petitions/objection_decided
    """,
    "several things make it up: tests of its own": """
        accounts/export_ready accounts/reinstated appeals/approval appeals/approvals
        appeals/decision appeals/sent_back consultations/edition_due consultations/remark_hidden
        operation/raised operation/over
        accounts/deadlines accounts/note accounts/what_waits consultations/report_published
        consultations/decided following/happened
        insights/drawn meetings/item_announced meetings/answered meetings/item_decided
        meetings/unanswered
        meetings/vote_replaced moderation/contest_decided organisations/amended
        organisations/overtaken petitions/answered petitions/ended votes/text_hidden
    """,
}


def _context(name: str, whom: Any, ids: dict[str, int]) -> Any:
    return contents._contents[name](whom, **ids)


def test_each_kind_of_mail_has_its_line():
    otherwise = {name for names in OTHERWISE.values() for name in names.split()}
    assert {*TOLD, *otherwise} == set(contents._contents)
    assert not otherwise & set(TOLD)


@pytest.mark.parametrize("name", TOLD)
def test_what_does_not_hold_any_more_is_not_told(db: None, name: str) -> None:
    row, whom, ids = TOLD[name].find()
    assert _context(name, whom, ids) is not None
    told = []
    for way, change in TOLD[name].ends.items():
        with transaction.atomic():
            bring(row, None, change)
            whom.refresh_from_db()
            if _context(name, whom, ids) is not None:
                told.append(way)
            transaction.set_rollback(True)
        whom.refresh_from_db()
    assert told == []
