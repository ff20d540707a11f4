"""A petition without enough signatures is considered as an appeal: one number, one term, one
answer, which may then be published."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import close_old_connections, connections

from accounts.data import actions as data
from accounts.identity.handlers import merge
from appeals import actions as appeals
from appeals.models import Appeal, Reading
from appeals.models import State as AppealState
from core.domain import clock as database_clock
from core.domain.actions import action, locked
from core.domain.calendar import last_date
from petitions.answer import actions as answer_actions
from petitions.as_appeal.considered import UNREAD, load_considered
from petitions.events import AppealProgressed, CollectionEnded
from petitions.life import thresholds as actions
from petitions.models import Answer, Petition, State
from petitions.queries import to_read
from tests.appeals import factories as appeal_factories
from tests.attack.test_deadlocks import meanwhile
from tests.petitions import factories

pytestmark = pytest.mark.django_db
WORDS = {"asked": "Доріжку.", "decided": "Буде навесні.", "signed_as": "Міський голова"}


def answered(petition: Petition, text: str = "Буде навесні.") -> Appeal:
    """Its appeal, answered by the petition's department."""
    clerk = appeal_factories.registrar()
    department = petition.department or appeal_factories.office()
    appeal = Appeal.objects.get(pk=petition.appeal_id)
    appeals.accept(appeal, by=clerk, department=department)
    appeal_factories.answered(Appeal.objects.get(pk=appeal.pk), text)
    return Appeal.objects.get(pk=appeal.pk)


def test_it_has_what_the_petition_said_and_nobody_who_signed(olena):
    petition = factories.as_appeal(
        olena, signed=3, author_address="вул. Тиха, 1", author_phone="067 000 00 00"
    )
    appeal = petition.appeal
    assert (appeal.author, appeal.name) == (olena, petition.author_name)
    assert (appeal.residence, appeal.phone) == ("вул. Тиха, 1", "067 000 00 00")
    assert appeal.email == olena.email
    assert (appeal.subject, appeal.people) == (petition.title, 3)
    assert appeal.text.startswith(petition.text)
    assert appeal.text.endswith(petition.reasons)
    assert appeal.origin == f"петиція № {petition.pk}"
    assert last_date(appeal.received_at) == petition.last_day
    told = [each.words for each in appeal.entries.order_by("at", "pk")]
    assert told[2] == "Збір завершено: 3 підписи; потрібно було 1000."
    assert "Підписантка" not in f"{appeal.text} {told}"


def test_it_comes_once(olena, emitted):
    petition = factories.as_appeal(olena)
    assert actions.tell_what_passed() == 0
    assert Appeal.objects.count() == 1
    assert emitted.count(CollectionEnded(petition.pk, None)) == 1


def test_what_a_former_version_handed_over_comes_too_and_is_not_told_again(olena, emitted):
    petition = factories.petition(olena, State.NOT_REACHED)
    due_on = petition.last_day
    Petition.objects.update(handed_over_at=petition.closes_at, answer_due_on=due_on)
    assert actions.tell_what_passed() == 1
    petition.refresh_from_db()
    assert (petition.handed_over_at, petition.answer_due_on) == (petition.closes_at, None)
    assert petition.appeal is not None
    assert CollectionEnded(petition.pk, None) not in emitted


def test_what_was_withdrawn_or_answered_does_not(olena):
    for state in (State.WITHDRAWN, State.ANSWERED, State.REACHED, State.COLLECTING):
        factories.petition(olena, state)
    assert actions.tell_what_passed() == 0
    assert not Appeal.objects.exists()


def test_the_petition_of_an_erased_account_comes_under_its_published_name(olena):
    petition = factories.petition(olena, State.NOT_REACHED, author_name="Коваль Олена")
    data.erase(olena, by=olena)
    assert actions.tell_what_passed() == 1
    petition.refresh_from_db()
    appeal = petition.appeal
    assert (appeal.name, appeal.email, appeal.residence) == ("Коваль Олена", "", "")
    assert not appeal.has_readers_page


def test_it_goes_with_its_petition_when_accounts_join(olena, bohdan):
    petition = factories.as_appeal(olena)
    merge(bohdan, olena)
    petition.refresh_from_db()
    assert petition.author == Appeal.objects.get().author == bohdan


@pytest.mark.django_db(transaction=True)
def test_many_jobs_at_once_register_each_once(olena):
    for _number in range(3):
        factories.petition(olena, State.NOT_REACHED)

    def tell(_number: int) -> int:
        close_old_connections()
        try:
            return actions.tell_what_passed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(tell, range(8)))
    assert sum(told) == 3
    numbers = Appeal.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_whoever_works_on_the_appeal_waits_for_nobody_who_counts(olena):
    """Who counts has the petition and waits for the appeal; who has the appeal asks for no more."""
    petition = factories.as_appeal(olena, procedure=factories.procedure(threshold=2))
    factories.signatures(petition, 2)
    with meanwhile(partial(actions.settle_threshold, petition.pk)) as begin, action():
        appeal = locked(petition.appeal)
        begin()
        appeals.withdraw(appeal, by=olena)
    petition.refresh_from_db()
    assert petition.reached_at is None
    assert petition.appeal.state_at(database_clock.now()) == AppealState.WITHDRAWN


