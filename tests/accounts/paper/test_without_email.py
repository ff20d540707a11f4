"""Somebody without e-mail on every page of the account, in every list, and on the way to one."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from accounts.data.actions import erase
from accounts.models import User
from accounts.paper import actions
from consultations.remarks import actions as consultations
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = [
    "account_index",
    "account_profile",
    "account_email",
    "account_agree",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "account_reauthenticate_paper",
    "account_logout",
    "usersessions_list",
    "mfa_index",
    "portal:me",
    "residence:mine",
    "residence:declare",
    "my_data",
]


@pytest.fixture
def at_home(client, sheet):
    """Maria, who has just signed in by the first code of her sheet."""
    client.post("/account/paper/", {"number": sheet.number, "code": sheet.codes[0]})
    return client


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_hers_breaks(at_home, name):
    page = at_home.get(reverse(name))
    assert page.status_code in (200, 302)
    assert "None" not in re.sub(r"<script.*?</script>", "", page.content.decode())


def test_an_e_mail_later_makes_her_ordinary(at_home, sheet, mailoutbox, post, client):
    page = at_home.post("/account/email/", {"email": "maria@viche.example", "action_add": "1"})
    assert page.status_code == 302
    code = re.search(r"^\d{4}-\d{4}$", post()[-1].body, re.MULTILINE)[0]
    at_home.post("/account/signup/code/", {"code": code})
    maria = User.objects.get(pk=sheet.user.pk)
    assert maria.email == "maria@viche.example"
    at_home.post("/account/logout/")
    client.post("/account/login/code/", {"email": "maria@viche.example"})
    code = re.search(r"^\d{4}-\d{4}$", post()[-1].body, re.MULTILINE)[0]
    client.post("/account/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(maria.pk)


def test_long_after_signing_in_the_next_code_proves_that_it_is_she(at_home, sheet):
    session = at_home.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    page = at_home.post("/account/email/", {"email": "maria@viche.example", "action_add": "1"})
    assert page["Location"].startswith("/account/confirm/paper/")
    confirm = page["Location"]
    assert at_home.get(confirm).status_code == 200
    spent = at_home.post(confirm, {"code": sheet.codes[0]})
    assert spent.status_code == 200  # the form again, with its error
    assert spent.context["form"].errors
    done = at_home.post(confirm, {"code": sheet.codes[1], "next": "/account/email/"})
    assert done.status_code == 302
    assert "confirm" not in done["Location"]


def test_somebody_elses_sheet_proves_nothing(at_home, sheet, ofi, olena):
    _made, codes = actions.new_sheet(olena, by=ofi)
    page = at_home.post("/account/confirm/paper/", {"code": codes[0]})
    assert page.context["form"].errors


def test_who_has_an_e_mail_and_no_number_cannot_prove_by_paper(client, olena):
    client.force_login(olena)
    page = client.post("/account/confirm/paper/", {"code": "4821-0937-5568"})
    assert page.status_code in (200, 302)


def test_codes_by_mail_and_passwords_find_nobody(client, maria, post):
    for email in ("", "none", "None@viche.example"):
        client.post("/account/login/code/", {"email": email})
        client.post("/account/login/", {"login": email, "password": "x" * 12})
        client.post("/account/password/reset/", {"email": email})
    assert "_auth_user_id" not in client.session
    assert not [mail for mail in post() if maria.given_name in mail.body]


def test_she_takes_part_like_others(at_home, sheet, department):
    opened = factories.consultation(department)
    remark = consultations.remark(opened, by=sheet.user, text="Потрібна лава.")
    page = at_home.get(remark.get_absolute_url())
    assert "Марія Я." in page.content.decode()


def test_erased_she_leaves_no_number_no_telephone(sheet):
    erase(sheet.user, by=sheet.user)
    gone = User.objects.get(pk=sheet.user.pk)
    assert gone.phone == ""
    assert gone.erased_at
    assert not hasattr(gone, "paper_account")


def test_suspended_by_whoever_moderates(sheet, mo, client):
    from accounts.people.actions import suspend

    suspend(sheet.user, by=mo, reason="Спам")
    page = client.post("/account/paper/", {"number": sheet.number, "code": sheet.codes[0]})
    assert page["Location"] == "/account/suspended/"
