"""What a new installation begins with, and what the database itself holds of a petition's life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from core.domain.calendar import Period, Unit
from petitions.models import Ground, Petition, Procedure, State
from petitions.rulebook import presets
from tests.petitions import factories

pytestmark = pytest.mark.django_db

#: Those of art. 23-1 itself; the others are for the council's own order.
OF_LAW = {
    *("constitutional-order", "war-and-violence", "hatred", "terrorism"),
    *("human-rights", "incomplete"),
}


def test_the_rules_are_kryvyi_rihs_with_the_laws_terms():
    Procedure.objects.all().delete()
    presets.install(Procedure.objects, Ground.objects)
    rules = Procedure.objects.get()
    assert (rules.threshold, rules.collection_period) == (1000, Period(3, Unit.MONTHS))
    assert rules.signs_by_mail
    assert rules.plenary
    assert [str(period.amount) + period.unit.value for period in _terms(rules)] == [
        *("2working_days", "3working_days", "10working_days", "1working_days"),
    ]


def _terms(rules: Procedure) -> list[Period]:
    return [
        rules.publish_period,
        rules.notice_period,
        rules.review_period,
        rules.answer_period,
    ]


def test_grounds_quote_an_act_and_the_laws_own_are_in_force():
    factories.procedure()
    grounds = {ground.code: ground for ground in Ground.objects.all()}
    assert set(grounds) == {preset["code"] for preset in presets.GROUNDS}
    assert {code for code, ground in grounds.items() if ground.in_force} == OF_LAW
    for ground in grounds.values():
        assert "393/96-ВР" in ground.article
        assert ground.quote
        assert ground.name_en, "English pages name it"
        ground.full_clean(exclude=["code"])


def test_what_the_council_changed_stays():
    factories.procedure(threshold=700)
    Ground.objects.filter(code="hatred").update(name="Інша назва", in_force=False)
    presets.install(Procedure.objects, Ground.objects)
    assert Procedure.objects.now().threshold == 700
    assert Ground.objects.get(code="hatred").name == "Інша назва"


def test_no_ground_in_force_without_its_words():
    with pytest.raises(IntegrityError, match="ground_in_force_is_quoted"), transaction.atomic():
        Ground.objects.create(code="any", name="Будь-яка", article="", quote="")


DAY = timedelta(days=1)
IMPOSSIBLE = [
    (State.DRAFT, "petition_submitted_whole", {"submitted_at": F("created_at")}),
    (State.MODERATION, "petition_submitted_whole", {"title": ""}),
    (State.MODERATION, "petition_checked_with_its_author", {"author_name": ""}),
    (State.MODERATION, "petition_refused_on_a_ground", {"refused_at": F("submitted_at")}),
    (State.DRAFT, "petition_published_with_dates", {"published_at": F("created_at")}),
    (State.COLLECTING, "petition_published_with_dates", {"closes_at": F("published_at")}),
    (State.COLLECTING, "petition_published_with_dates", {"closes_at": None}),
    (
        State.COLLECTING,
        "petition_reached_while_collecting",
        {"reached_at": F("published_at") - DAY, "notice_due_on": "2030-01-01"},
    ),
    (State.REACHED, "petition_withdrawn_before_reaching", {"withdrawn_reason": "Годі"}),
    (
        State.REACHED,
        "petition_withdrawn_before_reaching",
        {"withdrawn_at": F("reached_at"), "withdrawn_reason": "Годі"},
    ),
    (State.COLLECTING, "petition_withdrawn_before_reaching", {"withdrawn_at": F("published_at")}),
    (State.REVIEW, "petition_review_after_reaching", {"review_due_on": None}),
    (State.REACHED, "petition_session_after_review", {"session_on": "2030-01-01"}),
    (State.REVIEW, "petition_decided_after_review", {"decided_at": F("review_at")}),
    (State.COLLECTING, "petition_handed_over_after_closing", {"handed_over_at": F("submitted_at")}),
    ("as an appeal", "petition_appeal_when_handed_over", {"handed_over_at": None}),
    (State.REVIEW, "petition_answered_when_decided_or_closed", {"answered_at": F("review_at")}),
    (
        State.COLLECTING,
        "petition_answered_when_decided_or_closed",
        {"answered_at": F("published_at")},
    ),
]


@pytest.mark.parametrize(("state", "constraint", "values"), IMPOSSIBLE)
def test_the_database_lets_no_life_that_cannot_be(olena, state, constraint, values):
    if state == "as an appeal":
        petition = factories.as_appeal(olena)
    else:
        petition = factories.petition(olena, state)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(**values)
