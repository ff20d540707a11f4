"""Who may open a socket, on what, from where, how many; what closes it."""

from __future__ import annotations

import socket
import time

import pytest
from django.contrib.sessions.models import Session
from websockets.exceptions import InvalidStatus

from consultations.models import State
from core.domain.topics import seq_of
from realtime.origin import is_own
from tests import factories
from tests.realtime.conftest import Reader, say, session_of
from tests.servers import start_live

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "origin", [None, "https://evil.example", "null", "http://[", "http://localhost:x", "file://"]
)
def test_foreign_or_missing_origin_is_refused(either, origin, consultation):
    with pytest.raises(InvalidStatus) as refusal:
        Reader(either, consultation.topic, origin=origin)
    assert refusal.value.response.status_code in (403, 400)
    assert "Traceback" not in either.output()


def test_own_origins(settings):
    settings.ALLOWED_HOSTS = ["viche.example", ".city.example"]
    settings.SITE_URL = "https://viche.example"
    own = ["https://viche.example", "http://viche.example:8000", "https://a.city.example"]
    foreign = ["https://viche.example.evil.example", "https://eviche.example", "viche.example", ""]
    assert all(is_own(origin) for origin in own)
    assert not any(is_own(origin) for origin in foreign)


def test_wildcard_host_lets_no_foreign_page_in(settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://viche.example"
    assert is_own("https://viche.example")
    assert not is_own("https://evil.example")


@pytest.mark.parametrize(
    "topic", ["consultation:999999", "consultation:0", "user:1", "nothing", "consultation:x", "a/b"]
)
def test_unknown_topic_is_refused(live, topic):
    with pytest.raises(InvalidStatus) as refusal:
        Reader(live, topic)
    assert refusal.value.response.status_code == 403
    assert "Traceback" not in live.output()


def test_an_address_with_far_too_many_parameters_is_refused(either, consultation):
    with pytest.raises(InvalidStatus) as refusal:
        Reader(either, consultation.topic, more="&a=b" * 20)
    assert refusal.value.response.status_code == 403
    assert "Traceback" not in either.output()


def test_unpublished_consultation_is_for_its_department_alone(live, department, olena, ofi):
    hidden = factories.consultation(department, state=State.PREPARING)
    for user in (None, olena):
        with pytest.raises(InvalidStatus):
            Reader(live, hidden.topic, user=user)
    reader = Reader(live, hidden.topic, user=ofi)
    assert reader.next()["t"] == hidden.topic
    # Still hers after the hub has looked at everybody's rights once or twice.
    assert all("resync" not in frame for frame in reader.frames_for(3.5))
    reader.close()


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("not json", 4400),
        ("[]", 4400),
        ('{"show": ["1; drop"]}', 4400),
        ('{"show": [1]}', 4400),
        ('{"show": ["٣"]}', 4400),
        ('{"other": 1}', 4400),
        ("[" * 4000, 4400),
        (b"\x00\x01", 4400),
        ('{"show": ["' + "9" * 5000 + '"]}', 4413),
        ("ї" * 3000, 4413),
    ],
)
def test_nonsense_closes_with_a_code(either, message, code, consultation, open_socket):
    reader = open_socket(either, consultation.topic)
    reader.next()
    reader.link.send(message)
    assert reader.closed_with() == code
    assert "Traceback" not in either.output()


def test_too_many_messages_close_with_a_code(live, consultation, open_socket):
    reader = open_socket(live, consultation.topic)
    for _ in range(20):
        reader.link.send('{"show": []}')
    reader.link.send('{"show": []}')
    assert reader.closed_with() == 4429
    assert "Traceback" not in live.output()


def test_very_long_message_is_cut_off_by_the_server(live, consultation, open_socket):
    reader = open_socket(live, consultation.topic)
    reader.link.send("x" * 200_000)
    assert reader.closed_with() == 1009
    assert "Traceback" not in live.output()


