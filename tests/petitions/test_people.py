"""What becomes of petitions when accounts join or are erased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from accounts.data import actions as data
from accounts.data import register
from accounts.data.retention import sweep_all
from accounts.identity.joining import merge
from core.domain import clock as database_clock
from petitions.events import PetitionWithdrawn
from petitions.models import News, Petition, State
from petitions.news import actions
from tests.petitions import factories

pytestmark = pytest.mark.django_db

NAME = "Коваль Олена Ігорівна"
PUBLISHED = sorted(set(State) - {State.DRAFT, State.MODERATION, State.REFUSED})


def petition(author, state, **fields):
    fields = {"author_name": NAME, "author_address": "вул. Тиха, 1", "author_phone": "1"} | fields
    return factories.petition(author, state, **fields)


def test_a_joined_account_has_the_petitions_and_news_of_both(olena, bohdan, emitted):
    one, other = factories.petition(olena), factories.petition(bohdan, State.DRAFT)
    news = actions.post_news(one, by=olena, title="Нас сто", text="Дякуємо")
    name = one.author_name
    merge(bohdan, olena)
    assert set(Petition.objects.filter(author=bohdan)) == {one, other}
    assert News.objects.get() == news
    assert News.objects.get().by == bohdan
    one.refresh_from_db()
    assert one.author_name == name  # as it was published


@pytest.mark.parametrize("state", PUBLISHED)
def test_what_is_published_goes_on_under_the_name_it_was_published_with(olena, bohdan, state):
    made = petition(olena, state)
    data.erase(olena, by=olena)
    made.refresh_from_db()
    assert made.state_at(database_clock.now()) == state
    assert made.author_name == made.author_shown == NAME
    assert (made.author_address, made.author_phone) == ("", "")
    assert made in Petition.objects.visible_to(bohdan)


def test_drafts_go_and_what_waits_is_taken_back(olena, mo, emitted):
    petition(olena, State.DRAFT)
    waits, refused = petition(olena, State.MODERATION), petition(olena, State.REFUSED)
    data.erase(olena, by=olena)
    assert set(Petition.objects.all()) == {waits, refused}
    for made in (waits, refused):
        made.refresh_from_db()
        assert (made.author_name, made.author_address, made.author_phone) == ("", "", "")
        assert made.author_shown == "видалений користувач"
    assert waits.state_at(database_clock.now()) == State.WITHDRAWN
    assert waits.withdrawn_reason == "Автор видалив свій обліковий запис."
    assert refused.refused_on
    assert PetitionWithdrawn(waits.pk, olena.pk) in emitted
    assert not Petition.objects.on_moderation().exists()


def test_the_name_goes_when_its_term_is_over(olena, bohdan, clock):
    erased, stays = petition(olena, State.ANSWERED), petition(bohdan, State.ANSWERED)
    data.erase(olena, by=olena)
    kept = settings.RETENTION["petition_authors"]
    clock.set(erased.published_at + kept - timedelta(hours=1))
    sweep_all()
    erased.refresh_from_db()
    assert erased.author_name == NAME
    clock.set(erased.published_at + kept)
    sweep_all()
    for made in (erased, stays):
        made.refresh_from_db()
    assert erased.author_name == ""
    assert erased.text
    assert stays.author_name == NAME  # whoever did not erase herself is still its author


def test_a_download_holds_what_she_wrote_and_what_became_of_it(olena, bohdan):
    made = petition(olena, State.REFUSED, refused_note="Третій абзац")
    factories.petition(bohdan)
    [holding] = [each for each in register.all_entries() if each.model is Petition]
    [row] = holding.collect(olena)
    assert row["id"] == made.pk
    assert row["author_name"] == NAME
    assert row["refused_note"] == "Третій абзац"
    assert row["refused_on__name"] == made.refused_on.name
