"""What changes while a report is being published: the edition knows it, or it finds the edition."""

from __future__ import annotations

from threading import Event

import pytest
from django.db import OperationalError, connection

from accounts.data import actions as rights
from consultations.models import EditionRow
from consultations.remarks import actions as speaking
from core.domain.actions import action
from discussions.actions import hide
from tests import factories
from tests.crowds import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def come_between(first, other) -> list[object]:
    """``other`` while ``first`` is done but not committed: whether it waits for that."""
    done, tried = Event(), Event()

    def hold() -> None:
        with action():
            first()
            done.set()
            tried.wait(20)

    def try_it() -> str:
        done.wait(20)
        try:
            with action():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '50ms'")
                other()
        except OperationalError:
            return "waited"
        finally:
            tried.set()
        return "came between"

    return at_once([hold, try_it])


@pytest.fixture
def over(department, olena, clock):
    """A consultation that is over, with a remark of olena's."""
    opened = factories.consultation(department)
    factories.settle(speaking.remark(opened, by=olena, text="До 23:00."))
    clock.set(opened.closes_at)
    return opened


def test_an_erasure_waits_for_the_edition_and_takes_the_name_out(over, olena, ofi):
    def publish():
        factories.publish_report(over, by=ofi)

    def erase():
        rights.erase(olena, by=olena)

    assert come_between(publish, erase) == [None, "waited"]
    assert EditionRow.objects.get().name == olena.public_name
    erase()
    assert EditionRow.objects.get().name == ""


@pytest.mark.parametrize("how", ["erase", "hide"])
def test_an_edition_waits_for_what_it_has_to_know(over, olena, ofi, mo, how):
    name, remark = olena.public_name, over.remarks.get()

    def change():
        if how == "erase":
            rights.erase(olena, by=olena)
        else:
            hide(remark.comment, by=mo, reason="profanity", note="Порушує правила")

    def publish():
        factories.publish_report(over, by=ofi)

    assert come_between(change, publish) == [None, "waited"]
    publish()
    row = EditionRow.objects.get()
    assert row.name != name
    assert bool(row.words) is (how == "erase")
