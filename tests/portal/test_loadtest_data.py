"""Data to measure with: as many as asked for, and as the actions would have left them."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from appeals.models import Appeal, RegisterDay
from consultations.models import Consultation, RemarkCount
from core.domain import clock
from discussions.models import Comment, Reaction
from petitions.ledger.checking import faults
from petitions.models import Petition, Signature, Total
from votes.keepers import server_keys
from votes.models import OpenedBallot, Poll, voter_records
from votes.opening import actions
from votes.opening.numbers import numbers_agree
from votes.results import result

pytestmark = pytest.mark.django_db


def test_data_for_measuring(db, settings):
    settings.DEMO = True
    out = StringIO()
    call_command("loadtest_data", "--remarks", "60", "--consultations", "2", stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert [line[0] for line in lines] == ["consultation"] * 2
    for _word, pk, *rest in lines:
        consultation = Consultation.objects.open().get(pk=pk)
        made = dict(zip(rest[::2], map(int, rest[1::2]), strict=True))
        assert made["remarks"] == consultation.remarks.count() == 60
        answers = Comment.objects.filter(thread=consultation.thread, parent__isnull=False)
        assert made["answers"] == answers.count()
        reactions = Reaction.objects.filter(comment__thread=consultation.thread)
        assert made["reactions"] == reactions.count()
        total = RemarkCount.objects.get(consultation=consultation, clause_key=None)
        assert total.remarks == 60


def test_a_long_tail_to_measure_with(settings):
    settings.DEMO = True
    out = StringIO()
    call_command("loadtest_data", "--petitions", "30", "--signatures", "2000", stdout=out)
    hot = Petition.objects.order_by("pk").first()
    assert out.getvalue() == f"petition {hot.pk} petitions 30 signatures 2000\n"
    assert Signature.objects.count() == 2000
    totals = list(Total.objects.order_by("pk").values_list("counted", flat=True))
    assert totals == sorted(totals, reverse=True)
    assert min(totals) >= 1
    assert hot.is_open_at(clock.now())
    assert list(faults()) == []


def test_many_appeals_to_measure_with(settings, department):
    settings.DEMO = True
    out = StringIO()
    call_command("loadtest_data", "--appeals", "60", stdout=out)
    newest = Appeal.objects.latest("pk")
    assert out.getvalue() == f"appeal {newest.pk} appeals 60\n"
    assert Appeal.objects.count() == 60
    # Numbered as they would have been: each day from one, without a gap.
    for day in RegisterDay.objects.all():
        numbers = Appeal.objects.filter(registered_on=day.day).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, day.last + 1))


def test_many_ballots_to_measure_with(settings):
    settings.DEMO = True
    out = StringIO()
    call_command("loadtest_data", "--ballots", "300", stdout=out)
    openly, secretly = Poll.objects.order_by("pk")
    assert out.getvalue() == f"poll {openly.pk} secret {secretly.pk} ballots 300\n"
    Poll.objects.filter(pk=secretly.pk).update(opens_at="2026-01-01T00:00Z", closes_at=clock.now())
    actions.open_boxes(secretly, server_keys.load(secretly))
    for poll in (openly, secretly):
        assert voter_records(poll).used().count() == 300
        (outcome,) = result.count_ballots(poll)["questions"]
        assert outcome["answers"] == 300
        assert len(outcome["pairs"]) == 12
    secretly.refresh_from_db()
    assert numbers_agree(secretly)
    assert OpenedBallot.objects.count() == 300
    call_command("loadtest_data", "--ballots", "300", stdout=out)  # the same people vote again
    assert Poll.objects.count() == 4
