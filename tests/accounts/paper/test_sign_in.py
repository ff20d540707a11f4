"""Signing in by an account number and the next code of a sheet."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from accounts.events import PaperCodeUsed
from accounts.limits import SHEET, SHEET_OF_ACCOUNT
from accounts.models import PaperSheet
from accounts.paper import actions
from accounts.paper.codes import group_digits, new_code, new_number
from city.models import District
from core.domain.rules import Refused
from tests import factories
from tests.accounts.paper.conftest import MARIA

ADDRESS = "/account/paper/"


def sign_in(client: Client, number: str, code: str, **more: str):
    return client.post(ADDRESS, {"number": number, "code": code, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_she_gets_in_and_to_where_she_wanted(client, sheet, hear):
    told = hear(PaperCodeUsed)
    page = sign_in(client, group_digits(sheet.number), sheet.codes[0], next="/consultations/")
    assert page.status_code == 302
    assert page["Location"] == "/consultations/"
    assert is_in(client)
    made = PaperSheet.objects.get()
    assert told == [PaperCodeUsed(sheet.user.pk, sheet.user.pk, made.pk)]
    assert made.left == actions.CODES - 1


@pytest.mark.django_db
def test_never_to_another_site(client, sheet):
    page = sign_in(client, sheet.number, sheet.codes[0], next="https://evil.example/")
    assert page["Location"] == "/account/me/"


@pytest.mark.django_db
def test_each_code_once_in_any_handwriting(client, sheet):
    written = sheet.codes[0].replace("-", " ").replace("0", "О").replace("3", "З")
    assert sign_in(client, sheet.number, written).status_code == 302
    client.logout()
    assert sign_in(client, sheet.number, sheet.codes[0]).status_code == 422
    assert not is_in(client)
    assert sign_in(client, sheet.number, sheet.codes[1]).status_code == 302


@pytest.mark.django_db
def test_a_later_code_spends_those_before_it(client, sheet):
    assert sign_in(client, sheet.number, sheet.codes[4]).status_code == 302
    client.logout()
    assert sign_in(client, sheet.number, sheet.codes[2]).status_code == 422
    assert sign_in(client, sheet.number, sheet.codes[5]).status_code == 302


@pytest.mark.django_db
def test_to_the_last_one(client, sheet):
    assert sign_in(client, sheet.number, sheet.codes[-1]).status_code == 302
    page = client.get("/account/me/")
    assert "останній код" in page.content.decode() or "last code" in page.content.decode()
    assert PaperSheet.objects.get().left == 0


@pytest.mark.django_db
def test_wrong_spent_void_expired_and_unknown_say_and_ask_the_same(
    client, sheet, ofi, clock, django_assert_num_queries
):
    def answer(number: str, code: str) -> tuple[int, str]:
        client.cookies.clear()
        with django_assert_num_queries(4):  # three limits, the sheet
            page = sign_in(client, number, code)
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
        return page.status_code, text[text.index("<main") :].replace(number, "").replace(code, "")

    actions.use_code(sheet.number, sheet.codes[0])
    wrong = answer(sheet.number, new_code(actions.PURPOSE)[0])
    assert wrong[0] == 422
    assert answer(sheet.number, sheet.codes[0]) == wrong
    assert answer(new_number(), sheet.codes[1]) == wrong
    actions.new_sheet(sheet.user, by=ofi)
    assert answer(sheet.number, sheet.codes[1]) == wrong
    clock.advance(days=2 * 365 + 1)
    assert answer(sheet.number, sheet.codes[1]) == wrong


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["number", "code"])
def test_a_slip_of_the_pen_is_told_and_nothing_is_lost(client, sheet, field):
    values = {"number": sheet.number, "code": sheet.codes[0]}
    wrong = values[field][:-1] + str((int(values[field][-1]) + 1) % 10)
    page = client.post(ADDRESS, values | {field: wrong})
    assert page.status_code == 422
    assert wrong in page.content.decode()
    assert list(page.context["form"].errors) == [field]
    assert sign_in(client, sheet.number, sheet.codes[0]).status_code == 302


@pytest.mark.django_db
def test_guessing_from_one_place_ends_and_does_not_lock_the_owner_out(sheet):
    guesser = Client(REMOTE_ADDR="198.51.100.7")
    statuses = Counter(
        sign_in(guesser, sheet.number, new_code(actions.PURPOSE)[0]).status_code
        for _ in range(SHEET.most + 3)
    )
    assert statuses == {422: SHEET.most, 429: 3}
    owner = Client(REMOTE_ADDR="203.0.113.5")
    assert sign_in(owner, sheet.number, sheet.codes[0]).status_code == 302


@pytest.mark.django_db
def test_from_everywhere_it_ends_too(sheet):
    for _ in range(SHEET_OF_ACCOUNT.most):
        assert SHEET_OF_ACCOUNT.spend(sheet.number)
    page = sign_in(Client(REMOTE_ADDR="198.51.100.9"), sheet.number, sheet.codes[0])
    assert page.status_code == 429


@pytest.mark.django_db
def test_suspended_she_does_not_get_in(client, sheet):
    sheet.user.is_active = False
    sheet.user.save()
    page = sign_in(client, sheet.number, sheet.codes[0])
    assert page["Location"] == "/account/suspended/"
    assert not is_in(client)


@pytest.mark.django_db
def test_a_code_of_another_purpose_opens_nothing(sheet):
    from accounts.paper.codes import digest_of

    made = PaperSheet.objects.get()
    plain = new_code("residence")[0]
    made.digests[0] = digest_of(plain, "residence")
    made.save()
    with pytest.raises(Refused):
        actions.use_code(sheet.number, plain)


def test_fifty_at_once_and_one_gets_in(transactional_db):
    ofi = factories.user("ofi", role="officer", department=factories.department())
    north = District.objects.create(name="Північний", slug="north")
    maria = actions.register(by=ofi, district=north, **MARIA)
    made, codes = actions.new_sheet(maria, by=ofi)

    def enter(_number: int) -> str:
        try:
            actions.use_code(made.account.number, codes[3])
        except Refused as refused:
            return refused.verdict.code
        finally:
            connections.close_all()
        return "in"

    with ThreadPoolExecutor(max_workers=10) as threads:
        answers = Counter(threads.map(enter, range(50)))
    assert answers == {"in": 1, "paper.wrong": 49}
    assert PaperSheet.objects.get().next_place == 4


def test_parallel_guesses_with_a_new_false_address_each_stay_within_the_limit(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_limit")
    number = new_number()

    def guess(at: int) -> int:
        try:
            client = Client(headers={"X-Forwarded-For": f"203.0.113.{at}"})
            return sign_in(client, number, new_code(actions.PURPOSE)[0]).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as threads:
        answers = Counter(threads.map(guess, range(40)))
    assert answers == {422: SHEET.most, 429: 40 - SHEET.most}
