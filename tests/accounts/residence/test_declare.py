"""Saying where one lives, moving, and not living there any more."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Residence, ResidenceLetter
from accounts.residence import actions
from accounts.residence.events import ResidenceDeclared, ResidenceEnded
from core.domain.rules import Refused
from core.models import AuditEntry

pytestmark = pytest.mark.django_db
DISPLACED = Residence.Basis.DISPLACED


def test_it_stands_and_nobody_has_checked_it(olena, north, hear):
    told = hear(ResidenceDeclared, ResidenceEnded)
    home = actions.declare(olena, district=north, address="  вул. Рудна, 4  ")
    home.refresh_from_db()
    assert (home.district, home.address, home.checked_at) == (north, "вул. Рудна, 4", None)
    assert told == [ResidenceDeclared(olena.pk, olena.pk, home.pk)]
    assert not Residence.objects.checked().exists()


def test_the_trace_holds_ids_and_no_address(olena, north):
    home = actions.declare(olena, district=north, address="вул. Рудна, 4")
    entry = AuditEntry.objects.get(event="ResidenceDeclared")
    assert entry.ids == {"user_id": olena.pk, "by_id": olena.pk, "residence_id": home.pk}


def test_a_slip_is_corrected_in_place(olena, at_home, north, hear):
    told = hear(ResidenceDeclared, ResidenceEnded)
    again = actions.declare(olena, district=north, address="вул. Рудна, 5")
    assert again.pk == at_home.pk
    assert Residence.objects.get().address == "вул. Рудна, 5"
    assert told == [ResidenceDeclared(olena.pk, olena.pk, at_home.pk)]


def test_a_letter_to_the_wrong_address_opens_nothing(olena, at_home, north, by_post):
    by_post(olena)
    actions.declare(olena, district=north, address="вул. Рудна, 5")
    assert ResidenceLetter.objects.get().void_at


@pytest.mark.parametrize("which", ["district", "basis", "checked"])
def test_moving_ends_the_one_before_and_forgets_its_address(
    olena, at_home, north, south, ofi, hear, which
):
    if which == "checked":
        Residence.objects.filter(pk=at_home.pk).update(address="")
        actions.check(olena, district=north, how="office", by=ofi)
        Residence.objects.filter(pk=at_home.pk).update(address="вул. Рудна, 4")
    told = hear(ResidenceDeclared, ResidenceEnded)
    new = actions.declare(
        olena,
        district=south if which == "district" else north,
        address="вул. Нова, 1",
        basis=DISPLACED if which == "basis" else Residence.Basis.REGISTERED,
    )
    at_home.refresh_from_db()
    assert at_home.ended_at
    assert at_home.address == ""
    assert Residence.objects.current().get() == new
    assert new.checked_at is None
    assert told == [
        ResidenceEnded(olena.pk, olena.pk, at_home.pk),
        ResidenceDeclared(olena.pk, olena.pk, new.pk),
    ]


def test_living_there_no_longer(olena, at_home, by_post, hear):
    by_post(olena)
    told = hear(ResidenceEnded)
    actions.end(olena)
    assert told == [ResidenceEnded(olena.pk, olena.pk, at_home.pk)]
    assert not Residence.objects.current().exists()
    assert not ResidenceLetter.objects.open().exists()
    with pytest.raises(Refused) as refused:
        actions.end(olena)
    assert refused.value.verdict.code == "residence.none"


def test_suspended_one_declares_nothing(olena, north):
    olena.is_active = False
    with pytest.raises(Refused) as refused:
        actions.declare(olena, district=north, address="вул. Рудна, 4")
    assert refused.value.verdict.code == "account.suspended"


@pytest.mark.parametrize(
    "columns",
    [
        {"how": "letter"},
        {"how": "office", "checked_at": "2026-01-01T00:00Z", "expires_at": "2027-01-01T00:00Z"},
        {"ended_at": "2026-01-01T00:00Z"},
    ],
)
def test_the_database_refuses_what_cannot_be(at_home, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Residence.objects.filter(pk=at_home.pk).update(**columns)


def test_one_at_a_time(olena, at_home, south):
    with pytest.raises(IntegrityError), transaction.atomic():
        Residence.objects.create(user=olena, district=south)


def test_queries(olena, at_home, south, django_assert_num_queries):
    # savepoint, lock, current one, time, ended, its letters, the new one, trace, release
    with django_assert_num_queries(9):
        actions.declare(olena, district=south, address="вул. Нова, 1")


def test_the_way_back_goes_with_her(client, olena, north):
    client.force_login(olena)
    there = "/consultations/1/speak/"
    page = client.get("/account/residence/", {"next": there})
    assert f"/account/residence/declare/?next={quote(there, safe='')}" in page.content.decode()
    told = {"district": north.pk, "basis": "registered", "address": "вул. Рудна, 4"}
    done = client.post(f"/account/residence/declare/?next={there}", told)
    page = client.get(done["Location"])
    assert f'href="{there}"' in page.content.decode()
    assert f"/account/residence/letter/?next={quote(there, safe='')}" in page.content.decode()


def test_and_never_to_another_site(client, olena, at_home):
    client.force_login(olena)
    for there in (
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "\\\\evil.example",
    ):
        page = client.get("/account/residence/", {"next": there}).content.decode()
        assert f'href="{there}' not in page
        assert "/account/residence/declare/?" not in page
