"""A crowd at once: one person counts once, a threshold is crossed once, a killed server loses none.

Real transactions and, where it says so, real servers. Numbers of the promises (docs/petitions.md)
run with ``--long``; the same with fewer people always.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from threading import Event

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from petitions.answer.actions import start_review
from petitions.defence import suspicions
from petitions.models import Pending, Petition, Signature, Total
from petitions.signing import actions, counting, tokens
from tests.crowds import and_close, at_once, codes, crowd, post, until
from tests.crowds import sessions as sessions_of
from tests.petitions import factories
from tests.servers import free_port, start_web

pytestmark = pytest.mark.django_db(transaction=True)

#: More than one address may send in a day, so that none of these waits for a check.
_ADDRESSES = [f"10.{one}.{two}.7" for one in range(50) for two in range(50)]


@pytest.fixture(autouse=True)
def no_jobs(transactional_db):
    """Django empties the tables of its own models alone."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def signing(petition: Petition, person: User, number: int = 0) -> Callable[[], Signature]:
    return lambda: actions.sign(petition, by=person, address=_ADDRESSES[number])


# --- One person -----------------------------------------------------------------------------------


def test_fifty_signings_of_one_person_are_one_and_49_are_told(petition, bohdan):
    outcomes = at_once([signing(petition, bohdan)] * 50)
    assert codes(outcomes) == {"petition.signed_already": 49}
    assert Signature.objects.count() == 1


@pytest.mark.cpu(6)  # fifty requests of ten threads
def test_the_same_through_the_page(petition, bohdan):
    address = reverse("petitions:sign", args=[petition.pk])
    browser = Client()
    browser.force_login(bohdan)

    def post() -> int:
        client = Client(raise_request_exception=False)
        client.cookies = deepcopy(browser.cookies)
        return client.post(address, {}).status_code

    assert Counter(at_once([post] * 50)) == {302: 1, 403: 49}
    assert Signature.objects.count() == 1


def test_by_an_account_and_by_mail_at_once_is_one(petition, bohdan):
    asked = [
        actions.ask(petition, name="Богдан Мельник", email=email, address="10.0.0.1", language="uk")
        for email in ("bohdan@viche.example", "Bohdan+1@viche.example")
    ]
    outcomes = at_once(
        [signing(petition, bohdan)] * 4
        + [lambda each=each: actions.confirm(each) for each in asked] * 4
    )
    assert set(codes(outcomes)) <= {"petition.signed_already", "petition.link_expired"}
    assert Signature.objects.count() == 1


def test_one_link_pressed_many_times_is_one(petition):
    asked = actions.ask(
        petition, name="Дарина Січова", email="d@example.org", address="10.0.0.1", language="uk"
    )
    outcomes = at_once([lambda: actions.confirm(asked)] * 20)
    assert codes(outcomes) == {"petition.link_expired": 19}
    assert Signature.objects.count() == 1


def test_two_links_of_one_mailbox_pressed_at_once_are_one(petition):
    """Each would forget what the other holds: they wait for each other in one order."""
    for number in range(20):
        asked = [
            actions.ask(
                petition,
                name="Дарина Січова",
                email=f"d{number}@example.org",
                address=_ADDRESSES[number],
                language="uk",
            )
            for _link in range(2)
        ]
        outcomes = at_once([lambda each=each: actions.confirm(each) for each in asked], threads=2)
        assert codes(outcomes) == {"petition.link_expired": 1}
    assert Signature.objects.count() == 20


def test_parallel_guesses_are_as_few_as_others(petition):
    asked = actions.ask(
        petition, name="Дарина Січова", email="d@example.org", address="10.0.0.1", language="uk"
    )
    right = tokens.code_of(asked)
    wrong = next(code for code in ("0000-0000", "1111-1111") if code != right)
    outcomes = at_once([lambda: actions.confirm_by_code(asked, code=wrong)] * 30)
    assert codes(outcomes) == {"petition.wrong_code": 5, "petition.no_more_tries": 25}
    assert Pending.objects.get().tries == 5


def test_signing_and_taking_back_in_turns_never_counts_twice(petition, bohdan):
    def deed() -> None:
        made = actions.sign(petition, by=bohdan, address="10.0.0.1")
        actions.take_back(made, by=bohdan)

    outcomes = at_once([deed] * 30)
    assert set(codes(outcomes)) <= {"petition.signed_already", "petition.not_signed"}
    rows = Signature.objects.filter(status=Signature.Status.COUNTED)
    assert rows.count() <= 1
    counting.recount([petition.pk])
    assert Total.objects.get().counted == rows.count()