# --- what pages show ------------------------------------------------------------------------------


def test_everybody_reads_its_number_and_term_and_no_more(client, olena):
    petition = factories.as_appeal(olena, author_address="вул. Тиха, 1")
    page = client.get(petition.get_absolute_url()).text
    assert f"Розглядається як звернення №\u00a0{petition.appeal.label}" in page
    assert "Тиха" not in page
    shown = to_read(petition.pk)
    assert shown is not None
    unread = shown.petition.appeal.get_deferred_fields()
    assert {f"appeal__{name.removesuffix('_id')}" for name in unread} == set(UNREAD)


def test_the_page_costs_no_query_more(client, olena, django_assert_num_queries):
    petition = factories.as_appeal(olena)
    with django_assert_num_queries(1):
        shown = to_read(petition.pk)
        assert shown is not None
        assert shown.late == ""
        assert shown.considered == load_considered(shown.petition, shown.now)


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ("answered", "відповідь надано авторові"),
        ("forwarded", "переслано за належністю"),
        ("returned", "розгляд завершено"),
    ],
)
def test_everybody_reads_how_it_ended(client, olena, department, emitted, ended, words):
    petition = factories.as_appeal(olena, department=department)
    client.get(petition.get_absolute_url())
    clerk = appeal_factories.registrar()
    if ended == "answered":
        answered(petition, "Лише для авторки.")
    elif ended == "forwarded":
        appeals.forward(petition.appeal, by=clerk, to="Районна рада")
    else:
        appeals.return_(petition.appeal, by=clerk, ground="malformed", note="Лише для авторки.")
    assert AppealProgressed(petition.pk, None) in emitted
    page = client.get(petition.get_absolute_url()).text
    assert words in page
    assert "Лише для авторки." not in page


def test_its_author_finds_the_appeal_from_the_petition(client, olena):
    petition = factories.as_appeal(olena)
    client.force_login(olena)
    page = client.get(f"/petitions/mine/{petition.pk}/").text
    assert f'href="{petition.appeal.get_absolute_url()}"' in page


def test_the_api_and_the_open_data_say_by_when(client, olena):
    petition = factories.as_appeal(olena)
    due_on = last_date(petition.appeal.due_at).isoformat()
    one = client.get(f"/api/v1/petitions/{petition.pk}/").json()
    (listed,) = client.get("/api/v1/petitions/").json()["results"]
    assert one["answer_due_on"] == listed["answer_due_on"] == due_on
    rows = b"".join(client.get("/petitions/data.csv").streaming_content).decode()
    assert due_on in rows


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_of_petitions_owes_nothing_and_leads_to_the_appeal(client, olena, ofi, department):
    petition = factories.as_appeal(olena, department=department)
    client.force_login(ofi)
    assert petition.title not in client.get("/desk/petitions/").text
    assert petition.appeal.label in client.get("/desk/petitions/?state=not_reached").text
    there = f"/desk/appeals/{petition.appeal_id}/"
    address = f"/desk/petitions/{petition.pk}/"
    assert there not in client.get(address).text  # another department has it
    appeals.accept(petition.appeal, by=appeal_factories.registrar(), department=department)
    page = client.get(address).text
    assert there in page
    assert f"{address}answer/" not in page


def test_the_answer_opens_with_what_the_author_got_without_what_tells_of_them(
    client, olena, ofi, department
):
    petition = factories.as_appeal(
        olena, department=department, author_phone="067 123 45 67", author_address="вул. Тиха, 1"
    )
    answered(petition, "Доріжку збудуємо навесні. Телефонували Вам: 067 123 45 67.")
    address = f"/desk/petitions/{petition.pk}/answer/"
    client.force_login(ofi)
    assert address in client.get(f"/desk/petitions/{petition.pk}/").text
    opened = client.get(address).text
    assert "Доріжку збудуємо навесні." in opened
    assert "123 45 67" not in opened
    assert Reading.objects.filter(appeal=petition.appeal_id, user=ofi).exists()
    rows = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0"}
    named = client.post(address, {**WORDS, "decided": "Дзвоніть 0671234567.", **rows})
    assert named.status_code == 422
    assert not Answer.objects.exists()
    assert client.post(address, {**WORDS, **rows}).status_code == 302
    page = client.get(f"/petitions/{petition.pk}/answer/").text
    assert petition.appeal.label in page
    assert "Буде навесні." in page


def test_nobody_publishes_before_its_author_has_the_answer(olena, ofi, department, refused):
    petition = factories.as_appeal(olena, department=department)
    with refused("petition.appeal_first"):
        answer_actions.answer(petition, by=ofi, **WORDS)
    answered(petition)
    answer_actions.answer(petition, by=ofi, **WORDS)
    now = database_clock.now()
    petition.refresh_from_db()
    assert petition.state_at(now) == State.ANSWERED
    assert petition.appeal.state_at(now) == AppealState.ANSWERED
