"""The demo city's petitions: one of each state, lawful, and as the actions would have left them."""

from __future__ import annotations

from collections import Counter

import pytest

from city.calendar import work_calendar
from core.domain import clock
from core.domain.calendar import local_date
from petitions.ledger.checking import faults
from petitions.models import Answer, Petition, Signature, State, Step, Total
from petitions.signing.counting import recount
from petitions.terms import TERMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_there_is_one_of_each_state():
    now = clock.now()
    states = Counter(petition.state_at(now) for petition in Petition.objects.all())
    # Not supported is what it is until it is answered, on the next working day.
    assert set(states) == set(State) - {State.NOT_SUPPORTED}
    assert states[State.COLLECTING] == 5
    assert states[State.ANSWERED] == 3
    decided = Petition.objects.filter(answered_at__isnull=False).values_list("decision", flat=True)
    assert set(decided) == {"supported", "not_supported", ""}


def test_its_numbers_are_those_of_its_rows():
    before = list(Total.objects.order_by("pk").values_list("pk", "counted", "removed"))
    recount(Petition.objects.published().values_list("pk", flat=True))
    assert list(Total.objects.order_by("pk").values_list("pk", "counted", "removed")) == before
    assert list(faults()) == []
    assert Signature.objects.filter(status=Signature.Status.REMOVED).count() == 184


def test_what_gathered_enough_did_and_nothing_else():
    for petition in Petition.objects.published().select_related("procedure", "total"):
        is_reached = petition.total.counted >= petition.procedure.threshold
        assert is_reached == (petition.reached_at is not None), petition.title
        signed = petition.signatures.filter(status=Signature.Status.COUNTED).order_by("at")
        assert not signed.filter(at__lt=petition.published_at).exists()
        if petition.reached_at:
            last_needed = signed[petition.procedure.threshold - 1]
            assert last_needed.at <= petition.reached_at


def test_answers_say_what_is_done_by_when():
    assert Answer.objects.count() == 3
    assert Step.objects.filter(done_on=None).count() == 1
    assert not Step.objects.filter(done_on__isnull=False, note="").exists()


def test_the_council_is_late_with_nothing_but_what_waits():
    """What has happened, happened within its term; and every term that runs has its last day."""
    for petition in Petition.objects.exclude(submitted_at=None).select_related("procedure"):
        for term in TERMS:
            if term.runs(petition):
                assert getattr(petition, term.column) == term.last_day(petition, work_calendar())
        ended = petition.published_at or petition.refused_at
        if ended:
            assert local_date(ended) <= petition.publish_due_on, petition.title
        if petition.review_at:
            assert local_date(petition.review_at) <= petition.notice_due_on, petition.title
        if petition.decided_at:
            assert local_date(petition.decided_at) <= petition.review_due_on, petition.title