@pytest.mark.clocked
def test_sockets_of_a_session_are_counted(transactional_db, consultation, olena, bohdan):
    with start_live(LIVE_SOCKETS_PER_SESSION="3") as live:
        session = session_of(olena)
        held = [Reader(live, consultation.topic, session=session) for _ in range(3)]
        assert Reader(live, consultation.topic, session=session).closed_with() == 4430
        Reader(live, consultation.topic, user=bohdan).next()
        held.pop().close()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            again = Reader(live, consultation.topic, session=session)
            if "t" in _first(again):
                break
        else:
            pytest.fail("the place was not given back")


def _first(reader):
    try:
        return reader.next()
    except Exception:
        return {}


@pytest.mark.with_all
def test_sockets_of_an_address_are_counted_by_what_a_trusted_proxy_says(consultation, open_socket):
    def opened(live, address):
        return open_socket(live, consultation.topic, forwarded=address)

    with start_live(LIVE_SOCKETS_PER_ADDRESS="2", TRUSTED_PROXIES="127.0.0.1") as live:
        for _ in range(2):
            opened(live, "203.0.113.7")
        assert opened(live, "203.0.113.7").closed_with() == 4430
        assert opened(live, "203.0.113.8").next()["t"] == consultation.topic
    with start_live(LIVE_SOCKETS_PER_ADDRESS="2") as live:
        for number in range(2):
            opened(live, f"203.0.113.{number}")
        assert opened(live, "203.0.113.9").closed_with() == 4430


def test_default_limits_are_those_of_a_hall(settings):
    assert settings.LIVE_SOCKETS_PER_SESSION == 20
    assert settings.LIVE_SOCKETS_PER_ADDRESS == 2000


@pytest.mark.clocked
def test_suspension_closes_open_sockets(live, consultation, olena, bohdan, admin, open_socket):
    from accounts.people import actions as people

    hers = open_socket(live, consultation.topic, user=olena)
    his = open_socket(live, consultation.topic, user=bohdan)
    hers.next(), his.next()
    people.suspend(olena, by=admin, reason="погрози")
    assert hers.closed_with(timeout=2) == 4401
    assert all("resync" not in frame for frame in his.frames_for(1))


@pytest.mark.clocked
def test_sign_out_closes_open_sockets(live, consultation, olena, open_socket):
    session = session_of(olena)
    reader = open_socket(live, consultation.topic, session=session)
    reader.next()
    Session.objects.get(pk=session).delete()
    assert reader.closed_with(timeout=2) == 4401


@pytest.mark.clocked
def test_suspension_by_sql_closes_open_sockets(live, consultation, olena, open_socket):
    reader = open_socket(live, consultation.topic, user=olena)
    reader.next()
    type(olena).objects.filter(pk=olena.pk).update(is_active=False)
    assert reader.closed_with(timeout=2) == 4401


@pytest.mark.clocked
def test_what_is_no_longer_public_closes_open_sockets(live, consultation, open_socket):
    reader = open_socket(live, consultation.topic)
    reader.next()
    type(consultation).objects.filter(pk=consultation.pk).update(announced_at=None)
    assert reader.closed_with(timeout=2) == 4403


def test_server_of_sockets_has_no_pages(live):
    def answer(path):
        with socket.create_connection(("127.0.0.1", live.port)) as link:
            link.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            return link.recv(1000).split(b"\r\n")[0]

    assert b" 421 " in answer("/")
    assert b" 200 " in answer("/healthz")


@pytest.mark.clocked
def test_old_seq_is_told_to_resync_at_once_and_once(live, consultation, olena, open_socket):
    say(consultation, olena)
    now = seq_of(consultation.topic)
    old = open_socket(live, consultation.topic, seq=now - 1)
    frame = old.next()
    assert frame["resync"] == now
    assert frame["counts"]["remarks"] == 1
    assert not [frame for frame in old.frames_for(2) if "resync" in frame]
    assert open_socket(live, consultation.topic, seq=now).next()["seq"] == now
