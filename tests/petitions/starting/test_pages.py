"""From a first thought to sending: one thing a page, nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from city.models import Street
from core.db.search import document
from core.domain.calendar import local_date
from petitions import limits
from petitions.models import Petition, State
from tests.petitions import factories

pytestmark = pytest.mark.django_db

TITLE = "Встановити пандус біля поліклініки № 5"


@pytest.fixture
def client(client, olena):
    client.force_login(olena)
    return client


@pytest.fixture
def draft(olena):
    return factories.petition(olena, State.DRAFT, title="", text="", reasons="", author_name="")


@pytest.fixture
def whole(olena):
    return factories.petition(olena, State.DRAFT, author_name="Коваль Олена Іванівна")


def at(name, petition):
    return reverse(f"petitions:{name}", args=[petition.pk])


def test_anybody_reads_what_it_means_and_is_led_to_sign_in(client, olena):
    client.logout()
    page = client.get(reverse("petitions:start"))
    assert "1\u00a0000" in page.text
    assert f"{reverse('account_login')}?next=%2Fpetitions%2Fstart%2F" in page.text
    assert client.post(reverse("petitions:start")).status_code == 302
    assert not Petition.objects.exists()


def test_it_begins_with_an_empty_draft_and_with_one_alone(client, olena):
    for _ in range(2):
        answer = client.post(reverse("petitions:start"))
        draft = Petition.objects.get(author=olena)
        assert answer.url == at("start_what", draft)


def test_the_whole_way(client, olena):
    client.post(reverse("petitions:start"))
    draft = Petition.objects.get()
    answer = client.post(at("start_what", draft), {"title": f"  {TITLE}  "})
    assert answer.url == f"{at('start_text', draft)}?saved=what"
    assert f'data-kept-done="petition:{olena.pk}:{draft.pk}:title"' in client.get(answer.url).text
    answer = client.post(
        at("start_text", draft), {"text": "Пандус.", "reasons": "Сходи.", "district": ""}
    )
    assert answer.url == f"{at('start_author', draft)}?saved=text"
    assert "Олена Коваль" in client.get(answer.url).text
    answer = client.post(
        at("start_author", draft),
        {"author_name": "Коваль Олена Іванівна", "author_address": "вул. Тиха, 1"},
    )
    assert answer.url == f"{at('start_check', draft)}?saved=author"
    check = client.get(answer.url).text.replace("\u00a0", " ")
    for words in (TITLE, "Пандус.", "Сходи.", "Коваль Олена Іванівна", "вул. Тиха, 1", olena.email):
        assert words in check
    answer = client.post(at("start_check", draft))
    assert answer.url == at("sent", draft)
    sent = client.get(answer.url).text
    draft.refresh_from_db()
    assert draft.title == TITLE
    assert draft.publish_due_on.isoformat() in sent
    assert draft.publish_due_on > local_date(draft.submitted_at)


def test_streets_stand_on_it_and_in_the_api(client, whole, olena):
    street = Street.objects.create(slug="rudna", name="вулиця Рудна")
    wrong = client.post(at("start_text", whole), {"text": "Пандус.", "streets": "Нема такої"})
    assert wrong.context["form"].errors.keys() == {"streets"}
    client.post(at("start_text", whole), {"text": "Пандус.", "streets": "рудна"})
    assert list(whole.streets.all()) == [street]
    assert "вулиця Рудна" in client.get(at("start_check", whole)).text
    assert client.get(at("start_text", whole)).context["form"]["streets"].value() == "вулиця Рудна"
    shown = factories.petition(olena, State.COLLECTING)
    shown.streets.add(street)
    assert "вулиця Рудна" in client.get(shown.get_absolute_url()).text
    assert client.get(f"/api/v1/petitions/{shown.pk}/").json()["streets"][0]["slug"] == "rudna"


def test_a_page_changed_later_leads_back_to_the_check(client, whole):
    answer = client.post(at("start_text", whole), {"text": "Інакше."})
    assert answer.url == f"{at('start_check', whole)}?saved=text"


def test_similar_ones_are_shown_before_going_on(client, draft, bohdan):
    other = factories.petition(bohdan, title=TITLE, search=document(A=TITLE))
    answer = client.post(at("start_what", draft), {"title": "Пандуси в поліклініці № 5"})
    assert answer.url == f"{at('start_similar', draft)}?saved=what"
    page = client.get(answer.url).text
    assert other.get_absolute_url() in page
    assert at("start_text", draft) in page


def test_seen_while_typing_they_are_not_shown_again(client, draft, bohdan):
    other = factories.petition(bohdan, title=TITLE, search=document(A=TITLE))
    typed = {"title": "Пандуси в поліклініці № 5"}
    fragment = client.post(at("start_alike", draft), typed, headers={"HX-Request": "true"})
    assert f'name="seen" value="{other.pk}"' in fragment.text
    assert "<html" not in fragment.text
    answer = client.post(at("start_what", draft), {**typed, "seen": [other.pk]})
    assert answer.url == f"{at('start_text', draft)}?saved=what"


def test_without_similar_ones_their_page_leads_on(client, whole):
    assert client.get(at("start_similar", whole)).url == at("start_check", whole)


@pytest.mark.parametrize("step", ["what", "text", "author"])
def test_an_empty_page_is_refused_in_words(client, draft, step):
    page = client.post(at(f"start_{step}", draft), {})
    assert page.status_code == 422
    assert "data-error-summary" in page.text


def test_what_is_wrong_is_kept_in_the_form(client, draft):
    long = "довго " * 1000
    page = client.post(at("start_text", draft), {"text": long, "reasons": "Так."})
    assert page.status_code == 422
    assert long.strip() in page.text
    assert "Так." in page.text


@pytest.mark.parametrize("hidden", ["а\u202eб", "а\u2066б"])
def test_what_hides_in_a_title_is_refused(client, draft, hidden):
    assert client.post(at("start_what", draft), {"title": hidden}).status_code == 422


def test_over_the_limit_nothing_is_lost(client, draft, olena):
    for _ in range(limits.WRITE.most):
        limits.WRITE.spend(olena.pk)
    page = client.post(at("start_what", draft), {"title": TITLE})
    assert page.status_code == 429
    assert TITLE in page.text


def test_sent_meanwhile_in_another_window_it_is_not_changed(client, whole):
    client.post(at("start_check", whole))
    page = client.post(at("start_what", whole), {"title": TITLE})
    assert page.status_code == 422
    assert TITLE in page.text
    whole.refresh_from_db()
    assert whole.title != TITLE


@pytest.mark.parametrize(
    "step", ["start_what", "start_similar", "start_text", "start_author", "start_check"]
)
def test_what_was_sent_is_shown_on_its_own_page(client, whole, step):
    client.post(at("start_check", whole))
    assert client.get(at(step, whole)).url == at("own", whole)


def test_sending_twice_sends_once(client, whole):
    for _ in range(2):
        assert client.post(at("start_check", whole)).url == at("sent", whole)


@pytest.mark.parametrize("column", ["title", "text", "author_name"])
def test_what_lacks_is_said_with_the_way_to_it(client, whole, column):
    Petition.objects.update(**{column: ""})
    step = {"title": "what", "text": "text", "author_name": "author"}[column]
    for answer in (client.get(at("start_check", whole)), client.post(at("start_check", whole))):
        assert at(f"start_{step}", whole) in answer.text
    assert answer.status_code == 422


def test_nobody_without_an_email_sends(client, whole, olena):
    olena.email, olena.phone = None, "+380441234567"
    olena.save()
    page = client.get(at("start_check", whole)).text
    assert reverse("account_email") in page
    assert client.post(at("start_check", whole)).status_code == 422


def test_moderators_are_not_flooded(client, olena):
    for _ in range(limits.SUBMIT.most):
        draft = factories.petition(olena, State.DRAFT)
        assert client.post(at("start_check", draft)).url == at("sent", draft)
    draft = factories.petition(olena, State.DRAFT)
    page = client.post(at("start_check", draft))
    assert page.status_code == 429
    draft.refresh_from_db()
    assert draft.submitted_at is None


def test_a_draft_that_lacks_something_counts_for_no_try(client, olena, whole):
    Petition.objects.update(text="")
    for _ in range(limits.SUBMIT.most + 1):
        assert client.post(at("start_check", whole)).status_code == 422


def test_a_draft_is_thrown_away_after_a_question(client, whole):
    assert client.get(at("start_discard", whole)).status_code == 200
    assert Petition.objects.exists()
    client.post(at("start_discard", whole))
    assert not Petition.objects.exists()


PAGES = (
    "start_what", "start_alike", "start_similar", "start_text", "start_author", "start_check",
    "sent", "start_discard", "own", "anew", "withdraw", "news",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_it_is_nobody_elses(client, whole, bohdan, mo, name):
    for person in (bohdan, mo):
        client.force_login(person)
        address = at(name, whole)
        method = client.post if name in ("start_alike", "anew") else client.get
        assert method(address).status_code == 404


def test_pages_of_ones_own_are_kept_by_nobody_else(client, whole):
    assert client.get(at("start_text", whole))["Cache-Control"] == "private, no-store"


def test_typed_when_the_session_had_ended_it_is_there_after_signing_in(client, draft, olena):
    client.logout()
    answer = client.post(at("start_what", draft), {"title": TITLE})
    assert answer.url.startswith(reverse("account_login"))
    client.force_login(olena)
    assert TITLE in client.get(at("start_what", draft)).text
    assert TITLE not in client.get(at("start_text", draft)).text
    client.post(at("start_what", draft), {"title": "Інша назва"})
    assert TITLE not in client.get(at("start_what", draft)).text


BUDGET = {"start": 8, "start_what": 8, "start_text": 5, "start_author": 3, "start_check": 8}


@pytest.mark.parametrize("name", BUDGET)
def test_costs(client, whole, name, django_assert_max_num_queries):
    address = reverse("petitions:start") if name == "start" else at(name, whole)
    with django_assert_max_num_queries(BUDGET[name]):
        assert client.get(address).status_code == 200


def test_whoever_could_not_sign_is_led_to_what_she_lacks(client, whole):
    factories.procedure(signers="residents")
    page = client.get(at("start_check", whole))
    assert reverse("residence:mine") in page.text
    assert client.post(at("start_check", whole)).status_code == 422
    whole.refresh_from_db()
    assert whole.submitted_at is None
