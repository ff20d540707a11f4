"""Petitions on the pages that gather from everywhere: home, search, the sitemap, my page."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from core.db.search import document
from discussions import actions as discussion
from moderation.places import place_of
from petitions.models import Answer, State
from petitions.signing import counting
from petitions.talk import actions as talk
from portal.home import pages as home
from portal.me import context as my_context
from search.entries import fill
from search.views import look_for
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def _signed(olena, number, **fields):
    made = factories.petition(olena, **fields)
    factories.signatures(made, number)
    counting.recount([made.pk])
    return made


def test_home_shows_those_that_lack_the_fewest_by_share(olena):
    few = _signed(olena, 3, procedure=factories.procedure(threshold=100))
    near = _signed(olena, 2, procedure=factories.procedure(threshold=3))
    factories.petition(olena)  # nobody has signed it
    _signed(olena, 5, procedure=factories.procedure(threshold=5))  # has enough
    assert [each.petition for each in home.context()["closest_petitions"]] == [near, few]


def test_home_shows_what_was_answered_lately(client, olena, ofi):
    old = factories.petition(olena, State.ANSWERED)
    new = factories.petition(olena, State.ANSWERED)
    Answer.objects.create(
        petition=new, asked="Лавки.", decided="Лавки стоятимуть.", by=ofi, signed_as="Голова"
    )
    assert [each.petition for each in home.context()["answered_petitions"]] == [new, old]
    page = client.get("/").content.decode()
    assert "Лавки стоятимуть." in page
    assert f"/petitions/{new.pk}/answer/" in page


def test_search_finds_a_petition_in_any_form(olena):
    title = "Ремонт дороги до школи"
    made = factories.petition(olena, title=title, search=document(A=title))
    factories.petition(olena, State.MODERATION, title=title, search=document(A=title))
    fill()
    for words in ("ремонту доріг", "РЕМОНТОМ ДОРІГ", "дорога ремонтується школа", "рмонт дороги"):
        assert look_for(words)[1].things[0] == ("petitions", made.pk), words


def test_the_sitemap_names_published_ones(client, olena):
    shown = factories.petition(olena)
    hidden = factories.petition(olena, State.MODERATION)
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    places = [element.text for element in tree.iter() if element.tag.endswith("}loc")]
    for prefix in ("", "/en"):
        assert any(place.endswith(f"8000{prefix}/petitions/{shown.pk}/") for place in places)
    assert not any(place.endswith(f"/petitions/{hidden.pk}/") for place in places)


def test_my_page_shows_what_i_said_of_petitions(client, olena, bohdan, mo):
    made = factories.petition(olena)
    comment = talk.comment(made, by=bohdan, text="Підтримую.")
    talk.reply(made, comment, by=bohdan, text="І ще.")
    hidden = talk.comment(made, by=bohdan, text="Лайка.")
    discussion.hide(hidden, by=mo, reason="profanity", note="Порушує правила")
    said = my_context(bohdan)["said"]
    assert [each.petition for each in said] == [made, made, made]
    client.force_login(bohdan)
    page = client.get("/account/me/").content.decode()
    for words in ("Підтримую.", "І ще.", "Лайка.", made.title):
        assert words in page
    assert page.count(f"/petitions/{made.pk}/comments/{comment.pk}/") == 2
    assert f"/petitions/{made.pk}/comments/{hidden.pk}/" not in page


def test_my_page_asks_as_little_with_petitions(olena, bohdan, django_assert_max_num_queries):
    for _each in range(3):
        made = factories.petition(olena)
        talk.comment(made, by=bohdan, text="Підтримую.")
    with django_assert_max_num_queries(8):
        assert len(my_context(bohdan)["said"]) == 3


def test_moderators_find_the_place_of_a_comment(olena, bohdan):
    made = factories.petition(olena)
    comment = talk.comment(made, by=bohdan, text="Підтримую.")
    answer = talk.reply(made, comment, by=olena, text="Дякую.")
    for each in (comment, answer):
        place = place_of(each)
        assert place.title == made.title
        assert place.url == f"/petitions/{made.pk}/comments/{comment.pk}/"
