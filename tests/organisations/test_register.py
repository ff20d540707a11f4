"""Registering an organisation: whoever does is its head, and may do nothing until it is checked."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.identity.keys import person_key
from organisations.events import MandateGranted, OrganisationRegistered
from organisations.mandates import queries
from organisations.models import Mandate, Organisation
from organisations.registering import actions
from tests import factories
from tests.organisations.conftest import CODE, DESCRIBED

pytestmark = pytest.mark.django_db
RNOKPP = "2530414071"


def test_registers_and_makes_a_head(olena, emitted):
    made = actions.register(by=olena, kind="legal", code=CODE, fields=DESCRIBED)
    mandate = Mandate.objects.get(organisation=made)
    assert (mandate.user, mandate.is_head, mandate.scopes) == (olena, True, ["all"])
    assert made.code == "04053915"
    assert made in Organisation.objects.waiting()
    assert emitted == [
        OrganisationRegistered(made.pk, olena.pk),
        MandateGranted(mandate.pk, made.pk, olena.pk, olena.pk),
    ]


def test_gives_no_voice_until_it_is_confirmed(claim, olena):
    assert queries.of(olena) == []
    assert queries.mandate_of(olena, claim.pk, "comment") is None


def test_several_may_claim_one_code(claim, firm):
    other = actions.register(by=firm, kind="legal", code=CODE, fields=DESCRIBED)
    assert other.code == claim.code


def test_the_same_person_does_not_twice(claim, olena, refused):
    with refused("organisation.registered_already"):
        actions.register(by=olena, kind="legal", code=CODE, fields=DESCRIBED)


def test_what_is_confirmed_is_not_claimed_again(company, firm, refused):
    with refused("organisation.known"):
        actions.register(by=firm, kind="legal", code=company.code, fields=DESCRIBED)


def test_what_was_closed_may_be_registered_anew(company, olena, firm):
    actions.close(company, by=olena)
    assert actions.register(by=firm, kind="legal", code=company.code, fields=DESCRIBED).pk


def test_who_is_suspended_registers_nothing(olena, refused):
    olena.is_active = False
    with refused("account.suspended"):
        actions.register(by=olena, kind="legal", code=CODE, fields=DESCRIBED)


def test_budget(olena, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        actions.register(by=olena, kind="legal", code=CODE, fields=DESCRIBED)


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "4053915"},
        {"code": "0405391A"},
        {"code": ""},
        {"kind": "sole"},
        {"code_key": "a" * 64},
        {"sector": "Z"},
        {"confirmed_at": None, "how": "office"},
        {"how": ""},
        {"refused_reason": "ні", "confirmed_at": None, "how": ""},
    ],
)
def test_the_database_takes_no_half_organisation(olena, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.organisation("ТОВ «Пів»", olena, **fields)


# --- the page ----------------------------------------------------------------------


def sent(**fields: str) -> dict[str, str]:
    return {"kind": "legal", "code": CODE, **DESCRIBED, **fields}


def test_on_the_page(client, olena):
    client.force_login(olena)
    page = client.post(reverse("organisations:register"), sent(code=" 0405-3915 "))
    made = Organisation.objects.get()
    assert page["Location"] == f"/account/organisations/{made.pk}/"
    assert made.code == CODE
    assert CODE in client.get(page["Location"]).text


def test_a_sole_proprietors_code_is_kept_as_a_key_and_shown_nowhere(client, olena, ofi, caplog):
    client.force_login(olena)
    data = sent(kind="sole", code=RNOKPP, name="ФОП Коваль Олена", short_name="ФОП Коваль О.")
    page = client.post(reverse("organisations:register"), data)
    made = Organisation.objects.get()
    assert (made.code, made.code_key) == ("", person_key(RNOKPP))
    seen = client.get(page["Location"]).text
    client.force_login(ofi)
    seen += client.get(reverse("organisations_desk:detail", args=[made.pk])).text
    seen += client.get(reverse("organisations_desk:export")).content.decode()
    assert RNOKPP not in seen and made.code_key not in seen
    assert RNOKPP not in caplog.text
    assert RNOKPP not in repr(list(Organisation.objects.values()))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "04053916"}, "04053916"),
        ({"code": "00000000"}, "00000000"),
        ({"code": "4053915"}, "4053915"),
        ({"kind": "sole"}, CODE),
        ({"sector": "Z"}, "Тераса"),
        ({"size": "huge"}, "Тераса"),
        ({"name": "ТОВ\u202e«асареТ»"}, CODE),
        ({"location": ""}, "Тераса"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, olena, fields, words):
    client.force_login(olena)
    page = client.post(reverse("organisations:register"), sent(**fields))
    assert page.status_code == 422
    assert "data-error-summary" in page.text
    assert words in page.text
    assert not Organisation.objects.exists()


def test_the_page_is_for_those_who_are_signed_in(client):
    address = reverse("organisations:register")
    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"
