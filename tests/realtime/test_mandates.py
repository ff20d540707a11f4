"""For whom somebody may speak: her own sockets hear of a change, and nobody else's."""

from __future__ import annotations

import pytest
from django.db import connection

from consultations.models import Consultation
from organisations.mandates import actions as organisations
from organisations.models import Mandate
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


@pytest.fixture
def terrace(transactional_db, olena, firm):
    made = factories.organisation("ТОВ «Тераса»", registered_by=olena)
    factories.mandate(olena, made, is_head=True)
    factories.mandate(firm, made)
    return made


def hears(reader, within: float) -> dict:
    return reader.until(lambda frame: "yours" in frame, within)


def test_who_is_revoked_hears_it_within_two_seconds_and_nobody_else_does(
    live, open_socket, consultation: Consultation, terrace, olena, firm, charlie
):
    hers, others = (
        [open_socket(live, consultation.topic, user=user) for user in people]
        for people in ((firm, firm), (olena, charlie, None))
    )
    for reader in (*hers, *others):
        reader.next()
    organisations.revoke(Mandate.objects.get(user=firm), by=olena)
    for reader in hers:
        # Nothing of what changed is in it: that is asked for at her own address.
        assert hears(reader, 2) == {"t": consultation.topic, "yours": True}
    for reader in others:
        assert not any("yours" in frame for frame in reader.frames_for(2.5))
    # Her sockets stay open and are told once.
    assert not any("yours" in frame for frame in hers[0].frames_for(2.5))


def test_what_nobody_signalled_is_found_by_looking(
    live, open_socket, consultation: Consultation, terrace, firm
):
    reader = open_socket(live, consultation.topic, user=firm)
    reader.next()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_mandate SET revoked_at = now() WHERE NOT is_head")
    hears(reader, 5)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_mandate SET revoked_at = NULL WHERE NOT is_head")
    hears(reader, 5)


def test_who_gets_a_mandate_hears_it(
    live, open_socket, consultation: Consultation, terrace, olena, charlie
):
    reader = open_socket(live, consultation.topic, user=charlie)
    reader.next()
    organisations.grant(terrace, by=olena, user=charlie)
    hears(reader, 2)
