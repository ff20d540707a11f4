"""Strangers who spend every limit of an account do not lock out a device that signed in before."""

from __future__ import annotations

import re
import time
from itertools import product

import pytest
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import limits
from accounts.models import User
from accounts.people.actions import change_password
from accounts.security import actions, devices
from accounts.security import tries as tries_by_client
from accounts.security.entered import named_in
from core.domain.rules import Refused
from tests.accounts.security.conftest import options_in
from tests.factories import PASSWORD
from tests.factors import Passkey, connect_app, recovery_codes

pytestmark = pytest.mark.django_db
LOGIN, ASK, RESET = "/account/login/", "/account/login/code/", "/account/password/reset/"
CODE, FACTOR, PASSKEY = (
    "/account/login/code/confirm/",
    "/account/login/factor/",
    "/account/login/passkey/",
)
ANOTHER = "quite another pass-phrase"
UNKNOWN = "nobody@viche.example"
SIX = {
    "six IPv4": [f"198.51.100.{number}" for number in range(6)],
    "six /64 of one /48": [f"2001:db8:1:{number}::1" for number in range(6)],
}


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, user: User, password: str = PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password})


@pytest.fixture
def resident(resident, settings) -> User:
    """With a password that is hashed cheaply: it is tried hundreds of times here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    resident.set_password(PASSWORD)
    resident.save()
    return resident


@pytest.fixture
def device(resident) -> Client:
    """A browser that has signed in before, and out."""
    return used(Client(REMOTE_ADDR="203.0.113.5"), resident)


def used(client: Client, user: User) -> Client:
    sign_in(client, user)
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)
    return client


def tries(email: str, networks: list[str]) -> dict[str, list[int]]:
    """What the forms answer to six networks that go on until none of them gets anywhere."""
    forms = {
        LOGIN: ({"login": email, "password": "wrong pass-phrase"}, limits.PASSWORD.most + 1),
        ASK: ({"email": email}, 2),
        RESET: ({"email": email}, 2),
    }
    return {
        form: [
            Client(REMOTE_ADDR=network).post(form, fields).status_code
            for network, _ in product(networks, range(times))
        ]
        for form, (fields, times) in forms.items()
    }


@pytest.fixture
def spent(resident) -> None:
    """Strangers have used up all that is counted for the account alone, and the one mail an hour of
    the network of ``stranger``."""
    limits.MAIL_OF_NETWORK.spend(resident.email, "203.0.113.0")
    for limit, who in (
        (limits.PASSWORD_OF_ACCOUNT, resident.email),
        (limits.MAIL_OF_ACCOUNT, resident.email),
        (limits.FACTOR_OF_ACCOUNT, resident.pk),
        (limits.RECOVERY_OF_ACCOUNT, resident.pk),
    ):
        for _ in range(limit.most):
            limit.spend(who)


@pytest.mark.parametrize(
    ("networks", "guesses"),
    [(SIX["six IPv4"], 59), (SIX["six /64 of one /48"], 2 * limits.PASSWORD.most)],
    ids=SIX,
)
def test_six_networks_close_no_way_of_the_owners_device(
    device, resident, post, code, networks, guesses
):
    answers = tries(resident.email, networks)
    assert answers[LOGIN].count(200) == guesses  # the device's first sign-in was a stranger's, too
    assert answers[LOGIN][-1] == answers[ASK][-1] == answers[RESET][-1] == 429
    assert len(post()) == limits.MAIL_OF_ACCOUNT.most == 10  # unwanted mails, and no more

    assert sign_in(device, resident)["Location"] == reverse("portal:me")
    device.post("/account/logout/")

    device.post(ASK, {"email": resident.email})
    device.post(CODE, {"code": code()})
    assert is_in(device)
    device.post("/account/logout/")

    device.post(RESET, {"email": resident.email})
    device.post("/account/password/reset/code/", {"code": code()})
    device.post("/account/password/reset/new/", {"password1": ANOTHER})
    assert is_in(device)

    late = sign_in(Client(REMOTE_ADDR=networks[0]), resident, ANOTHER)
    assert late.status_code == 429  # strangers stay where they were


def test_a_hall_of_one_provider_signs_in_at_once(client):
    """Everybody has a /64 in one /48: as wide as eight halls behind one IPv4 address."""
    phones = [(f"2001:db8:1:{number:x}::/64", "2001:db8:1::/48") for number in range(1000)]
    passed = sum(bool(limits.SIGN_IN.spend_client(phone)) for phone in phones)
    assert passed == 8 * limits.SIGN_IN.most == 960


def test_forms_that_neighbours_send_are_not_the_devices(device, resident):
    neighbour = ("203.0.113.5",)
    for limit in (limits.SIGN_IN, limits.CODES):
        for _ in range(limit.most):
            limit.spend_client(neighbour)
    assert sign_in(Client(REMOTE_ADDR="203.0.113.5"), resident).status_code == 429
    assert sign_in(device, resident).status_code == 302


OWN, ANOTHERS = "resident@viche.example", "bohdan@viche.example"


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (ASK, {"email": ANOTHERS, "login": OWN}),
        (ASK, {"login": OWN}),
        (ASK, {"email": [OWN, ANOTHERS]}),
        (ASK, {"email": "a\0@viche.example"}),
        (RESET, {"email": ANOTHERS, "login": OWN}),
        (LOGIN, {"login": ANOTHERS, "email": OWN, "password": PASSWORD}),
        (LOGIN, {"login": [OWN, ANOTHERS], "password": PASSWORD}),
        ("/account/signup/code/", {"email": OWN, "code": "1"}),
        (CODE, {"email": OWN, "code": "1"}),
        (FACTOR, {"login": OWN, "code": "1"}),
    ],
)
def test_a_form_counts_for_the_account_that_it_enters(device, resident, bohdan, form, fields):
    for limit in (limits.SIGN_IN, limits.CODES):
        for _ in range(limit.most):
            limit.spend_client(("203.0.113.5",))
    assert device.post(form, fields).status_code == 429


def test_a_code_counts_for_the_account_that_waits_for_it(device, resident, bohdan, code):
    device.post(ASK, {"email": resident.email})
    device.post(RESET, {"email": bohdan.email})
    for _ in range(limits.CODES.most):
        limits.CODES.spend_client(("203.0.113.5",))
    assert device.post("/account/password/reset/code/", {"code": "1"}).status_code == 429
    assert device.post(CODE, {"code": "1"}).status_code == 200


def test_signing_in_anew_gives_no_more_forms(rf, resident):
    two = limits.Limit("two", 2, limits.MINUTE)
    view = tries_by_client.per_stranger(two, named_in("login"))(lambda request: HttpResponse())

    def passed(key: str, times: int, address: str = "203.0.113.5") -> int:
        rf.cookies = used_cookie(Client(), resident, key=key).cookies
        form = {"REMOTE_ADDR": address, "data": {"login": resident.email}}
        answers = []
        for _ in range(times):
            try:
                answers.append(view(rf.post(LOGIN, **form)))
            except Refused:
                continue
        return len(answers)

    # Two of all devices together, and two of the client address, as everybody's.
    assert [passed(key, 3) for key in ("first", "second", "third")] == [3, 1, 0]
    assert passed("fourth", 3, "203.0.113.6") == 2  # a thief has not used up the owner's


def test_a_second_factor_goes_on_too(device, resident, spent):
    app = connect_app(resident)
    sign_in(device, resident)
    assert device.post(FACTOR, {"code": app.code()}).status_code == 302
    device.post("/account/logout/")
    sign_in(device, resident)
    assert device.post(FACTOR, {"code": recovery_codes(resident)[0]}).status_code == 302
    assert is_in(device)


def test_an_open_session_proves_itself_whatever_strangers_spend(client, resident, spent, code):
    client.force_login(resident, fresh=False)
    assert client.post("/account/confirm/", {"password": PASSWORD}).status_code == 302
    client.force_login(resident, fresh=False)
    client.post("/account/confirm/mail/", {"action": "send"})
    assert client.post("/account/confirm/mail/", {"code": code()}).status_code == 302


@pytest.mark.parametrize("way", ["alone", "after the password"])
def test_a_passkey_always_works(browser_client, resident, spent, way):
    key, here = Passkey(), browser_client()
    here.force_login(resident)
    options = options_in(here.get("/account/security/passkeys/add/"))
    here.post(
        "/account/security/passkeys/add/", {"name": "Ключ", "credential": key.create(options)}
    )
    here.post("/account/logout/")
    for _ in range(limits.SIGN_IN.most if way == "alone" else 0):
        limits.SIGN_IN.spend_client(["127.0.0.1"])
    if way == "alone":
        new = browser_client()
        new.post(PASSKEY, {"credential": key.get(new.post(PASSKEY).json())})
    else:
        new = used_cookie(browser_client(), resident)
        assert sign_in(new, resident)["Location"] == FACTOR
        for _ in range(limits.FACTOR_OF_DEVICE.most + 1):
            page = new.post(FACTOR, {"code": "000000"})
        assert page.status_code == 429
        new.post(FACTOR, {"credential": key.get(options_in(new.get(FACTOR)))})
    assert is_in(new)


# --- the cookie -----------------------------------------------------------------------------------


def used_cookie(client: Client, user: User, **changes) -> Client:
    """A browser with a cookie of our own signature."""
    row = {"user_id": user.pk, "key": "key", "epoch": 0, "at": int(time.time())} | changes
    rows = [[row[name] for name in ("user_id", "key", "epoch", "at")]]
    client.cookies[devices.COOKIE] = signing.dumps(rows, salt=devices._SALT)
    return client


@pytest.fixture(
    params=["none", "forged", "another key", "another account's", "too old", "before it", "former"]
)
def stranger(request, resident, bohdan) -> Client:
    """A browser whose cookie is worth nothing for the resident."""
    client = Client(REMOTE_ADDR="203.0.113.9")
    at = int(time.time())
    good = used_cookie(Client(), resident).cookies[devices.COOKIE].value
    match request.param:
        case "forged":
            client.cookies[devices.COOKIE] = good[:-4] + "AAAA"
        case "another key":
            client.cookies[devices.COOKIE] = signing.dumps([[resident.pk, "k", 0, at]], key="x")
        case "another account's":
            used_cookie(client, bohdan)
        case "too old":
            used_cookie(client, resident, at=at - devices.TERM - 1)
        case "before it":
            used_cookie(client, resident, epoch=-1)
        case "former":
            client.cookies[devices.COOKIE] = signing.dumps([resident.pk], salt=devices._SALT)
    return client


def test_a_cookie_that_is_not_the_accounts_is_worth_nothing(stranger, resident, spent):
    page = sign_in(stranger, resident)
    assert page.status_code == 429
    assert 1 <= int(page["Retry-After"]) <= 3600
    assert stranger.post(ASK, {"email": resident.email}).status_code == 429
    assert stranger.post(RESET, {"email": resident.email}).status_code == 429


@pytest.mark.parametrize("stranger", ["none", "forged", "another account's"], indirect=True)
def test_known_and_unknown_accounts_answer_alike_to_any_cookie(stranger, resident):
    seen = []
    for email in (resident.email, UNKNOWN):
        for limit in (limits.PASSWORD_OF_ACCOUNT, limits.MAIL_OF_ACCOUNT):
            for _ in range(limit.most - 2):
                limit.spend(email)
        answers = []
        for form, _ in product((LOGIN, ASK, RESET), range(3)):
            visitor = Client(REMOTE_ADDR="203.0.113.9")
            visitor.cookies = stranger.cookies.copy()
            with CaptureQueriesContext(connection) as queries:
                page = visitor.post(
                    form, {"login": email, "email": email, "password": "wrong wrong"}
                )
            of_people = sum("device_epoch" in query["sql"] for query in queries)
            body = re.sub(r'value="\w{64}"|<time.*?</time>', "", page.text)
            answers.append((form, page.status_code, of_people > 0, body.replace(email, "EMAIL")))
        seen.append(answers)
    assert seen[0] == seen[1]
    assert {status for _form, status, _asked, _body in seen[0]} == {200, 302, 429}


def test_a_stolen_cookie_guesses_little_and_only_by_itself(device, resident, clock):
    thief = Client(REMOTE_ADDR="198.51.100.1")
    thief.cookies[devices.COOKIE] = device.cookies[devices.COOKIE].value
    sign_in(device, resident)  # a new key
    device.post("/account/logout/")
    right = 0
    for _hour in range(limits.IN_A_DAY + 2):
        for _ in range(limits.PASSWORD_OF_DEVICE.most + 1):
            copy = Client(REMOTE_ADDR="198.51.100.1")
            copy.cookies[devices.COOKIE] = thief.cookies[devices.COOKIE].value
            right += sign_in(copy, resident, "wrong pass-phrase").status_code == 200
        clock.advance(hours=1, minutes=1)
    assert right == limits.IN_A_DAY * limits.PASSWORD_OF_DEVICE.most - 1  # one was the owner's
    assert sign_in(device, resident).status_code == 302  # the owner's key has its own
    assert sign_in(Client(), resident).status_code == 302  # and nothing was a stranger's


def test_each_account_of_a_shared_computer_has_its_own_tries(device, resident):
    other = User.objects.create_user("other@viche.example", PASSWORD)
    used(device, other)
    for _ in range(limits.PASSWORD_OF_DEVICE.most + 1):
        page = sign_in(device, other, "wrong pass-phrase")
    assert page.status_code == 429
    assert sign_in(device, resident).status_code == 302
    rows = signing.loads(device.cookies[devices.COOKIE].value, salt=devices._SALT)
    assert [row[0] for row in rows] == [resident.pk, other.pk]
    assert rows[0][1] != rows[1][1]


def test_signing_out_can_forget_a_shared_computer(device, resident, spent):
    sign_in(device, resident)
    page = device.get("/account/logout/").text
    assert 'name="forget"' in page
    assert "Забуває лише цей браузер" in page
    copy = Client()
    copy.cookies[devices.COOKIE] = device.cookies[devices.COOKIE].value
    device.post("/account/logout/", {"forget": "on"})
    assert sign_in(device, resident).status_code == 429
    assert sign_in(copy, resident).status_code == 302  # as the page says: a copy is not forgotten
    copy.post("/account/logout/")
    change_password(resident, ANOTHER)
    assert sign_in(copy, resident, ANOTHER).status_code == 429


@pytest.mark.parametrize("end", ["others", "password", "factors", "suspended"])
def test_what_ends_sessions_elsewhere_ends_what_devices_may(device, resident, admin, end, spent):
    from accounts.people.actions import reinstate, suspend

    here = used_cookie(Client(), resident)
    here.force_login(resident)
    match end:
        case "others":
            here.post("/account/sessions/", {"end": "others"})
        case "password":
            here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": ANOTHER})
        case "factors":
            actions.reset_factors(resident, by=admin, known_by="document")
        case "suspended":
            suspend(resident, by=admin, reason="Спам")
            reinstate(resident, by=admin)
    resident.refresh_from_db()
    assert resident.device_epoch >= 1
    assert sign_in(device, resident).status_code == 429
    here.post("/account/logout/")
    is_kept = end in ("others", "password")  # what the person did from here
    password = ANOTHER if end == "password" else PASSWORD
    assert sign_in(here, resident, password).status_code == (302 if is_kept else 429)


# --- what the page tells --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", ("ключем доступу", "з пристрою й браузера", "звідси – знову з")),
        ("/en", ("a passkey", "a device and browser", "here, again from")),
    ],
)
@pytest.mark.parametrize("email", ["resident@viche.example", UNKNOWN])
def test_whoever_is_locked_out_reads_which_ways_remain(resident, language, words, email):
    limits.MAIL_OF_NETWORK.spend(email, "127.0.0.0")
    for limit in (limits.PASSWORD_OF_ACCOUNT, limits.MAIL_OF_ACCOUNT):
        for _ in range(limit.most):
            limit.spend(email)
    for form in (LOGIN, ASK, RESET):
        fields = {"login": email, "password": PASSWORD, "email": email}
        page = Client().post(f"{language}{form}", fields)
        assert page.status_code == 429
        assert all(part in page.text for part in words), page.text
