"""Totals that nobody announces reach those who watch, within a second or so."""

from __future__ import annotations

import pytest

from consultations.models import Consultation
from consultations.remarks import actions
from core.domain.topics import seq_of
from realtime import samples
from tests.realtime.conftest import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def test_support_arrives_without_a_signal(live, consultation, olena, bohdan, charlie, open_socket):
    remark = say(consultation, olena)
    seq = seq_of(consultation.topic)
    reader = open_socket(live, consultation.topic, seq=seq)
    reader.next()
    actions.react(remark, by=bohdan, value=1)
    actions.react(remark, by=charlie, value=-1)

    key, seen = str(remark.pk), {}
    while seen != {"agrees": {key: 1}, "disagrees": {key: 1}}:
        frame = reader.until(lambda frame: "counts" in frame, timeout=2.5)
        assert "html" not in frame
        for name, values in frame["counts"].items():
            seen.setdefault(name, {}).update(values)
    assert seq_of(consultation.topic) == seq

    actions.react(remark, by=bohdan, value=0)
    frame = reader.until(lambda frame: "counts" in frame, timeout=2.5)
    assert frame["counts"] == {"agrees": {key: 0}}


def test_page_learns_the_totals_of_what_it_shows(live, consultation, olena, bohdan, open_socket):
    remark, other = say(consultation, olena), say(consultation, olena)
    actions.react(remark, by=bohdan, value=1)
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    reader.link.send(f'{{"show": ["{remark.pk}", "{other.pk}"]}}')
    counts = reader.until(lambda frame: "counts" in frame)["counts"]
    assert counts["remarks"] == 2
    assert counts["agrees"] == {str(remark.pk): 1, str(other.pk): 0}


def test_remarks_are_counted_by_clause(live, consultation, olena, open_socket):
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    clause = consultation.draft.versions.get().clauses.exclude(number="").first()
    say(consultation, olena, clause_id=clause.pk)
    frame = reader.drawn()
    assert frame["counts"] == {"remarks": 1, "clauses": {str(clause.key): 1}}


def test_sample_costs_two_queries_while_nothing_moves(
    consultation, olena, bohdan, django_assert_num_queries
):
    remark = say(consultation, olena)
    actions.react(remark, by=bohdan, value=1)
    topics = [c.topic for c in Consultation.objects.all()]
    known = samples.take(dict.fromkeys(topics))
    with django_assert_num_queries(2):
        again = samples.take(known)
    assert not again[consultation.topic].since(known[consultation.topic])
