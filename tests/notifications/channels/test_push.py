"""Web push: which browsers get which messages, and answers of push services."""

from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from io import StringIO
from socket import create_connection

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from py_vapid import Vapid02

from accounts.people.actions import change_password
from city.council.actions import change_council
from core.domain.actions import action
from core.domain.council import forget_council
from notifications.channels import outgoing, push
from notifications.channels.push import actions, keys, rules, sending
from notifications.channels.push.messages import compose
from notifications.models import Activity, PushSubscription
from tests import factories
from tests.notifications.channels.servers import certificate_for, http_server

pytestmark = pytest.mark.django_db
PAGE = reverse("channels:push")


def encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """A browser that has subscribed: its keys, and how it reads what is pushed."""

    def __init__(self, endpoint: str = "https://push.example/send/abcdef") -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.secret = b"0123456789abcdef"
        self.told = {"endpoint": endpoint, "p256dh": encode(point), "auth": encode(self.secret)}

    def read(self, body: bytes) -> dict:
        return json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret))


@pytest.fixture(autouse=True)
def with_key(settings):
    settings.VAPID_PRIVATE_KEY, _public = keys.make_pair()
    settings.PUSH_SERVICES = ["push.example", "*.notify.example"]


@pytest.fixture
def activity(consultation):
    return Activity.objects.create(
        verb="opened", topics=[], consultation=consultation, about="opened:1"
    )


@pytest.fixture
def service(tmp_path, monkeypatch):
    """The push service "push.example", on the loopback address."""
    server_tls, client_tls = certificate_for("push.example", tmp_path)
    with http_server(server_tls) as received:
        network = outgoing.Network(
            resolve=lambda _host, _port: ["93.184.215.14"],
            connect=lambda _address, *options: create_connection(
                ("127.0.0.1", received.port), *options
            ),
            tls=client_tls,
        )
        monkeypatch.setattr(sending, "NETWORK", network)
        yield received


def test_a_browser_reads_the_title_of_something_public_and_nothing_of_its_owner(
    service, olena, activity
):
    browser = Browser()
    row = actions.subscribe(olena, **browser.told)
    assert sending.send(row.pk, activity.pk)
    ((path, headers, body),) = service.requests
    assert path == "/send/abcdef"
    message = browser.read(body)
    assert activity.consultation.title in message["body"]
    assert message["url"] == "/account/notifications/inbox/"
    assert not any(own in json.dumps(message) for own in (olena.email, olena.family_name))
    assert Vapid02.verify(headers["Authorization"])
    assert headers["Content-Encoding"] == "aes128gcm"


def test_an_english_message_is_from_the_council_in_english(activity):
    change_council({"council_en": "Rudnohirsk City Council"}, by=None)
    forget_council()
    assert json.loads(compose(activity, "en"))["title"] == "Rudnohirsk City Council"
    assert json.loads(compose(activity, "uk"))["title"] != "Rudnohirsk City Council"


def test_what_is_not_public_is_only_news(service, olena, activity, department):
    hidden = factories.consultation(department, "preparing")
    Activity.objects.filter(pk=activity.pk).update(consultation=hidden)
    browser = Browser()
    sending.send(actions.subscribe(olena, **browser.told).pk, activity.pk)
    assert hidden.title not in str(browser.read(service.requests[0][2]))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service, olena, activity, status):
    service.status = status
    row = actions.subscribe(olena, **Browser().told)
    assert not sending.send(row.pk, activity.pk)
    assert not PushSubscription.objects.exists()


def test_a_busy_service_is_tried_again_and_a_refusal_or_redirect_is_not(
    service, olena, activity, caplog
):
    row = actions.subscribe(olena, **Browser().told)
    for service.status in (429, 503):
        with pytest.raises(sending.NotTaken):
            sending.send(row.pk, activity.pk)
    service.headers = {"Location": "https://push.example/elsewhere"}
    for service.status in (302, 403):
        with caplog.at_level(logging.DEBUG):
            assert not sending.send(row.pk, activity.pk)
        row.refresh_from_db()
        assert row.failed_at
    assert {path for path, _headers, _body in service.requests} == {"/send/abcdef"}
    assert "abcdef" not in caplog.text
    service.status = 201
    assert sending.send(row.pk, activity.pk)
    row.refresh_from_db()
    assert row.failed_at is None


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:192.168.0.1"],
        ["2002:7f00:1::"],
        ["93.184.215.14", "192.168.0.1"],  # one of several
        [],
    ],
)
def test_a_name_that_leads_inside_is_not_asked(addresses):
    network = outgoing.Network(resolve=lambda _host, _port: addresses)
    with pytest.raises(outgoing.Forbidden):
        outgoing.post("https://push.example/", b"", {}, network=network)


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        ("https://push.example/send/1", True),
        ("https://db5p.notify.example/w/?token=1", True),
        ("http://push.example/send/1", False),
        ("https://push.example:8443/send/1", False),
        ("https://push.example.evil.example/", False),
        ("https://evilpush.example/", False),
        ("https://notify.example/", False),
        ("https://olena@push.example/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1/", False),
        ("https://push.example/\n", False),
        ("https://a.b.notify.example/", True),
        # Ends that are right, and no host names: what a resolver or another parser makes of them
        # is its own business.
        ("https://127.0.0.1\\.notify.example/", False),
        ("https://127.0.0.1%23.notify.example/", False),
        ("https://127.0.0.1%2f.notify.example/", False),
        ("https://.notify.example/", False),
        ("https://a..notify.example/", False),
        ("https://-a.notify.example/", False),
        ("https://a_b.notify.example/", False),
        ("https://a b.notify.example/", False),
        ("https://[::1].notify.example/", False),
        ("https://a.notify.example./", False),
        ("https://a@b.notify.example/", False),
        ("https://x:y@push.example/", False),
    ],
)
def test_only_listed_services_by_https(endpoint, is_one):
    assert rules.is_of_service(endpoint, ["push.example", "*.notify.example"]) is is_one


