"""Who left an audience of mails, withdrew or was suspended is told nothing: neither when the mails
are queued, nor when one that was queued before is sent."""

from __future__ import annotations

import pytest
from django.db import transaction

from notifications.mails.audiences import AUDIENCES
from tests.access.city import City
from tests.endings.audiences import MEMBERSHIPS, WHOEVER_ASKED

pytestmark = pytest.mark.django_db


def test_each_audience_has_its_ways_out():
    assert {*MEMBERSHIPS, *WHOEVER_ASKED} == set(AUDIENCES)


@pytest.mark.parametrize("name", MEMBERSHIPS)
def test_who_has_left_is_not_told(_city: City, db: None, name: str) -> None:
    audience, membership = AUDIENCES[name], MEMBERSHIPS[name]
    ids = membership.find(_city)
    members = audience.next_members(ids, after=0, most=100)
    told = [member for member in members if audience.load_recipient(ids, member)]
    assert told == members != []
    still_told = []
    for way, leave in membership.ways.items():
        for member in members:
            with transaction.atomic():
                leave(ids, member)
                if member in audience.next_members(ids, after=0, most=100):
                    still_told.append(f"{way}: queued")
                if audience.load_recipient(ids, member) is not None:
                    still_told.append(f"{way}: sent")
                transaction.set_rollback(True)
    assert not still_told
