"""Recording that somebody was checked: one person, one verified account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg.sql import SQL, Identifier

from accounts.identity import actions, keys
from accounts.identity.events import IdentityEnded, IdentityVerified
from accounts.models import Level, User, Verification
from core.domain.rules import Refused
from core.models import AuditEntry
from tests.accounts.identity.conftest import person_code

pytestmark = pytest.mark.django_db
CODE, OTHER_CODE = person_code(), person_code(number=456)
OFFICE = Verification.How.OFFICE


def test_it_counts_from_now_until_it_expires(charlie, verified, hear):
    told = hear(IdentityVerified, IdentityEnded)
    check = verified(charlie, person_code=CODE, age_over=18)
    assert (check.level, check.source, check.age_over) == (Level.SUBSTANTIAL, "id.gov.ua", 18)
    assert check.expires_at - check.at == timedelta(days=settings.IDENTITY_DAYS)
    assert Verification.objects.in_force().get() == check
    assert told == [IdentityVerified(charlie.pk, None, check.pk)]


def test_the_trace_holds_ids_alone(charlie, verified):
    check = verified(charlie, person_code=CODE)
    entry = AuditEntry.objects.get(event="IdentityVerified")
    assert entry.ids == {"user_id": charlie.pk, "by_id": None, "verification_id": check.pk}


def test_the_code_stands_nowhere_in_the_database(charlie, verified):
    verified(charlie, person_code=CODE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'audit')"
        )
        for table in cursor.fetchall():
            rows = SQL("SELECT count(*) FROM {} AS t WHERE t::text LIKE %s").format(
                Identifier(*table)
            )
            cursor.execute(rows, [f"%{CODE}%"])
            assert cursor.fetchone()[0] == 0, table


def test_the_key_depends_on_the_secret(settings):
    settings.PERSON_KEY_SECRET = "one"
    one = keys.person_key(CODE)
    settings.PERSON_KEY_SECRET = "other"
    assert one != keys.person_key(CODE)
    assert keys.person_key(CODE) == keys.person_key(f" {CODE[:3]} {CODE[3:]} ")


def test_a_later_check_ends_the_one_before(charlie, verified, ofi, hear):
    first = verified(charlie, person_code=CODE, age_over=18)
    told = hear(IdentityVerified, IdentityEnded)
    second = actions.verify(
        charlie, level=Level.SUBSTANTIAL, how=OFFICE, source="id_card", age_over=16, by=ofi
    )
    first.refresh_from_db()
    assert first.ended_at
    assert told == [
        IdentityEnded(charlie.pk, ofi.pk, first.pk),
        IdentityVerified(charlie.pk, ofi.pk, second.pk),
    ]
    # What was known of the same person is not forgotten.
    assert (second.person_key, second.age_over) == (first.person_key, 18)


def test_a_lower_check_takes_no_higher_level_away(charlie, verified, ofi):
    high = verified(charlie, level=Level.HIGH, person_code=CODE)
    again = actions.verify(
        charlie, level=Level.SUBSTANTIAL, how=OFFICE, source="id_card", age_over=18, by=ofi
    )
    assert (again.level, again.source, again.age_over) == (Level.HIGH, high.source, 18)
    assert again.expires_at == high.expires_at


def test_of_an_expired_higher_level_nothing_is_left(charlie, verified, clock):
    verified(charlie, level=Level.HIGH, person_code=CODE)
    clock.advance(days=settings.IDENTITY_DAYS + 1)
    assert verified(charlie, person_code=CODE).level == Level.SUBSTANTIAL


def test_one_person_has_one_verified_account(charlie, olena, verified, hear):
    verified(charlie, person_code=CODE)
    told = hear(IdentityVerified, IdentityEnded)
    with pytest.raises(Refused) as refusal:
        verified(olena, person_code=CODE)
    assert refusal.value.verdict.code == "identity.taken"
    assert refusal.value.verdict.params["way"] == "identity:merge"
    assert told == []
    assert not Verification.objects.filter(user=olena).exists()


def test_a_check_that_ran_out_on_another_account_stands_in_nobodys_way(
    charlie, olena, verified, clock
):
    old = verified(charlie, person_code=CODE)
    clock.advance(days=settings.IDENTITY_DAYS + 1)
    assert verified(olena, person_code=CODE).user == olena
    old.refresh_from_db()
    assert old.ended_at


def test_the_constraint_holds_without_the_action(charlie, olena, verified):
    check = verified(charlie, person_code=CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(
            user=olena, level=20, how="provider", person_key=check.person_key
        )


@pytest.mark.parametrize("ended", [False, True])
def test_an_account_is_not_handed_on_to_another_person(charlie, verified, clock, ended, refused):
    verified(charlie, person_code=CODE)
    if ended:
        actions.end(charlie)
    with refused("identity.another_person"):
        verified(charlie, person_code=OTHER_CODE)


def test_a_providers_own_id_says_nothing_of_a_code(charlie, verified):
    """Bank and signature are one person's: only two different codes are two people."""
    verified(charlie, source="city-id", subject="42")
    check = verified(charlie, person_code=CODE)
    assert keys.is_of_code(check.person_key)
    assert verified(charlie, source="city-id", subject="42").person_key == check.person_key


def test_who_has_no_code_is_told_apart_by_the_providers_id(charlie, olena, verified, refused):
    verified(charlie, source="city-id", subject="42")
    with refused("identity.taken"):
        verified(olena, source="city-id", subject="42")
    assert verified(olena, source="other-id", subject="42").user == olena


@pytest.mark.parametrize(
    "wrong", ["12345", "0000000000", CODE[:-1] + str((int(CODE[-1]) + 1) % 10)]
)
def test_a_wrong_code_is_refused_and_not_repeated(charlie, verified, wrong):
    with pytest.raises(Refused) as refusal:
        verified(charlie, person_code=wrong)
    assert refusal.value.verdict.code == "identity.code_wrong"
    assert wrong not in str(refusal.value)


def test_nobody_checks_herself(ofi, refused):
    with refused("account.oneself"):
        actions.verify(ofi, level=20, how=OFFICE, source="id_card", by=ofi)


def test_who_is_suspended_is_not_verified(charlie, verified, refused):
    User.objects.filter(pk=charlie.pk).update(is_active=False)
    with refused("account.suspended"):
        verified(charlie)


def test_one_may_take_it_back(charlie, verified, hear):
    check = verified(charlie, person_code=CODE)
    told = hear(IdentityEnded)
    actions.end(charlie)
    actions.end(charlie)
    assert not Verification.objects.in_force().exists()
    assert told == [IdentityEnded(charlie.pk, charlie.pk, check.pk)]


@pytest.mark.django_db(transaction=True)
def test_of_two_accounts_at_once_one_is_verified(charlie, olena):
    def attempt(user):
        try:
            actions.verify(user, level=20, how="provider", source="bank", person_code=CODE)
        except Refused as refusal:
            return refusal.verdict.code
        finally:
            connection.close()
        return "verified"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(attempt, [charlie, olena] * 4))
    assert set(told) == {"verified", "identity.taken"}
    assert Verification.objects.in_force().count() == 1