def test_an_endpoint_that_is_listed_no_more_is_not_asked(service, olena, activity, settings):
    row = actions.subscribe(olena, **Browser().told)
    settings.PUSH_SERVICES = ["other.example"]
    assert not sending.send(row.pk, activity.pk)
    assert not service.requests


def test_the_page_adds_and_removes_ones_own(client, olena, bohdan):
    client.force_login(olena)
    told = Browser().told
    assert client.post(PAGE, told | {"endpoint": "https://evil.example/"}).status_code == 422
    assert client.post(PAGE, told | {"p256dh": "AAAA"}).status_code == 422
    assert client.post(PAGE, told).status_code == 302
    assert "push.example" in client.get(PAGE).text
    row = PushSubscription.objects.get(user=olena)
    client.force_login(bohdan)
    assert client.post(reverse("channels:push_remove", args=[row.pk])).status_code == 404
    assert client.post(PAGE, told).status_code == 302  # the same browser, another person
    assert PushSubscription.objects.get().user == bohdan
    client.post(reverse("channels:push_remove", args=[row.pk]))
    assert not PushSubscription.objects.exists()


def test_another_password_ends_it_everywhere(olena, bohdan):
    actions.subscribe(olena, **Browser().told, session_key="a-session")
    actions.subscribe(bohdan, **Browser("https://push.example/bohdan").told)
    change_password(olena, "another-long-password")
    assert PushSubscription.objects.get().user == bohdan


def test_signing_out_ends_that_browsers_alone(client, olena, bohdan):
    other = Client()
    for number, browser in enumerate((client, other)):
        browser.force_login(olena)
        browser.post(PAGE, Browser(f"https://push.example/{number}").told)
    actions.subscribe(bohdan, **Browser("https://push.example/bohdan").told)
    client.post("/account/logout/")
    assert endpoints() == ["https://push.example/1", "https://push.example/bohdan"]
    client.force_login(olena)
    assert "push.example" in client.get(PAGE).text
    other.post("/account/logout/")
    assert endpoints() == ["https://push.example/bohdan"]


def test_a_browser_that_signed_in_anew_is_of_its_new_session(client, olena):
    told = Browser().told
    client.force_login(olena)
    client.post(PAGE, told)
    assert "data-push-former" not in client.get(PAGE).text
    anew = Client()  # its session has lapsed, its subscription has not
    anew.force_login(olena)
    assert "data-push-former" in anew.get(PAGE).text
    assert anew.post(PAGE, told).status_code == 302
    page = anew.get(PAGE)
    assert "data-push-former" not in page.text
    assert not list(page.context["messages"])
    anew.post("/account/logout/")
    assert endpoints() == []


def test_a_browser_of_no_known_session_ends_with_any(client, olena, bohdan):
    actions.subscribe(olena, **Browser().told)
    actions.subscribe(bohdan, **Browser("https://push.example/bohdan").told)
    client.force_login(olena)
    client.post("/account/logout/")
    assert endpoints() == ["https://push.example/bohdan"]


def test_a_session_that_is_ended_at_the_accounts_page_ends_its_browsers(client, olena):
    other = Client()
    for number, browser in enumerate((client, other)):
        browser.force_login(olena, known=True)
        browser.post(PAGE, Browser(f"https://push.example/{number}").told)
    key = client.session.session_key
    client.post("/account/sessions/", {"end": "others"})
    assert endpoints() == ["https://push.example/0"]
    assert key not in str(PushSubscription.objects.values_list())


def endpoints() -> list[str]:
    return sorted(PushSubscription.objects.values_list("endpoint", flat=True))


def test_without_a_key_there_is_nothing(client, olena, settings, activity):
    actions.subscribe(olena, **Browser().told)
    settings.VAPID_PRIVATE_KEY = ""
    client.force_login(olena)
    assert client.get(PAGE).status_code == 404
    assert push.tell([olena.pk], activity.pk) == 0


def test_telling_many_is_a_query_and_a_statement(
    olena, bohdan, activity, django_assert_num_queries
):
    for number, person in enumerate([olena, olena, bohdan]):
        actions.subscribe(person, **Browser(f"https://push.example/{number}").told)
    with action(), django_assert_num_queries(2):
        assert push.tell([olena.pk, bohdan.pk], activity.pk) == 3
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.channels.jobs.push")
    assert jobs.count() == 3


def test_the_command_prints_a_pair():
    out = StringIO()
    call_command("push_keys", stdout=out)
    line, public = out.getvalue().splitlines()
    private = line.removeprefix("VAPID_PRIVATE_KEY=")
    assert len(urlsafe_b64decode(private + "=")) == 32
    assert public.endswith(keys.public_part(private))
