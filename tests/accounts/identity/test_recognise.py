"""One living person counts once, whichever of her accounts she is confirmed in, erased ones too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from accounts.data import register, retention
from accounts.data.actions import erase
from accounts.identity import actions
from accounts.identity import keys as person_keys
from accounts.identity.events import PersonRecognised
from accounts.identity.joining import merge
from accounts.models import Level, PersonKey, User, Verification
from consultations.models import Remark
from consultations.remarks import actions as consultations
from core.domain import events
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions.models import Comment, Reaction
from tests import factories
from tests.accounts.identity.conftest import gone_and_back, person_code

pytestmark = pytest.mark.django_db
CODE, OTHER_CODE = person_code(), person_code(number=456)
CITY_ID = {"provider": "city-id", "level": Level.SUBSTANTIAL}


@pytest.fixture
def others(department, bohdan) -> Remark:
    """Somebody else's remark, to be supported."""
    opened = factories.consultation(department)
    return consultations.remark(opened, by=bohdan, text="Так краще.")


def totals(remark) -> tuple[int, int, list[int]]:
    comment = Comment.objects.get(pk=remark.pk)
    by = Reaction.objects.filter(comment=comment).order_by("user")
    return comment.agrees, comment.disagrees, list(by.values_list("user", flat=True))


def gone(user: User) -> User:
    erase(user, by=user)
    user.refresh_from_db()
    return user


# --- an erased account --------------------------------------------------------------------------


def test_who_comes_back_supports_nothing_twice(charlie, olena, others, verified, hear):
    verified(charlie, person_code=CODE)
    consultations.react(others, by=charlie, value=1)
    gone(charlie)
    assert totals(others) == (1, 0, [charlie.pk])  # the count is unchanged
    consultations.react(others, by=olena, value=-1)  # under her new account, not confirmed yet
    assert totals(others)[:2] == (1, 1)

    told = hear(PersonRecognised)
    check = verified(olena, person_code=CODE)
    assert told == [PersonRecognised(olena.pk, charlie.pk)]
    assert check.came_back
    assert totals(others) == (0, 1, [olena.pk])


def test_what_she_supported_is_hers_again(charlie, olena, others, verified):
    verified(charlie, person_code=CODE)
    consultations.react(others, by=charlie, value=1)
    gone(charlie)
    verified(olena, person_code=CODE)
    assert totals(others) == (1, 0, [olena.pk])
    consultations.react(others, by=olena, value=0)
    assert totals(others) == (0, 0, [])


def test_her_words_stay_a_deleted_users(charlie, olena, others, verified):
    verified(charlie, person_code=CODE)
    said = consultations.remark(others.consultation, by=charlie, text="Моя думка.")
    consultations.react(others, by=charlie, value=1)
    gone(charlie)
    verified(olena, person_code=CODE)
    said.comment.refresh_from_db()
    assert said.comment.author == charlie
    assert said.comment.author.public_name == "видалений користувач"


def test_nothing_leads_from_her_to_the_erased_account(charlie, olena, others, verified):
    verified(charlie, person_code=CODE)
    consultations.react(others, by=charlie, value=1)
    gone(charlie)
    verified(olena, person_code=CODE)
    assert not PersonKey.objects.filter(user=charlie).exists()
    assert not AuditEntry.objects.filter(event="PersonRecognised").exists()


def test_a_key_without_anything_that_counts_goes_with_the_account(charlie, olena, verified):
    verified(charlie, person_code=CODE)
    gone(charlie)
    assert not PersonKey.objects.exists()
    assert not verified(olena, person_code=CODE).came_back


def test_a_key_that_is_kept_says_nothing_else(charlie, others, verified):
    verified(charlie, person_code=CODE)
    consultations.react(others, by=charlie, value=1)
    gone(charlie)
    [kept] = PersonKey.objects.all()
    assert (kept.user_id, CODE in kept.key, len(kept.key)) == (charlie.pk, False, 64)
    assert not Verification.objects.exists()


def test_gone_and_back_twice(charlie, olena, firm, others, verified):
    consultations.react(others, by=charlie, value=1)
    for now, then in ((charlie, olena), (olena, firm)):
        verified(now, person_code=CODE)
        gone(now)
        verified(then, person_code=CODE)
        assert totals(others) == (1, 0, [then.pk])


def test_the_key_is_kept_as_long_as_the_records(charlie, others, verified, clock, settings):
    settings.RETENTION = {**settings.RETENTION, "person_keys": timedelta(days=10)}
    verified(charlie, person_code=CODE)
    consultations.react(others, by=charlie, value=1)
    clock.advance(days=20)
    retention.sweep_all()
    assert PersonKey.objects.exists()  # of an account that is there
    gone(charlie)
    clock.advance(days=9)
    retention.sweep_all()
    assert PersonKey.objects.exists()
    clock.advance(days=2)
    assert retention.sweep_all()["person_keys"] == 1
    assert not PersonKey.objects.exists()


