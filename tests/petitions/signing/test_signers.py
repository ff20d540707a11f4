"""The public list of who signed: names as their owners want them, page by page, her own on top."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core.domain import clock as time
from core.domain.calendar import kyiv, local_date
from petitions.models import Signature, State
from petitions.signing import actions, counting, queries
from petitions.signing.mailbox import key_of
from tests.petitions import factories

pytestmark = pytest.mark.django_db

Status = Signature.Status


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def listed(client, petition, query: str = "") -> str:
    page = client.get(reverse("petitions:signers", args=[petition.pk]) + query)
    assert page.status_code == 200
    return page.text


def test_names_are_shown_as_their_owners_want_them(client, petition, bohdan, olena):
    factories.signatures(petition, 1, name="Дарина Січова")
    factories.signatures(petition, 1, name="Таємна Особа", name_withheld=True)
    actions.sign(petition, by=bohdan, address="10.0.0.1")
    shown = listed(client, petition)
    assert "Дарина Січова" in shown and "Богдан М." in shown
    assert "Таємна Особа" not in shown
    assert shown.count("<tr") == 4
    for secret in ("signer0@viche.example", bohdan.email, "Мельник"):
        assert secret not in shown


def test_only_what_counts_is_listed(client, petition, mo):
    factories.signatures(petition, 1, name="Зарахована Особа")
    waits = {"status": Status.CHECKING, "suspicion": "network"}
    factories.signatures(petition, 1, name="Перевірна Особа", **waits)
    factories.removed(factories.signatures(petition, 1, name="Вилучена Особа"), by=mo)
    shown = listed(client, petition)
    assert "Зарахована Особа" in shown
    assert "Перевірна Особа" not in shown and "Вилучена Особа" not in shown


def test_another_petitions_signers_are_not_listed(client, petition, olena):
    factories.signatures(factories.petition(olena), 1, name="Чужа Особа")
    assert "Чужа Особа" not in listed(client, petition)


def test_who_erased_her_account_has_no_name(client, petition, bohdan):
    actions.sign(petition, by=bohdan, address="10.0.0.1")
    type(bohdan).objects.filter(pk=bohdan.pk).update(
        erased_at=time.now(), given_name="", family_name="", is_active=False, password="!"
    )
    shown = listed(client, petition)
    assert "Богдан" not in shown and "видалений користувач" in shown


def test_each_is_on_one_page_once(petition, client):
    at = time.now() - timedelta(hours=1)
    factories.signatures(petition, 3 * queries.PAGE_SIZE // 2, at=at)  # all at one moment
    factories.signatures(petition, queries.PAGE_SIZE, at=at - timedelta(hours=1))
    seen, after = [], ""
    for _ in range(4):
        page = queries.signers(petition, day=None, after=after)
        seen += [each.pk for each in page]
        after = page.next_cursor
        if not after:
            break
    expected = Signature.objects.order_by("-at", "-pk").values_list("pk", flat=True)
    assert seen == list(expected)


def test_from_a_day_on(petition, client):
    today = local_date(time.now())
    midnight = kyiv(today)
    factories.signatures(petition, 1, name="Сьогоднішня Особа", at=midnight)
    factories.signatures(petition, 1, name="Вчорашня Особа", at=midnight - timedelta(seconds=1))
    yesterday = today - timedelta(days=1)
    shown = listed(client, petition, f"?day={yesterday:%Y-%m-%d}")
    assert "Вчорашня Особа" in shown and "Сьогоднішня Особа" not in shown
    assert "Сьогоднішня Особа" in listed(client, petition, "?day=колись")


@pytest.mark.parametrize("how", ["account", "mail"])
def test_one_finds_oneself(client, petition, bohdan, how):
    if how == "account":
        actions.sign(petition, by=bohdan, address="10.0.0.1")
    else:
        key = key_of(petition.pk, bohdan.email)
        factories.signatures(petition, 1, mailbox=key, email=bohdan.email)
    factories.signatures(petition, queries.PAGE_SIZE)
    client.force_login(bohdan)
    page = client.get(reverse("petitions:signers", args=[petition.pk]))
    assert reverse("petitions:signed", args=[petition.pk]) in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_it_is_shared_by_whoever_is_nobody(client, petition):
    page = client.get(reverse("petitions:signers", args=[petition.pk]))
    assert "public" in page.headers["Cache-Control"] and not page.cookies


def test_nobody_yet(client, petition):
    assert "Ще ніхто не підписав" in listed(client, petition)


def test_what_is_not_published_has_no_list(client, olena):
    refused = factories.petition(olena, State.REFUSED)
    client.force_login(olena)
    assert client.get(reverse("petitions:signers", args=[refused.pk])).status_code == 404


def test_budget(client, petition, bohdan, django_assert_max_num_queries):
    factories.signatures(petition, 2 * queries.PAGE_SIZE)
    counting.recount([petition.pk])
    with django_assert_max_num_queries(4):
        listed(client, petition)
    client.force_login(bohdan)
    with django_assert_max_num_queries(6):
        listed(client, petition)