# --- A threshold, an end --------------------------------------------------------------------------


def crosses_once(number: int, threshold: int, author: User) -> None:
    """So many sign while three recounts go on: one transition, one line of the journal."""
    petition = factories.petition(author, procedure=factories.procedure(threshold=threshold))
    people = crowd(number)
    done = Event()

    def count() -> None:
        while not done.is_set():
            counting.recount([petition.pk])

    with ThreadPoolExecutor(3) as counters:
        running = [counters.submit(and_close(count)) for _ in range(3)]
        outcomes = at_once(
            (signing(petition, person, place) for place, person in enumerate(people)), threads=7
        )
        done.set()
        for each in running:
            each.result()
    assert codes(outcomes) == {}
    counting.recount([petition.pk])
    assert Signature.objects.filter(status=Signature.Status.COUNTED).count() == number
    assert Total.objects.get(pk=petition.pk).counted == number
    assert Petition.objects.get(pk=petition.pk).reached_at
    assert AuditEntry.objects.filter(event="ThresholdReached").count() == 1
    assert not AuditEntry.objects.filter(event="ThresholdLost").exists()


@pytest.fixture
def no_limits(monkeypatch):
    monkeypatch.setattr(suspicions, "SIGNING_LIMITS", {})


def test_a_crowd_crosses_a_threshold_once(olena, no_limits):
    crosses_once(120, 60, olena)


@pytest.mark.long
def test_a_thousand_cross_a_threshold_of_500_once(olena, no_limits):
    crosses_once(1000, 500, olena)


def test_nobody_signs_once_the_review_has_begun(olena, ofi, department, no_limits):
    """Whatever is stored was there when the review began; whoever was late is told so."""
    procedure = factories.procedure(threshold=20)
    petition = factories.petition(olena, procedure=procedure, department=department)
    people = crowd(200)
    factories.signatures(petition, 20)
    counting.recount([petition.pk])
    seen: list[int] = []

    def begin() -> None:
        time.sleep(0.05)  # amid the others
        start_review(petition, by=ofi, department=department)
        seen.append(Signature.objects.count())

    outcomes = at_once([begin, *(signing(petition, each) for each in people)])
    assert set(codes(outcomes)) <= {"petition.not_open"}
    assert Signature.objects.count() == seen[0]


# --- A killed server ------------------------------------------------------------------------------


def survives_kills(petition: Petition, number: int, kills: int) -> None:
    """So many sign over HTTP, each trying until she is answered, while the server is killed."""
    people = crowd(number)
    sessions = sessions_of(people)
    port, address = free_port(), reverse("petitions:sign", args=[petition.pk])
    answered: Counter[int] = Counter()
    stop = Event()

    def sign(place: int) -> None:
        while not stop.is_set():
            status = post(port, address, sessions[place], {"wants_news": "on"})
            if status in (302, 403):  # signed, or told that she has signed
                answered[status] += 1
                return
            assert status is None, status  # never a 500: the connection broke
            time.sleep(0.05)

    with ThreadPoolExecutor(8) as pool:
        running = []
        for round_ in range(kills + 1):
            with start_web(
                port=port,
                workers=2,
                SIGNATURES_PER_ADDRESS="0",
                SIGNATURES_PER_NETWORK="0",
                SIGNATURES_PER_DOMAIN="0",
                SIGNATURES_PER_HOUR="0",
            ) as web:
                if not running:
                    running = [pool.submit(sign, place) for place in range(number)]
                if round_ == kills:
                    for each in running:
                        each.result(120)
                else:
                    enough = (round_ + 1) * number // (kills + 2)
                    until(lambda enough=enough: sum(answered.values()) >= enough)
                    web.kill()
                assert "Traceback" not in web.output()
    assert sum(answered.values()) == number
    rows = Signature.objects.filter(petition=petition, status=Signature.Status.COUNTED)
    assert rows.count() == number
    assert rows.values("user").distinct().count() == number
    counting.recount([petition.pk])
    assert Total.objects.get(pk=petition.pk).counted == number


@pytest.mark.with_all
@pytest.mark.cpu(12)
def test_a_killed_server_loses_none(petition):
    survives_kills(petition, 60, kills=1)


@pytest.mark.long
def test_a_thousand_signers_and_three_kills(petition):
    survives_kills(petition, 1000, kills=3)