def test_she_is_told(idgov, charlie, olena, others, verified, client_of):
    consultations.react(others, by=charlie, value=1)
    person = {"who": "olena", "auth_type": "bank_id"}
    gone_and_back(client_of(charlie), **person)
    gone(charlie)
    client = client_of(olena)
    gone_and_back(client, **person)
    page = client.get("/account/verify/").text
    assert "Ви вже мали тут обліковий запис" in page
    assert Verification.objects.get(user=olena).came_back


# --- an account whose check counts no more --------------------------------------------------------


def test_whoever_is_confirmed_elsewhere_takes_her_opinions_along(
    charlie, olena, others, verified, clock, settings, refused
):
    verified(charlie, person_code=CODE)
    consultations.react(others, by=charlie, value=1)
    consultations.react(others, by=olena, value=1)
    actions.end(charlie)
    assert not verified(olena, person_code=CODE).came_back
    assert totals(others) == (1, 0, [olena.pk])
    with refused("identity.taken"):
        verified(charlie, person_code=CODE)


# --- a provider's own id --------------------------------------------------------------------------


def test_a_provider_confirms_one_account_of_one_id(charlie, olena, ofi, verified, refused):
    """Known to the office by her code, to the provider by its own id alone: no key of the one was
    a key of the other, and she could have had two confirmed accounts."""
    verified(charlie, person_code=CODE, how=Verification.How.OFFICE, source="id_card", by=ofi)
    actions.connect(charlie, uid="42", **CITY_ID)
    actions.disconnect(charlie, "city-id")
    with refused("identity.taken"):
        actions.connect(olena, uid="42", **CITY_ID)
    assert not Verification.objects.filter(user=olena).exists()


def test_a_later_check_by_another_provider_frees_no_id(charlie, olena, verified, refused):
    verified(charlie, source="city-id", subject="42")
    verified(charlie, source="bank", subject="7")
    for source, subject in (("city-id", "42"), ("bank", "7")):
        with refused("identity.taken"):
            verified(olena, source=source, subject=subject)
    assert verified(olena, source="bank", subject="42").user == olena


def test_the_constraint_holds_without_the_action(charlie, olena, verified):
    verified(charlie, person_code=CODE, source="city-id", subject="42")
    assert PersonKey.objects.count() == 2
    for key in PersonKey.objects.values_list("key", flat=True):
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonKey.objects.create(key=key, user=olena)


def test_an_id_that_is_the_persons_key_is_one_key(charlie, verified):
    actions.connect(
        charlie, provider="idgov", uid=person_keys.person_key(CODE), level=20, person_code=CODE
    )
    assert PersonKey.objects.count() == 1


def test_joined_accounts_are_known_by_the_keys_of_both(charlie, olena, firm, verified, refused):
    verified(charlie, source="city-id", subject="42")
    verified(olena, person_code=CODE)
    merge(charlie, olena)
    assert set(PersonKey.objects.values_list("user", flat=True)) == {charlie.pk}
    for facts in ({"person_code": CODE}, {"source": "city-id", "subject": "42"}):
        with refused("identity.taken"):
            verified(firm, **facts)


@pytest.mark.django_db(transaction=True)
def test_of_two_accounts_at_once_one_takes_the_key(charlie, olena, firm, others, verified):
    verified(charlie, person_code=CODE)
    consultations.react(others, by=charlie, value=1)
    gone(charlie)

    def attempt(user):
        try:
            actions.verify(user, level=20, how="provider", source="bank", person_code=CODE)
        except Refused as refusal:
            return refusal.verdict.code
        finally:
            connection.close()
        return user.pk

    with ThreadPoolExecutor(2) as pool:
        told = set(pool.map(attempt, [olena, firm]))
    [winner] = told - {"identity.taken"}
    assert told == {"identity.taken", winner}
    assert totals(others) == (1, 0, [winner])


# --- whatever counts ------------------------------------------------------------------------------


def test_each_room_in_which_something_counts_hears_of_it():
    """What is kept once a person (a constraint says so) has ``counts=True`` in the register, or
    stands here with the reason; its app gives it over."""
    counts_for_nobody = {
        "discussions.flag": "a report counts in no result",
        "accounts.agreement": "a proof",
        "accounts.grant": "an office, not a voice",
        "organisations.mandate": "what is said by it is the organisation's",
        "meetings.speaker": "who asks to speak is heard and counts in nothing",
    }
    once = {
        entry.name: entry
        for entry in register.all_entries()
        if entry.on_erasure is not register.OnErasure.DELETED
        and any(
            set(rule.fields) & set(entry.whose)
            for rule in entry.model._meta.constraints
            if isinstance(rule, UniqueConstraint)
        )
    }
    assert {"discussions.reaction", "petitions.signature", "votes.voterrecord"} <= set(once)
    for name, entry in once.items():
        assert entry.counts or name in counts_for_nobody, name
    rooms = {handler.__module__.split(".")[0] for handler in events._handlers[PersonRecognised]}
    assert {h.model._meta.app_label for h in register.all_entries() if h.counts} <= rooms
