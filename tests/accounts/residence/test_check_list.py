"""Lists of checks: a short one at once, a long one by two officers who are not the same."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from accounts.models import CheckList, Residence, User, Verification
from accounts.residence.checking import Proof, confirm_list, decline_list, make_list
from accounts.residence.desk import lists
from accounts.residence.events import CheckListApplied, CheckListDeclined, CheckListMade
from city.models import District
from core.domain.rules import Refused
from core.export.csv import NotATable
from tests import factories
from tests.crowds import at_once, codes


@pytest.fixture
def zoriana(department) -> User:
    """Another officer."""
    return factories.user("zoriana", role="officer", department=department)


def people(count: int, begin: int = 0) -> list[User]:
    return [factories.user(f"p{number}") for number in range(begin, begin + count)]


def proofs(users: list[User], north: District) -> list[Proof]:
    return [Proof(user, "id_card", True, 18, north, "registered") for user in users]


def refusal(function, *args, **more) -> str:
    with pytest.raises(Refused) as refused:
        function(*args, **more)
    return refused.value.verdict.code


@pytest.mark.django_db
def test_a_short_one_applies_at_once(ofi, north, settings, hear):
    told = hear(CheckListMade, CheckListApplied)
    made = make_list(proofs(people(settings.CHECKS_ALONE), north), by=ofi)
    assert made.applied_at
    assert not made.needs_second
    assert Residence.objects.checked().count() == settings.CHECKS_ALONE
    assert Verification.objects.filter(by=ofi, age_over=18).count() == settings.CHECKS_ALONE
    assert told == [CheckListMade(made.pk, ofi.pk), CheckListApplied(made.pk, ofi.pk)]


@pytest.mark.django_db
def test_a_long_one_waits_for_another_officer(ofi, zoriana, north, settings, hear):
    made = make_list(proofs(people(settings.CHECKS_ALONE + 1), north), by=ofi)
    assert not Residence.objects.exists()
    told = hear(CheckListApplied)
    confirm_list(made, by=zoriana)
    made.refresh_from_db()
    assert (made.by, made.second) == (ofi, zoriana)
    assert Residence.objects.checked().filter(checked_by=ofi).count() == settings.CHECKS_ALONE + 1
    assert told == [CheckListApplied(made.pk, zoriana.pk)]
    assert refusal(confirm_list, made, by=zoriana) == "check.settled"


@pytest.mark.django_db
def test_cut_in_pieces_it_is_still_long(ofi, zoriana, north, settings, clock):
    make_list(proofs(people(settings.CHECKS_ALONE), north), by=ofi)
    (one,) = people(1, begin=100)
    piece = make_list(proofs([one], north), by=ofi)
    assert piece.needs_second
    assert not make_list(proofs(people(1, begin=200), north), by=zoriana).needs_second
    clock.advance(days=1, minutes=1)
    assert not make_list(proofs(people(1, begin=300), north), by=ofi).needs_second


@pytest.mark.django_db
def test_the_same_officer_does_not_confirm(ofi, north, settings):
    made = make_list(proofs(people(settings.CHECKS_ALONE + 1), north), by=ofi)
    assert refusal(confirm_list, made, by=ofi) == "check.same_officer"


@pytest.mark.django_db
def test_and_the_database_says_so_too(ofi, north, settings):
    made = make_list(proofs(people(settings.CHECKS_ALONE + 1), north), by=ofi)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckList.objects.filter(pk=made.pk).update(second=ofi)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckList.objects.filter(pk=made.pk).update(applied_at="2026-01-01T00:00Z")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["olena", "mo"])
def test_who_may_not(request, who, ofi, north, settings):
    user = request.getfixturevalue(who)
    made = make_list(proofs(people(settings.CHECKS_ALONE + 1), north), by=ofi)
    assert refusal(make_list, proofs(people(1, 50), north), by=user) == "people.not_officer"
    assert refusal(confirm_list, made, by=user) == "people.not_officer"
    assert refusal(decline_list, made, by=user) == "people.not_officer"


@pytest.mark.django_db
def test_refused_or_taken_back_nothing_is_recorded(ofi, zoriana, north, settings, hear):
    told = hear(CheckListDeclined)
    users = people(settings.CHECKS_ALONE + 1)
    refused, taken_back = (make_list(proofs(users, north), by=ofi) for _ in range(2))
    decline_list(refused, by=zoriana)
    decline_list(taken_back, by=ofi)
    assert told == [
        CheckListDeclined(refused.pk, zoriana.pk),
        CheckListDeclined(taken_back.pk, ofi.pk),
    ]
    assert not Residence.objects.exists()
    assert refusal(confirm_list, refused, by=zoriana) == "check.settled"


@pytest.mark.django_db
def test_if_one_of_them_cannot_be_none_is(ofi, zoriana, north, settings):
    users = people(settings.CHECKS_ALONE + 1)
    made = make_list(proofs(users, north), by=ofi)
    User.objects.filter(pk=users[-1].pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        confirm_list(made, by=zoriana)
    assert refused.value.verdict.code == "people.inactive"
    assert users[-1].get_full_name() in str(refused.value)
    assert not Residence.objects.exists()
    assert CheckList.objects.waiting().get() == made


@pytest.mark.django_db
def test_an_officer_who_is_none_any_more_has_confirmed_nothing(ofi, zoriana, north, settings):
    made = make_list(proofs(people(settings.CHECKS_ALONE + 1), north), by=ofi)
    ofi.grants.update(revoked_at="2026-01-01T00:00Z")
    assert refusal(confirm_list, made, by=zoriana) == "people.not_officer"


@pytest.mark.django_db
def test_nobody_twice_nobody_at_all_and_never_oneself(ofi, olena, north):
    assert refusal(make_list, [], by=ofi) == "check.empty"
    assert refusal(make_list, proofs([olena, olena], north), by=ofi) == "check.twice"
    assert refusal(make_list, proofs([olena, ofi], north), by=ofi) == "account.oneself"


# --- at the same moment -------------------------------------------------------------------------


def _city() -> tuple[User, User, District]:
    department = factories.department()
    ofi, zoriana = (
        factories.user(name, role="officer", department=department) for name in ("ofi", "zoriana")
    )
    return ofi, zoriana, District.objects.create(name="Північний", slug="north")


def answers_at_once(calls) -> Counter:
    """How often each answer came: the code of the refusal, or «done»."""
    outcomes = at_once(calls, 8)
    refusals = codes(outcomes)
    return refusals + Counter(done=len(outcomes) - refusals.total())


def test_the_same_officer_by_parallel_requests(transactional_db, settings):
    ofi, zoriana, north = _city()
    made = make_list(proofs(people(settings.CHECKS_ALONE + 1), north), by=ofi)
    calls = [lambda: confirm_list(made, by=ofi)] * 12 + [lambda: confirm_list(made, by=zoriana)] * 4
    answers = answers_at_once(calls)
    assert answers["done"] == 1
    assert set(answers) == {"done", "check.same_officer", "check.settled"}
    assert CheckList.objects.get().second == zoriana


def test_many_short_lists_at_once_do_not_pass_for_short(transactional_db, settings):
    ofi, _zoriana, north = _city()
    users = people(12)
    answers = answers_at_once(
        [lambda user=user: make_list(proofs([user], north), by=ofi) for user in users]
    )
    assert answers == {"done": 12}
    assert CheckList.objects.filter(needs_second=False).count() == settings.CHECKS_ALONE
    assert Residence.objects.checked().count() == settings.CHECKS_ALONE


# --- the table ----------------------------------------------------------------------------------

HEAD = "person;document;identity;age;district;basis\n"


@pytest.mark.django_db
def test_a_table_is_read(olena, bohdan, north, south):
    bohdan.phone = "+380671234567"
    bohdan.save()
    table = HEAD + (
        f"{olena.email.upper()};id_card;так;18;Північний;\n"
        ";;;;;\n"
        "067 123-45-67;displaced_note;;;south;displaced\n"
    )
    done = lists.read(table.encode())
    assert done.wrong == []
    assert done.proofs == [
        Proof(olena, "id_card", True, 18, north, "registered"),
        Proof(bohdan, "displaced_note", False, None, south, "displaced"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_as_spreadsheets_write_it(olena, north, encoding, mark):
    table = f"Особа;Документ;Район\r\n{olena.email};id_card;Північний\r\n".replace(";", mark)
    (proof,) = lists.read(table.encode(encoding)).proofs
    assert (proof.user, proof.district) == (olena, north)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "line",
    [
        "nobody@viche.example;id_card;так;;;",
        "Олена Коваль;id_card;так;;;",
        ";id_card;так;;;",
        "{olena};passport;так;;;",
        "{olena};id_card;так;17;;",
        "{olena};id_card;так;;Деінде;",
        "{olena};id_card;так;;Північний;просто так",
        "067 123 45 67;id_card;так;;;",
    ],
)
def test_lines_that_are_wrong_are_named(olena, bohdan, charlie, north, line):
    for shared in (bohdan, charlie):
        shared.phone = "+380671234567"
        shared.save()
    table = HEAD + f"{olena.email};id_card;так;;;\n" + line.format(olena=olena.email)
    done = lists.read(table.encode())
    assert [number for number, _why in done.wrong] == [3]
    assert len(done.proofs) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        "ім’я;телефон\nОлена;1".encode(),
        (HEAD + "a@b.c;id_card;;;;\n" * (lists.MOST + 1)).encode(),
        (HEAD + '"' + "x" * 140_000 + '";;;;;').encode(),
    ],
)
def test_what_is_no_list(content):
    with pytest.raises(NotATable):
        lists.read(content)


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_table(north, django_assert_num_queries):
    users = people(30)
    table = HEAD + "".join(f"{user.email};id_card;так;;Північний;\n" for user in users)
    with django_assert_num_queries(2):
        assert len(lists.read(table.encode()).proofs) == 30
