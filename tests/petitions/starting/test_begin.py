"""Beginning, writing in and throwing away a draft: its author's alone."""

from __future__ import annotations

import pytest

from discussions.models import Thread
from petitions.life import actions, rules
from petitions.models import Petition, State, Total
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def test_begins_with_whatever_is_there(olena, emitted):
    factories.procedure()
    petition = actions.begin(by=olena, title=" Лавки в парку ")
    assert petition.title == "Лавки в парку"
    assert petition.author == olena
    assert petition.total.counted == 0
    assert list(Petition.objects.visible_to(olena)) == [petition]
    assert not Petition.objects.published().exists()
    assert emitted == []  # nobody else knows of it


def test_not_without_end(olena, refused):
    for _number in range(rules.MOST_DRAFTS):
        factories.petition(olena, State.DRAFT)
    factories.petition(olena, State.REFUSED)
    with refused("petition.too_many_drafts"):
        actions.begin(by=olena)
    Petition.objects.filter(author=olena, submitted_at=None).first().delete()
    assert actions.begin(by=olena)


def test_a_suspended_person_begins_none(olena, refused):
    olena.is_active = False
    olena.save()
    with refused("account.suspended"):
        actions.begin(by=olena)


def test_writes_in_it_what_is_given(olena, emitted):
    draft = factories.petition(olena, State.DRAFT, reasons="Було")
    actions.change(draft, by=olena, text=" Поставити лавки. ")
    draft.refresh_from_db()
    assert draft.text == "Поставити лавки."
    assert draft.reasons == "Було"
    assert draft.changed_at > draft.created_at
    assert emitted == []


def test_nobody_else_writes_in_it(olena, bohdan, mo, admin, refused):
    draft = factories.petition(olena, State.DRAFT)
    for person in (bohdan, mo, admin):
        with refused("petition.not_yours"):
            actions.change(draft, by=person, text="Інше")
        with refused("petition.not_yours"):
            actions.discard(draft, by=person)


def test_what_was_sent_stays_as_it_is(olena, refused):
    sent = factories.petition(olena, State.MODERATION)
    with refused("petition.not_a_draft"):
        actions.change(sent, by=olena, text="Інше")
    with refused("petition.not_a_draft"):
        actions.discard(sent, by=olena)


@pytest.mark.parametrize("column", ["published_at", "author", "department", "decision", "id"])
def test_only_an_authors_own_columns(olena, column):
    draft = factories.petition(olena, State.DRAFT)
    with pytest.raises(TypeError):
        actions.change(draft, by=olena, **{column: None})
    with pytest.raises(TypeError):
        actions.begin(by=olena, **{column: None})


def test_throws_it_away_whole(olena):
    draft = factories.petition(olena, State.DRAFT)
    actions.discard(draft, by=olena)
    assert not Petition.objects.filter(pk=draft.pk).exists()
    assert not Thread.objects.filter(pk=draft.thread_id).exists()
    assert not Total.objects.filter(pk=draft.pk).exists()


def test_budgets(olena, django_assert_max_num_queries):
    factories.procedure()
    with django_assert_max_num_queries(9):
        draft = actions.begin(by=olena, title="Лавки")
    with django_assert_max_num_queries(5):
        actions.change(draft, by=olena, text="Поставити")
    with django_assert_max_num_queries(30):  # a table each that could point to it
        actions.discard(draft, by=olena)
