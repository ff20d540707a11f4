"""Nobody learns from the site who has an account: the same pages, the same work."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.accounts.conftest import SIGN_UP
from tests.accounts.hashers import Counting
from tests.factors import connect_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashes(settings):
    """How many hashes were computed: what takes nearly all of the time."""
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.Counting"]
    return Counting.computed


def shown(page, email: str) -> tuple[int, str, str]:
    """What can be seen of an answer, without what differs on every page."""
    body = re.sub(r'value="\w{64}"', "", page.content.decode()).replace(email, "ADDRESS")
    return page.status_code, page.get("Location", ""), body


FORMS = {
    "sign up": ("/account/signup/", lambda email: {**SIGN_UP, "email": email}),
    "sign in": ("/account/login/", lambda email: {"login": email, "password": "wrong wrong"}),
    "sign in by a code": ("/account/login/code/", lambda email: {"email": email}),
    "reset": ("/account/password/reset/", lambda email: {"email": email}),
}


@pytest.fixture(params=["no second factor", "a second factor"])
def resident(request, resident):
    """With a factor or without: before the password is right, nothing tells which."""
    if request.param == "a second factor":
        connect_app(resident)
    return resident


@pytest.mark.parametrize("form", FORMS)
def test_known_and_unknown_addresses_get_the_same(client, resident, hashes, post, form):
    address, fields = FORMS[form]
    seen, work, mails = [], [], []
    for email in (resident.email, "nobody@viche.example"):
        del hashes[:]
        visitor = type(client)()
        page = visitor.post(address, fields(email))
        then = visitor.get(page["Location"]) if page.status_code == 302 else page
        seen.append((shown(page, email), shown(then, email)))
        work.append(len(hashes))
        mails.append(len(post()))
    assert seen[0] == seen[1]
    assert work[0] == work[1] == (1 if "password" in str(fields("")) else 0)
    assert mails[1] - mails[0] == mails[0]  # each gets one mail, or neither does


def test_a_known_address_makes_the_database_work_as_hard_at_sign_up(client, resident):
    counts = []
    for email in (resident.email, "nobody@viche.example"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            type(client)().post("/account/signup/", {**SIGN_UP, "email": email})
        counts.append(sum("INSERT" in query["sql"] for query in queries))
    assert abs(counts[0] - counts[1]) <= 1
    assert User.objects.count() == 2  # the rehearsal left nobody behind


def test_a_suspended_account_looks_like_none_to_whoever_asks_for_a_code(client, resident, post):
    User.objects.filter(pk=resident.pk).update(is_active=False)
    visitors = [type(client)() for _ in range(2)]
    pages = [
        visitor.post("/account/login/code/", {"email": email})
        for visitor, email in zip(visitors, (resident.email, "x@viche.example"), strict=True)
    ]
    assert pages[0]["Location"] == pages[1]["Location"]
    assert all(re.search(r"\d{4}-\d{4}", mail.body) is None for mail in post())


def test_changing_to_a_taken_address_looks_like_changing_to_a_free_one(client, resident, bohdan):
    client.force_login(resident)
    resident.set_unusable_password()  # nothing to re-enter
    resident.save()
    client.force_login(resident)
    pages = [
        client.post("/account/email/", {"email": email, "action_add": "1"})
        for email in (bohdan.email, "free@viche.example")
    ]
    assert pages[0].status_code == pages[1].status_code == 302
    assert pages[0]["Location"] == pages[1]["Location"]


@pytest.mark.parametrize("form", ["sign up", "sign in by a code"])
def test_the_page_of_the_code_behaves_alike(client, resident, form):
    """Wrong codes, new codes, giving up, trying too often."""
    address, fields = FORMS[form]
    told = []
    for email in (resident.email, "nobody@viche.example"):
        visitor = type(client)()
        code = visitor.post(address, fields(email))["Location"]
        steps = [
            visitor.post(code, {"code": "0000-0000"}),
            visitor.post(code, {"action": "resend"}),
            visitor.post(code, {"action": "resend"}),
            visitor.post(code, {"action": "resend"}),  # one too many for this code
            visitor.get("/account/login/"),
            visitor.post("/account/logout/"),
            visitor.get(code),
            visitor.get("/account/login/"),
            *(type(client)().post(address, fields(email)) for _ in range(4)),
        ]
        told.append([(page.status_code, page.get("Location", "")) for page in steps])
    assert told[0] == told[1]
    assert told[0][-1][0] == 429
