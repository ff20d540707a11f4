"""Where one is signed in; ending it, and being told of a new device."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.events import UserSignedOut
from accounts.security import devices
from notifications.sending.mail import send
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
SESSIONS, HERE = "/account/sessions/", "/account/"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def sign_in(user, agent: str = CHROME, client: Client | None = None) -> Client:
    client = client or Client(headers={"User-Agent": agent})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def is_in(client: Client) -> bool:
    return client.get(HERE).status_code == 200


def test_they_are_listed_in_plain_words_this_one_first(resident, bohdan, client):
    sign_in(resident, IPHONE)
    here = sign_in(resident)
    client.force_login(bohdan)
    page = here.get(SESSIONS)
    assert [row.device for row in page.context["rows"]] == ["Chrome, Windows", "Safari, iPhone"]
    assert [row.is_here for row in page.context["rows"]] == [True, False]
    assert "127.0.0.1" not in page.content.decode()


def test_one_is_ended_at_once_and_told(resident, hear):
    here, other, third = sign_in(resident), sign_in(resident), sign_in(resident)
    row = UserSession.objects.get(session_key=other.session.session_key)
    told = hear(UserSignedOut)
    key = other.session.session_key
    here.post(SESSIONS, {"end": str(row.pk)})
    assert [is_in(client) for client in (here, other, third)] == [True, False, True]
    assert told == [UserSignedOut(resident.pk, key)]


def test_all_others_are_ended(resident, hear):
    here, others = sign_in(resident), [sign_in(resident), sign_in(resident)]
    keys = {client.session.session_key for client in others}
    told = hear(UserSignedOut)
    here.post(SESSIONS, {"end": "others"})
    assert is_in(here)
    assert not any(is_in(client) for client in others)
    assert not Session.objects.filter(pk__in=keys).exists()
    assert {event.session_key for event in told} == keys


@pytest.mark.parametrize("end", ["", "x", "-1", "9" * 30, "٣", "others "])
def test_odd_wishes_end_nothing(resident, end):
    here, other = sign_in(resident), sign_in(resident)
    here.post(SESSIONS, {"end": end})
    assert is_in(here)
    assert is_in(other)


def test_nobody_ends_another_s(resident, bohdan, client):
    theirs = sign_in(resident)
    row = UserSession.objects.get(session_key=theirs.session.session_key)
    client.force_login(bohdan)
    client.post(SESSIONS, {"end": str(row.pk)})
    assert is_in(theirs)


def test_sessions_of_an_older_password_or_past_their_time_are_not_listed(resident):
    sign_in(resident)
    over = sign_in(resident)
    Session.objects.filter(pk=over.session.session_key).delete()
    here = sign_in(resident)
    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "quite another pass-phrase"},
    )
    assert len(here.get(SESSIONS).context["rows"]) == 1


def test_ten_cost_as_many_questions_as_one(resident, django_assert_max_num_queries):
    here = sign_in(resident)
    for _ in range(9):
        sign_in(resident)
    with django_assert_max_num_queries(4):
        assert len(here.get(SESSIONS).context["rows"]) == 10


# --- a new device ---------------------------------------------------------------------------------


def told() -> list[dict]:
    jobs = ProcrastinateJob.objects.filter(args__template="accounts/new_device").order_by("id")
    return [job.args for job in jobs]


def test_its_owner_is_told_by_mail(resident, mailoutbox):
    first = sign_in(resident)
    assert told() == []  # the first of all is no news
    sign_in(resident, client=first)
    first.post("/account/logout/")
    sign_in(resident, client=first)
    assert told() == []  # nor is one that was used before
    sign_in(resident, IPHONE)
    (job,) = told()
    ids = {"session_id": UserSession.objects.latest("pk").pk}
    assert job["ids"] == ids
    assert send(job["template"], job["user_id"], job["about"], job["ids"])
    assert mailoutbox[-1].to == [resident.email]
    assert "Safari, iPhone" in mailoutbox[-1].body


def test_also_when_whoever_came_in_has_gone_already(resident, mailoutbox):
    sign_in(resident)
    sign_in(resident, IPHONE).post("/account/logout/")
    (job,) = told()
    assert send(job["template"], job["user_id"], job["about"], job["ids"])
    assert len(mailoutbox) == 1


def test_a_made_up_cookie_hides_nobody(resident):
    sign_in(resident)
    other = Client()
    other.cookies[devices.COOKIE] = f"[{resident.pk}]:made:up"
    sign_in(resident, client=other)
    assert len(told()) == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome, Windows"),
        (CHROME + " Edg/140.0", "Edge, Windows"),
        (IPHONE, "Safari, iPhone"),
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
            "Firefox, Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605", "Safari, Mac"),
        ("curl/8.1", "an unknown program"),
        ("<script>alert(1)</script>", "an unknown program"),
    ],
)
def test_devices_in_plain_words(agent, words):
    from django.utils.translation import override

    with override("en"):
        assert devices.words(agent) == words
