"""Remarks are carried to the version that was published, and their own words stay."""

from __future__ import annotations

import pytest

from consultations.carrying import actions
from consultations.carrying.models import Method
from consultations.models import Carrying, Place, Remark
from consultations.remarks import actions as remarks_actions
from consultations.remarks.counts import counts_of
from discussions import actions as discussion
from tests import factories
from tests.consultations.carrying.conftest import FIRST, SECOND, carry, clause_of, publish, say

pytestmark = pytest.mark.django_db


def place_of(remark) -> Place:
    return Place.objects.current().select_related("clause").get(remark=remark)


@pytest.mark.parametrize(
    ("number", "quote", "method", "now", "words"),
    [
        ("1", "перелік місць", Method.EXACT, "2", "перелік місць"),
        ("1", "", Method.EXACT, "2", None),
        ("2", "щодня з восьмої ранку до", Method.FUZZY, "3", "щодня з дев’ятої ранку до"),
        ("2", "", Method.CLAUSE, "3", None),
        ("3", "прибирає територію", Method.EXACT, "4", "прибирає територію"),
        ("3", "двічі на день за власний кошт", Method.FUZZY, "5", "Двічі на день за власний кошт"),
        ("4", "санітарна служба міста", Method.EXACT, "6", "санітарна служба міста"),
        ("5", "власник сплачує штраф", Method.MOVED, "6", "власник сплачує штраф"),
        ("5", "", Method.MOVED, "6", None),
        ("6", "постійну комісію", Method.ORPHAN, None, None),
        ("6", "", Method.ORPHAN, None, None),
    ],
)
def test_how_each_is_found(opened, olena, ofi, number, quote, method, now, words):
    remark = say(opened, olena, number, quote)
    version = publish(opened, ofi)
    assert carry(opened) == 1
    place = place_of(remark)
    assert (place.method, place.version_id) == (method, version.pk)
    assert (place.clause and place.clause.number) == now
    if words:
        assert place.clause.text[place.quote_start : place.quote_end] == words
    else:
        assert place.quote_start is None
    assert place.removed_in == (2 if method == Method.ORPHAN else None)
    row = Remark.objects.get(pk=remark.pk)
    assert (row.about, row.quote) == (remark.about, quote)


def test_counts_and_filters_follow(opened, olena, bohdan, ofi):
    moved = say(opened, olena, "5")
    hidden = say(opened, bohdan, "5")
    discussion.hide(
        hidden.comment,
        by=factories.user("mod", role="moderator"),
        reason="profanity",
        note="Порушує правила",
    )
    stays = say(opened, bohdan, "1")
    publish(opened, ofi)
    carry(opened)
    sixth = clause_of(opened, "6", 2)
    assert counts_of(opened.pk) == (2, {stays.clause_key: 1, sixth.key: 1})
    assert set(Remark.objects.at_clause(sixth.key)) == {moved, hidden}
    assert not Remark.objects.at_clause(clause_of(opened, "5").key)
    discussion.restore(hidden.comment, by=factories.user("mod2", role="moderator"))
    assert counts_of(opened.pk) == (3, {stays.clause_key: 1, sixth.key: 2})


def test_a_third_version_starts_from_where_it_stands(opened, olena, ofi):
    lost = say(opened, olena, "6", "постійну комісію")
    fuzzy = say(opened, olena, "2", "щодня з восьмої ранку до")
    kept = say(opened, olena, "1", "перелік місць")
    for text in (SECOND, SECOND.replace("1. Створити", "1. Негайно створити")):
        publish(opened, ofi, text)
        carry(opened)
    assert [place_of(remark).method for remark in (lost, fuzzy, kept)] == [
        Method.ORPHAN,
        Method.FUZZY,
        Method.EXACT,
    ]
    assert place_of(lost).removed_in == 2
    publish(opened, ofi, FIRST)
    carry(opened)
    assert place_of(fuzzy).method == Method.EXACT
    assert Place.objects.filter(remark=fuzzy).count() == 3


def test_what_was_said_late_is_carried_by_the_minute(opened, olena, ofi):
    publish(opened, ofi)
    carry(opened)
    late = say(opened, olena, "5")
    assert actions.carry_late() == 1
    assert place_of(late).clause.number == "6"
    assert actions.carry_late() == 0


def test_a_stopped_job_goes_on_and_a_second_run_does_nothing(opened, olena, ofi, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in "12345":
        say(opened, olena, number)
    publish(opened, ofi)
    carrying = Carrying.objects.get()
    assert (carrying.total, carrying.carried, carrying.percent) == (5, 0, 0)
    assert actions._carry_batch(carrying.pk) == 2
    carrying.refresh_from_db()
    assert (carrying.carried, carrying.percent, carrying.finished_at) == (2, 40, None)
    assert actions.carry_late() == 3
    carrying.refresh_from_db()
    assert carrying.carried == 5
    assert carrying.finished_at
    assert carry(opened) == 0
    assert Place.objects.count() == 5


def test_a_newer_version_takes_over(opened, olena, ofi):
    say(opened, olena, "1")
    publish(opened, ofi)
    publish(opened, ofi, SECOND.replace("1. Створити", "1. Негайно створити"))
    first, second = Carrying.objects.order_by("pk")
    assert actions.carry(first.pk) == 0
    assert actions.carry(second.pk) == 1


def test_the_whole_draft_and_the_newest_version_have_no_place(opened, olena, ofi):
    publish(opened, ofi)
    newest = clause_of(opened, "1", 2)
    remarks_actions.remark(opened, by=olena, text="Загалом так.")
    remarks_actions.remark(opened, by=olena, text="Так.", clause_id=newest.pk)
    assert carry(opened) == 0
    assert not Place.objects.exists()
