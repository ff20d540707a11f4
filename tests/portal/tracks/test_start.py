"""What somebody wants to say becomes a remark or a petition; nothing typed is lost."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from appeals.models import State as AppealState
from consultations.models import Consultation, Remark
from core.db.search import document
from core.domain import clock
from petitions.models import Petition, State
from portal.tracks import likeness
from portal.tracks.views import SEEK
from tests import factories
from tests.appeals import factories as factories_of_appeals
from tests.petitions.factories import petition

pytestmark = pytest.mark.django_db

START = "/start/"
TEXT = "Літні майданчики кав’ярень заважають спати.\nЗробіть, щоб вони працювали до 22:00."


def press(client, url, **fields):
    """Press a button of the page that offers the forms, as somebody who edits their words last."""
    return client.post(url, {"begin": "1", "text": TEXT, "track": "unsure", **fields})


def page(answer):
    return html.unescape(answer.content.decode())


@pytest.fixture
def terrace(opened, ofi):
    """An open consultation that search knows."""
    opened.search = document(A=opened.title, B="Про літні майданчики кав’ярень.")
    opened.summary = "Про літні майданчики кав’ярень."
    opened.save(update_fields=["search", "summary"])
    return opened


def test_the_page_is_shared_and_needs_no_account(client, opened, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        answer = client.get(START)
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not answer.cookies
    assert "1 000 людей" in page(answer).replace("\xa0", " ")
    assert client.get("/en/start/").status_code == 200


def test_an_empty_form_says_what_is_missing(client, opened):
    answer = client.post(START, {"text": " ", "track": "petition"})
    assert answer.status_code == 422
    assert "достатньо одного речення" in page(answer)


def test_what_is_about_the_same_is_offered_first(client, terrace, olena, ofi):
    title = "Прибрати літні майданчики з тротуарів"
    asked = petition(olena, title=title, search=document(A=title))
    other = petition(olena, title="Пандус біля лікарні", search=document(A="Пандус біля лікарні"))
    shown = page(client.post(START, {"text": TEXT}))
    assert terrace.get_absolute_url() in shown
    assert asked.get_absolute_url() in shown
    assert other.get_absolute_url() not in shown
    assert TEXT in shown


def test_drafts_are_offered_by_likeness_not_by_their_last_day(client, department, ofi):
    sooner = factories.consultation(department, title="Про собак у парках")
    later = factories.consultation(department, title="Нова мережа міських маршрутів")
    later.closes_at = sooner.closes_at + timedelta(days=9)
    later.summary = "Автобуси ходитимуть частіше."
    later.problem = "Степове й Кар’єрне не мають прямого маршруту до школи."
    later.search = document(A=later.title, B=f"{later.summary} {later.problem}")
    later.save()
    answer = client.post(START, {"text": "Автобус № 7а", "track": "remark"})
    (track,) = answer.context["tracks"]
    assert [str(target.title) for target in track.targets] == [later.title, sooner.title]
    assert ".20" not in str(track.targets[0].meaning), "a day in words"
    # Enough other words in its summary make it alike without any in its title.
    text = "З Кар’єрного автобус не їде, діти не доїдуть до школи."
    assert later.get_absolute_url() in page(client.post(START, {"text": text}))


def test_a_published_answer_is_offered(client, olena):
    answered = factories_of_appeals.appeal(olena, AppealState.ANSWERED).answers.get()
    answered.public_subject = "Коли закривають літні майданчики"
    answered.public_search = document(A=answered.public_subject)
    answered.save(update_fields=["public_subject", "public_search"])
    asked = {"text": "Літні майданчики гудуть уночі"}
    assert answered.public_subject not in page(client.post(START, asked))  # not public yet
    answered.published_at, answered.published_by = clock.now(), answered.by
    answered.public_question, answered.public_text = "Коли?", "О десятій."
    answered.agreed_at = answered.agreed_at or clock.now()
    answered.save()
    shown = page(client.post(START, asked))
    assert answered.public_subject in shown
    assert reverse("appeals:answer", args=[answered.pk]) in shown


def test_refused_petitions_and_drafts_are_not_offered(client, olena):
    title = "Літні майданчики заважають спати"
    for state in (State.DRAFT, State.MODERATION, State.REFUSED, State.WITHDRAWN):
        petition(olena, state, title=title, search=document(A=title))
    assert title not in page(client.post(START, {"text": TEXT}))


@pytest.mark.parametrize("text", ["!!!", "і це все", "x" * 5000, "прошу " * 800])
def test_any_words_are_taken(client, opened, text):
    answer = client.post(START, {"text": text})
    assert answer.status_code == 200
    assert text.strip() in page(answer)


def test_it_costs_few_queries_at_any_size(client, terrace, olena, django_assert_max_num_queries):
    for number in range(5):
        title = f"Літні майданчики заважають спати {number}"
        petition(olena, title=title, search=document(A=title))
        each = factories.consultation(terrace.department)
        Consultation.objects.filter(pk=each.pk).update(search=terrace.search, title=title)
    with django_assert_max_num_queries(12):
        shown = page(client.post(START, {"text": TEXT}))
    assert shown.count('<article class="card">') == 6


def test_the_remark_form_holds_the_words(client, terrace, olena):
    client.force_login(olena)
    speak = reverse("consultations:speak", args=[terrace.pk])
    answer = press(client, speak)
    assert answer.url == speak
    assert TEXT in page(client.get(speak))
    assert not Remark.objects.exists()
    other = factories.consultation(terrace.department)
    assert TEXT not in page(client.get(reverse("consultations:speak", args=[other.pk])))
    client.post(speak, {"kind": "remark", "text": TEXT})
    assert Remark.objects.get().comment.text == TEXT
    assert TEXT not in page(client.get(speak))


def test_the_words_outlive_signing_in(client, terrace, olena):
    speak = reverse("consultations:speak", args=[terrace.pk])
    press(client, speak)
    assert client.get(speak).url.startswith(reverse("account_login"))
    client.force_login(olena)
    assert TEXT in page(client.get(speak))


def test_a_petition_begins_with_the_words(client, olena):
    start = reverse("petitions:start")
    assert press(client, start).url == start
    assert not Petition.objects.exists()
    assert "Літні майданчики кав’ярень заважають спати." in page(client.get(start))
    client.force_login(olena)
    answer = client.post(start)
    draft = Petition.objects.get()
    assert answer.url == reverse("petitions:start_what", args=[draft.pk])
    assert draft.text == TEXT
    assert draft.title == "Літні майданчики кав’ярень заважають спати"
    assert draft.title in page(client.get(answer.url))
    assert TEXT in page(client.get(reverse("petitions:start_text", args=[draft.pk])))
    client.post(start)  # the words stand in the first: another one is empty
    assert Petition.objects.filter(text="").count() == 1


def test_a_long_sentence_is_no_title(client, olena):
    client.force_login(olena)
    client.post(reverse("petitions:start"), {"begin": "1", "text": "дуже " * 40})
    client.post(reverse("petitions:start"))
    assert Petition.objects.get().title == ""


def test_the_words_come_back_to_the_choice(client, opened):
    shown = page(client.post(START, {"text": TEXT, "track": "petition", "back": "1"}))
    assert TEXT in shown
    assert "checked" in shown


def test_a_page_of_another_site_is_refused(client, opened):
    answer = client.post(START, {"text": TEXT}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert client.post(START, {"text": TEXT}, headers={"Origin": "http://testserver"})


def test_too_many_texts_of_one_client_are_not_looked_for_and_nothing_is_lost(client, opened):
    for _time in range(SEEK.most):
        SEEK.spend_client(("127.0.0.1",))
    answer = client.post(START, {"text": TEXT})
    assert answer.status_code == 429
    assert TEXT.partition("\n")[0] in page(answer)
    assert client.post(START, {"text": TEXT, "back": "1"}).status_code == 200


def test_the_newest_alone_are_ranked(client, olena, monkeypatch):
    title = "Прибрати літні майданчики з тротуарів"
    older, newer = (petition(olena, title=title, search=document(A=title)) for _each in "12")
    assert older.get_absolute_url() in page(client.post(START, {"text": title}))
    monkeypatch.setattr(likeness, "MOST_RANKED", 1)
    found = page(client.post(START, {"text": title}))
    assert newer.get_absolute_url() in found
    assert older.get_absolute_url() not in found
