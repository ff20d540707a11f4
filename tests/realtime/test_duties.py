"""What somebody of the council may watch follows her grants within two seconds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.staff import actions
from consultations.models import State
from core.domain.clock import now
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


@pytest.fixture
def hidden(department):
    """Only whoever prepares it may watch it."""
    return factories.consultation(department, state=State.PREPARING)


def test_a_revoked_role_closes_open_sockets(live, hidden, ofi, admin, open_socket):
    reader = open_socket(live, hidden.topic, user=ofi)
    reader.next()
    actions.revoke(ofi.grants.get(), by=admin, reason="звільнення")
    assert reader.closed_with(timeout=2) == 4401


def test_so_does_a_cover_that_is_ended(live, hidden, ofi, mo, open_socket):
    tomorrow = now() + timedelta(days=1)
    absence = actions.name_cover(ofi, mo, by=ofi, starts_at=now(), ends_at=tomorrow)
    reader = open_socket(live, hidden.topic, user=mo)
    reader.next()
    actions.end_cover(absence, by=ofi)
    assert reader.closed_with(timeout=2) == 4401


def test_and_a_role_whose_time_is_over(live, hidden, olena, admin, department, open_socket, clock):
    actions.grant(
        olena,
        by=admin,
        role="officer",
        department=department,
        reason="заміна",
        ends_at=now() + timedelta(days=1),
    )
    olena.refresh_from_db()
    reader = open_socket(live, hidden.topic, user=olena)
    reader.next()
    clock.advance(days=1)
    assert reader.closed_with(timeout=3) == 4401
