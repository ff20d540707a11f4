"""A question and its answer are published by consent, without anything of the applicant."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from appeals import actions
from appeals.models import Answer, Appeal, State
from appeals.publishing.actions import set_consent
from appeals.publishing.applicant import contacts_in, find_applicant
from appeals.publishing.suggestions import leave_out, suggest
from core.domain.actions import action, locked
from core.domain.rules import Refused
from core.models import AuditEntry, Topic
from tests import factories as people
from tests.appeals import factories
from tests.appeals.factories import NOBODY
from tests.attack.test_deadlocks import meanwhile

pytestmark = pytest.mark.django_db

TEXT = (
    "Я, Коваль Олена Петрівна, прошу полагодити ліхтар біля школи. "
    "Мій телефон 067 123 45 67. Дякую, Коваль Олена Петрівна."
)
PUBLIC = {
    "subject": "Не світить ліхтар",
    "question": "Просять полагодити ліхтар біля школи.",
    "text": "Ліхтар відремонтовано.",
}


@pytest.fixture
def appeal(olena):
    return factories.appeal(olena, State.ANSWERED, text=TEXT)


@pytest.fixture
def answer(appeal) -> Answer:
    return appeal.answers.get()


@pytest.fixture
def boss(appeal):
    return factories.head(appeal.department)


@pytest.fixture
def published(answer, boss, olena) -> Answer:
    set_consent(answer, by=olena, agrees=True)
    return actions.publish_answer(answer, by=boss, **PUBLIC)


def refusal(do, *given, **named) -> str:
    with pytest.raises(Refused) as refused:
        do(*given, **named)
    return refused.value.verdict.code


def test_nothing_is_published_without_consent(answer, boss, olena, bohdan):
    assert refusal(actions.publish_answer, answer, by=boss, **PUBLIC) == "appeal.no_consent"
    assert refusal(set_consent, answer, by=bohdan, agrees=True) == "appeal.not_yours"
    set_consent(answer, by=olena, agrees=True)
    set_consent(answer, by=olena, agrees=True)
    actions.publish_answer(answer, by=boss, **PUBLIC)
    events = AuditEntry.objects.filter(ids__answer_id=answer.pk).order_by("pk")
    assert [entry.event for entry in events][-2:] == ["PublicationAgreed", "AnswerPublished"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(agreed_at=None)


def test_who_came_by_the_secret_agrees_too(department):
    appeal = factories.appeal(state=State.ANSWERED)
    answer = appeal.answers.get()
    assert set_consent(answer, by=NOBODY, agrees=True, holds_secret=True).agreed_at
    assert refusal(set_consent, answer, by=NOBODY, agrees=True) in {
        "account.sign_in",
        "appeal.not_yours",
    }


def test_what_is_not_answered_has_nothing_to_publish(olena):
    appeal = factories.appeal(olena, State.IN_WORK)
    boss = factories.head(appeal.department)
    draft = actions.draft_answer(appeal, by=boss, text="Так.", result="satisfied")
    assert refusal(set_consent, draft, by=olena, agrees=True) == "appeal.not_sent"


def test_an_official_of_another_department_does_not_publish(answer, olena):
    set_consent(answer, by=olena, agrees=True)
    other = people.user("other", role="officer", department=people.department("Інший", slug="x"))
    assert refusal(actions.publish_answer, answer, by=other, **PUBLIC) == "appeal.responsible_only"


def test_agreeing_no_more_takes_it_off_at_once(client, published, olena):
    url = reverse("appeals:answer", args=[published.pk])
    assert client.get(url).status_code == 200
    before = Topic.objects.get(name="answers").seq
    set_consent(published, by=olena, agrees=False)
    published.refresh_from_db()
    assert (published.published_at, published.public_text) == (None, "")
    assert Topic.objects.get(name="answers").seq == before + 1
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("words", ["ліхтарі", "зачинена аптека", "школа", "школи ліхтарів"])
def test_it_is_found_by_words_in_any_form(client, published, words):
    page = client.get(reverse("appeals:answers"), {"q": words})
    if words == "зачинена аптека":
        assert "Не світить ліхтар" not in page.content.decode()
    else:
        assert "Не світить ліхтар" in page.content.decode()


def test_the_public_pages_say_nothing_of_the_applicant(client, published, appeal):
    for url in (reverse("appeals:answers"), reverse("appeals:answer", args=[published.pk])):
        page = client.get(url).content.decode()
        assert "Не світить ліхтар" in page
        for word in ("Коваль", "067 123", appeal.residence, appeal.email, appeal.label):
            assert word not in page
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"/appeals/answers/{published.pk}/" in sitemap


def test_the_list_asks_few_queries(client, published, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(reverse("appeals:answers"), {"q": "ліхтар", "theme": "x", "district": "y"})
    with django_assert_max_num_queries(3):
        client.get(reverse("appeals:answer", args=[published.pk]))


def test_each_piece_is_suggested_once(appeal):
    name, phone = suggest([TEXT], appeal)
    assert (name.piece, name.times, name.instead) == (
        "Коваль Олена Петрівна",
        2,
        "[прізвище та ім’я]",
    )
    assert phone.piece == "067 123 45 67"
    assert leave_out(TEXT, {name.piece}, appeal).count("[прізвище та ім’я]") == 2
    assert "067 123 45 67" in leave_out(TEXT, {name.piece}, appeal)


def test_of_two_addresses_of_the_applicant_each_is_found(appeal, olena):
    appeal.email = "inna@viche.example"
    text = f"Пишіть на {appeal.email} або на {olena.email}."
    found = {text[each.start : each.end] for each in contacts_in(text, appeal)}
    assert found == {appeal.email, olena.email}


def test_at_the_desk_what_is_chosen_is_left_out_and_the_rest_published(
    client, appeal, answer, boss, olena
):
    set_consent(answer, by=olena, agrees=True)
    client.force_login(boss)
    url = reverse("appeals_desk:publish", args=[appeal.pk, answer.pk])
    page = client.get(url).content.decode()
    assert "Коваль Олена Петрівна</mark>" in page
    typed = {"subject": appeal.subject, "question": TEXT.replace(". ", ".\r\n"), "text": "Так."}
    pieces = ["Коваль Олена Петрівна", "067 123 45 67"]
    redacted = client.post(url, {**typed, "do": "leave_out", "piece": pieces})
    question = redacted.context["form"]["question"].value()
    assert question.startswith("Я, [прізвище та ім’я], прошу")
    assert "067" not in question
    typed["question"] = question
    assert client.post(url, {**typed, "do": "publish"}).status_code == 422
    done = client.post(url, {**typed, "do": "publish", "is_read": "on"})
    assert done["Location"] == reverse("appeals:answer", args=[answer.pk])
    answer.refresh_from_db()
    assert answer.public_question == question
    client.post(url, {"do": "take_off"})
    answer.refresh_from_db()
    assert answer.published_at is None


def test_the_applicant_agrees_on_a_page(client, appeal, answer, olena, bohdan):
    url = reverse("appeals:publication", args=[appeal.pk, answer.pk])
    client.force_login(bohdan)
    assert client.get(url).status_code == 404
    client.force_login(olena)
    assert url in client.get(appeal.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    client.post(url, {"agrees": "1"})
    answer.refresh_from_db()
    assert answer.agreed_at is not None
    client.post(url, {"agrees": "0"})
    answer.refresh_from_db()
    assert answer.agreed_at is None


def test_a_former_answer_is_taken_off_too(client, appeal, published, boss, olena):
    """Reopening takes it off; consent that was given anew for it can be withdrawn as well."""
    actions.reopen(appeal, by=olena, reason="Ліхтарі так і не світять.")
    published.refresh_from_db()
    assert (published.published_at, published.public_text) == (None, "")
    assert published.agreed_at is None
    factories.answered(appeal, "Тепер світять.")
    set_consent(published, by=olena, agrees=True)
    actions.publish_answer(published, by=boss, **PUBLIC)
    client.force_login(olena)
    url = reverse("appeals:publication", args=[appeal.pk, published.pk])
    assert url in client.get(appeal.get_absolute_url()).content.decode()
    client.post(url, {"agrees": "0"})
    published.refresh_from_db()
    assert (published.published_at, published.agreed_at) == (None, None)
    set_consent(published, by=olena, agrees=True)
    actions.publish_answer(published, by=boss, **PUBLIC)
    client.force_login(boss)
    url = reverse("appeals_desk:publish", args=[appeal.pk, published.pk])
    assert url in client.get(reverse("appeals_desk:detail", args=[appeal.pk])).content.decode()
    client.post(url, {"do": "take_off"})
    published.refresh_from_db()
    assert published.published_at is None


@pytest.mark.parametrize("field", ["subject", "question", "text"])
@pytest.mark.parametrize(
    "contact", ["olena.koval@example.org", "Olena.Koval@Example.org", "+38 (067) 555-12-34"]
)
def test_a_contact_of_the_applicant_is_never_published(olena, field, contact):
    appeal = factories.appeal(olena, State.ANSWERED, phone="0675551234")
    answer = set_consent(appeal.answers.get(), by=olena, agrees=True)
    words = {**PUBLIC, field: f"Пишіть: {contact}."}
    boss = factories.head(appeal.department)
    assert refusal(actions.publish_answer, answer, by=boss, **words) == "appeal.public_contact"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Дякую за відповідь. Квітка", ["Квітка"]),
        ("Відповідь надано Квітці Ганні Іванівні.", ["Квітці Ганні Іванівні"]),
        ("Біля Садової 7 темно.", ["Садової 7"]),
        ("Живу на вул. Садова, буд. 7 кв 3.", ["вул. Садова, буд. 7 кв 3"]),
        ("Пишіть на olena.koval@example.org.", ["olena.koval@example.org"]),
        ("Ганна з іншого будинку згодна.", []),
    ],
)
def test_what_the_appeal_itself_says_of_the_applicant_is_found(text, pieces):
    appeal = factories.filed(
        name="Квітка Ганна Іванівна", residence="вул. Садова, 7, кв. 3", phone="555-12-34"
    ).appeal
    if "Садової" in text:
        appeal.residence = "Садової, 7"  # another case of a street is another word
    assert [text[each.start : each.end] for each in find_applicant(text, appeal)] == pieces


def test_the_organisation_in_whose_name_it_was_is_found():
    appeal = Appeal(name="Квітка Ганна", organisation_name="ФОП «Квітка Г. І.»")
    text = "На звернення ФОП Квітка Г. І. відповідаємо."
    (found,) = find_applicant(text, appeal)
    assert text[found.start : found.end] == "ФОП Квітка Г. І"


@pytest.mark.django_db(transaction=True)
def test_consent_withdrawn_while_it_is_being_published_wins(answer, boss, olena):
    """Both lock the appeal first: the later one sees what the earlier has done."""
    set_consent(answer, by=olena, agrees=True)
    ended: list[str] = []

    def publish() -> None:
        try:
            actions.publish_answer(answer, by=boss, **PUBLIC)
        except Refused as refused:
            ended.append(refused.verdict.code)

    with meanwhile(publish) as begin, action():
        locked(answer.appeal)
        begin()
        set_consent(answer, by=olena, agrees=False)
    assert ended == ["appeal.no_consent"]
    answer.refresh_from_db()
    assert (answer.published_at, answer.agreed_at) == (None, None)
