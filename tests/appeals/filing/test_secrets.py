"""The secret of a person without an account: long, forgiving, stored hashed, replaced."""

from __future__ import annotations

import math
import re
from datetime import date

import pytest

from appeals import actions, secrets
from appeals.models import Appeal, State
from tests.appeals import factories
from tests.appeals.factories import NOBODY

pytestmark = pytest.mark.django_db


def test_it_has_128_bits_and_more():
    made = {secrets.new_secret() for _each in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]", one) for one in made)
    assert 26 * math.log2(32) >= 128


def test_only_a_keyed_hash_is_stored(settings):
    filed = factories.filed()
    stored = bytes(Appeal.objects.get().secret_hash)
    assert stored == secrets.hash_of(filed.secret)
    assert len(stored) == 32
    settings.SECRET_KEY = "another-key-of-the-site-that-is-long-enough-for-django"
    assert secrets.hash_of(filed.secret) != stored


def test_it_opens_its_own_appeal_alone():
    one, two = factories.filed(), factories.filed()
    day = one.appeal.registered_on
    find = secrets.find_by_secret
    assert find(1, day, one.secret) == one.appeal
    assert find(2, day, two.secret) == two.appeal
    assert find(2, day, one.secret) is None
    assert find(1, date(2020, 1, 1), one.secret) is None
    assert find(99, day, one.secret) is None
    assert find(1, day, "") is None
    assert find(1, day, one.secret[:-1]) is None


def test_it_is_taken_as_people_type_it():
    filed = factories.filed()
    typed = filed.secret.lower().replace("-", " ")
    typed = typed.replace("0", "o").replace("1", "l").replace("a", "а").replace("x", "х")
    assert secrets.find_by_secret(1, filed.appeal.registered_on, typed) == filed.appeal


def test_an_author_with_an_account_has_none(olena):
    filed = factories.filed(olena)
    assert filed.secret == ""
    assert filed.appeal.secret_hash is None
    assert secrets.find_by_secret(1, filed.appeal.registered_on, "") is None


def test_a_mailed_one_replaces_it_when_it_is_used():
    filed = factories.filed()
    appeal, day = filed.appeal, filed.appeal.registered_on
    unused, fresh = actions.offer_secret(appeal), actions.offer_secret(appeal)
    assert actions.open_by_secret(1, day, filed.secret) == appeal
    assert actions.open_by_secret(1, day, unused) is None
    assert actions.open_by_secret(1, day, fresh) == appeal
    assert actions.open_by_secret(1, day, filed.secret) is None
    assert actions.open_by_secret(1, day, fresh) == appeal


def test_the_office_gives_one_for_what_came_on_paper_alone(olena):
    clerk = factories.registrar()
    with factories.refused("appeal.has_a_secret"):
        actions.renew_secret(factories.filed().appeal, by=clerk, reason="Паспорт")
    with factories.refused("appeal.has_an_account"):
        actions.renew_secret(factories.filed(olena).appeal, by=clerk, reason="Паспорт")
    appeal = actions.file(by=clerk, via=Appeal.Via.LETTER, **factories.WORDS).appeal
    with factories.refused("account.sign_in"):
        actions.renew_secret(appeal, by=NOBODY, reason="Паспорт")
    with factories.refused("appeal.identity_missing"):
        actions.renew_secret(appeal, by=clerk, reason=" ")
    with factories.refused("appeal.no_secret"):
        actions.offer_secret(appeal)
    code = actions.renew_secret(appeal, by=clerk, reason="Паспорт")
    assert secrets.find_by_secret(appeal.number, appeal.registered_on, code) == appeal
    assert appeal.entries.get(kind="secret").words == "Паспорт"


def test_one_made_of_the_same_source_is_the_same():
    one, same, other = (secrets.new_secret(source) for source in ("a", "a", "b"))
    assert one == same != other
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]", one)


def test_what_it_lets_one_do(olena):
    appeal = factories.appeal(None, State.ANSWERED)
    with factories.refused("appeal.not_yours"):
        actions.rate(appeal, by=olena, rating=1)
    actions.rate(appeal, by=NOBODY, rating=1, words="Не світять", holds_secret=True)
    appeal = actions.reopen(appeal, by=NOBODY, reason="Не світять", holds_secret=True)
    actions.withdraw(appeal, by=NOBODY, holds_secret=True)
