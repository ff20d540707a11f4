"""The author's own pages: where each petition stands, and what they can do about it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.domain.calendar import local_date
from petitions import limits
from petitions.models import Ground, News, Petition, Signature, State
from petitions.signing.audiences import listeners
from tests import factories as people
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, olena):
    client.force_login(olena)
    return client


def at(name, petition):
    return reverse(f"petitions:{name}", args=[petition.pk])


def test_all_of_ones_own_in_every_state_and_nobody_elses(client, olena, bohdan):
    mine = [factories.petition(olena, state, title=f"Моя {state}") for state in State]
    factories.petition(bohdan, title="Чужа")
    page = client.get(reverse("petitions:mine")).text
    for petition in mine:
        assert petition.title in page
    assert "Чужа" not in page


def test_the_list_costs_the_same_at_any_length(client, olena, django_assert_num_queries):
    for state in State:
        factories.petition(olena, state)
    with django_assert_num_queries(3):
        client.get(reverse("petitions:mine"))


def test_the_list_is_paged(client, olena):
    for number in range(25):
        factories.petition(olena, title=f"Петиція-{number:02}")
    first = client.get(reverse("petitions:mine"))
    assert "Петиція-24" in first.text
    assert "Петиція-04" not in first.text
    second = client.get(reverse("petitions:mine") + first.context["next_url"])
    assert "Петиція-04" in second.text


def test_of_a_refused_one_the_ground_is_quoted_and_the_words_are_kept(client, olena):
    made = factories.petition(olena, State.REFUSED, refused_note="Це питання області.")
    page = client.get(at("own", made)).text
    ground = made.refused_on
    for words in (ground.name, ground.article, ground.quote, "Це питання області.", made.text):
        assert words in page


def test_the_ground_is_named_in_english_where_it_can_be(client, olena):
    made = factories.petition(olena, State.REFUSED)
    page = f"/en{at('own', made)}"
    assert f'<span lang="uk">{made.refused_on.name}</span>' in client.get(page).text
    Ground.objects.update(name_en="Not for the city to decide")
    english = client.get(page).text
    assert "Not for the city to decide" in english
    assert made.refused_on.name not in english
    assert f'<span lang="uk">{made.refused_on.quote}</span>' in english, "the law's own words"


def test_a_refused_one_is_begun_anew_from_its_words(client, olena):
    made = factories.petition(olena, State.REFUSED, author_phone="+380441234567")
    answer = client.post(at("anew", made))
    draft = Petition.objects.get(submitted_at=None)
    assert answer.url == at("start_what", draft)
    assert [getattr(draft, name) for name in ("title", "text", "reasons", "author_phone")] == [
        getattr(made, name) for name in ("title", "text", "reasons", "author_phone")
    ]
    made.refresh_from_db()
    assert made.refused_at


@pytest.mark.parametrize("state", [State.MODERATION, State.COLLECTING, State.ANSWERED])
def test_another_is_not(client, olena, state):
    made = factories.petition(olena, state)
    assert client.post(at("anew", made)).status_code == 404
    assert "Start anew" not in client.get(at("own", made)).text


@pytest.mark.parametrize("state", State)
def test_each_state_has_its_page(client, olena, state):
    made = factories.petition(olena, state)
    answer = client.get(at("own", made))
    assert answer.status_code == (302 if state == State.DRAFT else 200)


def test_a_day_that_the_city_missed_is_said(client, olena):
    made = factories.petition(olena, State.MODERATION)
    assert made.publish_due_on < local_date(made.created_at)
    assert made.publish_due_on.isoformat() in client.get(at("own", made)).text


def test_it_is_taken_back_with_a_reason(client, olena):
    made = factories.petition(olena)
    assert client.post(at("withdraw", made), {"reason": " "}).status_code == 422
    assert client.get(at("withdraw", made)).status_code == 200
    made.refresh_from_db()
    assert made.withdrawn_at is None
    client.post(at("withdraw", made), {"reason": "Уже зроблено."})
    made.refresh_from_db()
    assert made.withdrawn_reason == "Уже зроблено."
    assert "Уже зроблено." in client.get(at("own", made)).text


def test_too_late_it_is_not_and_the_reason_is_kept(client, olena):
    made = factories.petition(olena, State.REACHED)
    assert at("withdraw", made) not in client.get(at("own", made)).text
    page = client.post(at("withdraw", made), {"reason": "Передумала."})
    assert page.status_code == 422
    assert "Передумала." in page.text


@pytest.fixture
def signed(olena):
    """Signed by people who want to hear of it, and by some who do not, or cannot."""
    made = factories.petition(olena)
    factories.signatures(made, 3)
    factories.signatures(made, 1, status=Signature.Status.CHECKING, suspicion="network")
    factories.signatures(made, 2, wants_news=False)
    factories.signatures(made, 1, email="")
    for name, fields in {
        "one": {},
        "suspended": {"is_active": False},
    }.items():
        person = people.user(name, **fields)
        Signature.objects.create(petition=made, user=person, name="Хтось", wants_news=True)
    return made


def test_before_news_are_sent_one_sees_them_and_who_gets_them(client, signed):
    assert listeners(signed.pk).count() == 5
    typed = {"title": "Нас підтримали", "text": "Ми **зустрілися**.\n\n<b>так</b>"}
    page = client.post(at("news", signed), {**typed, "step": "look"})
    assert page.status_code == 200
    assert "<strong>зустрілися</strong>" in page.text
    assert "<b>так" not in page.text
    assert page.context["listeners"] == 5
    assert not News.objects.exists()
    answer = client.post(at("news", signed), {**typed, "step": "send"})
    assert answer.url == f"{at('news', signed)}?saved=news"
    assert News.objects.get().title == "Нас підтримали"
    shown = client.get(answer.url).text
    assert "Нас підтримали" in shown
    assert shown.count("data-kept-done") == 2


def test_empty_news_are_refused_and_nothing_is_lost(client, signed):
    page = client.post(at("news", signed), {"title": "", "text": "Слова", "step": "send"})
    assert page.status_code == 422
    assert "Слова" in page.text
    assert not News.objects.exists()


def test_signers_are_not_flooded(client, signed, olena):
    for _ in range(limits.NEWS.most):
        limits.NEWS.spend(olena.pk)
    page = client.post(at("news", signed), {"title": "Ще", "text": "Слова", "step": "send"})
    assert page.status_code == 429
    assert "Слова" in page.text
    assert not News.objects.exists()


@pytest.mark.parametrize("state", [State.MODERATION, State.REFUSED, State.WITHDRAWN])
def test_nobody_is_told_of_what_is_not_public(client, olena, state):
    made = factories.petition(olena, state)
    assert at("news", made) not in client.get(at("own", made)).text
    page = client.post(at("news", made), {"title": "А", "text": "Б", "step": "send"})
    assert page.status_code == 422
    assert not News.objects.exists()


def test_hidden_news_say_so(client, signed):
    News.objects.create(
        petition=signed,
        by=signed.author,
        title="Приховане",
        text="а",
        html="<p>а</p>",
        hidden_at=signed.created_at,
        hidden_reason="insult",
    )
    assert "status--hidden" in client.get(at("news", signed)).text


def test_my_page_leads_to_them(client, olena):
    made = factories.petition(olena)
    page = client.get(reverse("portal:me")).text
    assert at("own", made) in page
    assert reverse("petitions:mine") in page


BUDGET = {"own": 4, "withdraw": 3, "news": 5}


@pytest.mark.parametrize("name", BUDGET)
def test_costs(client, signed, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(BUDGET[name]):
        assert client.get(at(name, signed)).status_code == 200
