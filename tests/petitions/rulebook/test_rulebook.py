"""Rules are worded anew, grounds added, corrected and put out of force: by administrators."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from core.domain.rules import Refused
from petitions.events import GroundChanged, RulesChanged
from petitions.life import actions as life_actions
from petitions.models import Ground, Procedure, State
from petitions.rulebook import actions
from tests import factories as people
from tests.petitions import factories

pytestmark = pytest.mark.django_db
WORDS = {"name": "Повтор ", "article": " Порядок, п. 9", "quote": " Не повторює чинної. "}


def test_a_change_is_a_new_row(admin, emitted):
    former = factories.procedure()
    made = actions.change_rules(by=admin, instead_of=former.pk, threshold=700, plenary=False)
    assert made.pk > former.pk
    assert (made.threshold, made.plenary, made.made_by) == (700, False, admin)
    assert (made.collection, made.legal_basis) == (former.collection, former.legal_basis)
    former.refresh_from_db()
    assert former.threshold == 1000
    assert emitted == [RulesChanged(made.pk, admin.pk)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({}, "petition.rules_same"), ({"threshold": 1000}, "petition.rules_same")],
)
def test_nothing_different_is_no_change(admin, refused, changed, code):
    with refused(code):
        actions.change_rules(by=admin, instead_of=factories.procedure().pk, **changed)


def test_the_wording_that_was_seen_must_be_in_force(admin, refused):
    former = factories.procedure()
    factories.procedure(threshold=800)
    with refused("petition.rules_changed"):
        actions.change_rules(by=admin, instead_of=former.pk, threshold=700)


def test_what_the_rules_do_not_say_is_no_rule(admin):
    with pytest.raises(TypeError, match="made_by"):
        actions.change_rules(by=admin, instead_of=factories.procedure().pk, made_by=None)


def test_is_for_administrators_alone(olena, mo, ofi, refused):
    seen, ground = factories.procedure().pk, factories.ground()
    for person in (olena, mo, ofi):
        with refused("petition.administrators_only"):
            actions.change_rules(by=person, instead_of=seen, threshold=1)
        with refused("petition.administrators_only"):
            actions.add_ground(by=person, **WORDS)
        with refused("petition.administrators_only"):
            actions.change_ground(ground, by=person, **WORDS)
        with refused("petition.administrators_only"):
            actions.force_ground(ground, by=person, in_force=False)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_them_at_once_one_hears_of_the_other():
    seen = factories.procedure().pk
    admins = [people.user(f"admin{number}", role="administrator") for number in range(4)]

    def change(admin):
        try:
            return actions.change_rules(by=admin, instead_of=seen, threshold=admin.pk + 2000)
        except Refused as refusal:
            return refusal.verdict.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(change, admins))
    assert found.count("petition.rules_changed") == 3
    assert Procedure.objects.count() == 2


def test_a_ground_is_added_and_corrected(admin, emitted):
    ground = actions.add_ground(by=admin, **WORDS)
    assert (ground.name, ground.article, ground.quote, ground.in_force) == (
        "Повтор",
        "Порядок, п. 9",
        "Не повторює чинної.",
        True,
    )
    actions.change_ground(ground, by=admin, **(WORDS | {"quote": "Інше."}))
    assert Ground.objects.get(pk=ground.pk).quote == "Інше."
    assert emitted == [GroundChanged(ground.pk, admin.pk)] * 2


def test_words_that_an_author_read_stay(olena, admin, refused):
    ground = factories.ground()
    factories.petition(olena, State.REFUSED, refused_on=ground)
    with refused("petition.ground_used"):
        actions.change_ground(ground, by=admin, **WORDS)
    said = {name: getattr(ground, name) for name in WORDS}
    assert actions.change_ground(ground, by=admin, **said, name_en="Foreign").name_en == "Foreign"


def test_out_of_force_nobody_is_refused_on_it(olena, mo, admin, emitted, refused):
    ground = actions.force_ground(factories.ground(), by=admin, in_force=False)
    actions.force_ground(ground, by=admin, in_force=False)
    assert emitted == [GroundChanged(ground.pk, admin.pk)]
    with refused("petition.ground_not_in_force"):
        life_actions.refuse(factories.petition(olena, State.MODERATION), by=mo, ground=ground)
