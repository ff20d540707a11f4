"""Publishing and refusing what was sent: moderators, by the rules that are in force then."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from city.models import Theme
from core.domain import clock as database_clock
from core.models import AuditEntry
from petitions.events import PetitionChanged, PetitionPublished, PetitionRefused
from petitions.life import actions
from petitions.models import Ground, Petition, State
from tests import factories as people
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(olena):
    return factories.petition(olena, State.MODERATION)


def test_publishes(sent, mo, bohdan, department, emitted):
    theme = Theme.objects.create(name="Парки", slug="parks")
    made = actions.publish(sent, by=mo, department=department, themes=[theme])
    assert made.state_at(database_clock.now()) == State.COLLECTING
    assert made.is_open_at(database_clock.now())
    assert made.department == department
    assert list(made.themes.all()) == [theme]
    assert emitted == [PetitionPublished(made.pk, mo.pk)]
    assert list(Petition.objects.visible_to(bohdan)) == [made]
    assert list(Petition.objects.collecting()) == [made]


def test_by_the_rules_in_force_on_that_day_for_good(sent, mo):
    newer = factories.procedure(threshold=700)
    made = actions.publish(sent, by=mo)
    assert made.procedure == newer
    factories.procedure(threshold=9)
    assert Petition.objects.get(pk=made.pk).procedure.threshold == 700


def test_refuses_on_a_ground_that_is_quoted(sent, olena, mo, bohdan, emitted):
    factories.procedure()
    ground = Ground.objects.get(code="hatred")
    made = actions.refuse(sent, by=mo, ground=ground, note=" Третій абзац. ")
    assert made.state_at(database_clock.now()) == State.REFUSED
    assert made.refused_on == ground
    assert made.refused_note == "Третій абзац."
    assert made.text == sent.text  # kept for her who objects
    assert emitted == [PetitionRefused(made.pk, mo.pk, ground.pk)]
    assert AuditEntry.objects.get().ids["ground_id"] == ground.pk
    assert made in Petition.objects.visible_to(olena)
    assert made not in Petition.objects.visible_to(bohdan)


def test_a_ground_alone_refuses_nothing(sent, mo, refused):
    """The words of the petition, or a note: else its author reads no reason."""
    factories.procedure()
    ground = Ground.objects.get(code="hatred")
    for quote, code in ((" ", "facts_missing"), ("Чого там немає", "quote_not_found")):
        with refused(f"moderation.{code}"):
            actions.refuse(sent, by=mo, ground=ground, quote=quote)
    made = actions.refuse(sent, by=mo, ground=ground, quote=f" {sent.text[:12].upper()} ")
    assert made.refused_quote == sent.text[:12].upper()
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=made.pk).update(refused_quote="")


def test_a_ground_out_of_force_refuses_nothing(sent, mo, refused):
    factories.procedure()
    ground = Ground.objects.get(code="duplicate")
    with refused("petition.ground_not_in_force"):
        actions.refuse(sent, by=mo, ground=ground, note="Третій абзац.")


@pytest.mark.parametrize("state", sorted(set(State) - {State.MODERATION}))
def test_only_what_waits(olena, mo, refused, state):
    petition = factories.petition(olena, state)
    with refused("petition.not_on_moderation"):
        actions.publish(petition, by=mo)
    with refused("petition.not_on_moderation"):
        actions.refuse(petition, by=mo, ground=factories.ground(), note="Третій абзац.")


def test_only_by_moderators(sent, olena, ofi, bohdan, refused):
    for person in (olena, ofi, bohdan):
        with refused("petition.moderators_only"):
            actions.publish(sent, by=person)
        with refused("petition.moderators_only"):
            actions.refuse(sent, by=person, ground=factories.ground())


def test_by_who_moderates_this_one_alone(sent, olena, refused):
    hers = people.user("hers", role="moderator", scope=sent.topic)
    another = factories.petition(olena, State.MODERATION)
    with refused("petition.moderators_only"):
        actions.publish(another, by=hers)
    assert actions.publish(sent, by=hers)


def test_nobody_decides_about_her_own(mo, refused):
    own = factories.petition(mo, State.MODERATION)
    with refused("petition.not_ones_own"):
        actions.publish(own, by=mo)
    with refused("petition.not_ones_own"):
        actions.refuse(own, by=mo, ground=factories.ground(), note="Третій абзац.")


def test_says_who_answers_it_and_what_it_is_about(olena, mo, ofi, department, emitted):
    petition = factories.petition(olena)
    theme = Theme.objects.create(name="Парки", slug="parks")
    actions.sort(petition, by=mo, department=department)
    actions.sort(petition, by=ofi, themes=[theme])
    petition.refresh_from_db()
    assert petition.department == department
    assert list(petition.themes.all()) == [theme]
    assert emitted == [PetitionChanged(petition.pk, mo.pk), PetitionChanged(petition.pk, ofi.pk)]


def test_not_by_another_department_and_not_when_it_is_over(olena, stranger, mo, refused):
    with refused("petition.officers_only"):
        actions.sort(factories.petition(olena), by=stranger)
    with refused("petition.finished"):
        actions.sort(factories.petition(olena, State.ANSWERED), by=mo)


def test_budgets(olena, mo, department, django_assert_max_num_queries):
    sent, foreign = (factories.petition(olena, State.MODERATION) for _number in range(2))
    ground = factories.ground()
    mo.grants_in_force  # noqa: B018 - read by whatever page she comes from
    with django_assert_max_num_queries(24):  # each with what is told of it
        actions.publish(sent, by=mo, department=department)
    with django_assert_max_num_queries(16):
        actions.refuse(foreign, by=mo, ground=ground, note="Третій абзац.")
