"""Whatever breaks – signals, listeners, processes, readers – ends at the database's state."""

from __future__ import annotations

import socket
import statistics
import threading
import time
import urllib.request
from contextlib import contextmanager

import psutil
import pytest
from django.db import connection
from websockets.exceptions import ConnectionClosed

from consultations.models import RemarkCount
from core.domain.actions import action
from core.domain.topics import raise_topic, seq_of
from discussions.models import Comment
from tests.realtime.conftest import Reader, say, targets
from tests.servers import HOST, start_live, start_web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def raise_silently(topic: str) -> int:
    """Raise the counter without a NOTIFY, as a lost signal would leave it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_topic AS t (name, seq) VALUES (%s, 1)"
            " ON CONFLICT (name) DO UPDATE SET seq = t.seq + 1 RETURNING seq",
            [topic],
        )
        return int(cursor.fetchone()[0])


def cut_listeners() -> int:
    """Break the connections that listen on this database; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'viche live'"
        )
        return int(cursor.fetchone()[0])


def test_lost_signal_becomes_a_resync_within_three_seconds(live, consultation, open_socket):
    reader = open_socket(live, consultation.topic)
    reader.next()
    seq = raise_silently(consultation.topic)
    assert reader.until(lambda frame: "resync" in frame, timeout=3)["resync"] == seq


def test_gap_becomes_a_resync(live, consultation, olena, open_socket):
    say(consultation, olena)
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    with action():  # in one commit, or a look at all counters could mend the first alone
        raise_silently(consultation.topic)
        say(consultation, olena)
    # The sample of totals, once a second, may come before: it has neither resync nor seq.
    frame = reader.until(lambda frame: "resync" in frame, timeout=1)
    assert frame["resync"] == seq_of(consultation.topic)
    assert frame["counts"]["remarks"] == 2
    say(consultation, olena)
    assert len(reader.drawn()["html"]) == 1


def test_listeners_cut_and_rows_changed_by_sql(live, consultation, olena, open_socket):
    remark = say(consultation, olena, "Перша редакція")
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    cut_listeners()
    Comment.objects.filter(pk=remark.pk).update(text="Інша", html="<p>Інша</p>")
    RemarkCount.objects.filter(consultation=consultation, clause_key=None).update(remarks=7)
    seq = raise_silently(consultation.topic)
    frame = reader.until(lambda frame: "resync" in frame, timeout=3)
    assert frame["resync"] == seq
    assert frame["counts"]["remarks"] == 7


def test_listening_goes_on_after_a_cut(live, consultation, olena, open_socket):
    reader = open_socket(live, consultation.topic)
    reader.next()
    for _ in range(3):
        deadline = time.monotonic() + 5
        while not cut_listeners() and time.monotonic() < deadline:
            pass
        remark = say(consultation, olena)
        frame = reader.until(
            lambda frame, pk=remark.pk: "resync" in frame or f"remark-{pk}" in targets(frame),
            timeout=3,
        )
        assert seq_of(consultation.topic) in (frame.get("resync"), frame.get("seq"))


def test_all_connections_cut(live, consultation, olena, open_socket):
    """As when PostgreSQL is restarted: the hub connects again, and tells what came meanwhile."""
    reader = open_socket(live, consultation.topic)
    reader.next()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()
    connection.close_pool()  # the test's own other connections were cut too
    say(consultation, olena)
    final = seq_of(consultation.topic)
    assert reader.until(reached(final), timeout=5)
    say(consultation, olena)
    assert reader.until(reached(final + 1), timeout=3)
    assert "Traceback" not in live.output()


def test_an_older_database_put_in_place_becomes_a_resync(live, consultation, olena, open_socket):
    for _ in range(3):
        say(consultation, olena)
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_topic SET seq = 1 WHERE name = %s", [consultation.topic])
    assert reader.until(lambda frame: "resync" in frame, timeout=3)["resync"] == 1


@pytest.mark.with_all
@pytest.mark.cpu(11)
def test_two_socket_processes_and_a_web_process(
    transactional_db, consultation, olena, client, open_socket
):
    """What is posted to the one web process reaches the readers of both socket processes."""
    from tests.realtime.conftest import session_of

    with start_live() as one, start_live() as two, start_web(live=one) as web:
        readers = [open_socket(server, consultation.topic) for server in (one, two)]
        for reader in readers:
            reader.next()
        _post_remark(web.url, consultation, session_of(olena), "Написано в браузері")
        for reader in readers:
            frame = reader.drawn(timeout=2)
            assert "Написано в браузері" in frame["html"][0]["html"]


def _post_remark(base, consultation, session, text):
    import httpx

    with httpx.Client(base_url=base, cookies={"session": session}) as browser:
        address = f"/consultations/{consultation.pk}/speak/"
        page = browser.get(address)
        assert page.status_code == 200
        token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        answer = browser.post(
            address,
            data={"csrfmiddlewaretoken": token, "text": text, "kind": "remark"},
            headers={"Origin": base},
        )
        assert answer.status_code == 302, answer.text


@pytest.mark.with_all
def test_killed_server_comes_back_and_its_readers_with_it(
    transactional_db, consultation, olena, open_socket
):
    with start_live() as first:
        reader = open_socket(first, consultation.topic)
        reader.next()
        say(consultation, olena, "До зупинки")
        seen = reader.drawn()["seq"]
        first.kill()
        with pytest.raises(ConnectionClosed):
            reader.next()
    say(consultation, olena, "Під час зупинки")
    with start_live(port=first.port) as second:
        again = open_socket(second, consultation.topic, seq=seen)
        frame = again.next()
        assert frame["resync"] == seq_of(consultation.topic) == seen + 1
        say(consultation, olena, "Після")
        assert "Після" in again.drawn()["html"][0]["html"]


@pytest.mark.with_all
def test_restarted_server_has_nothing_to_tell_who_missed_nothing(
    transactional_db, consultation, olena, open_socket
):
    say(consultation, olena)
    with start_live() as server:
        reader = open_socket(server, consultation.topic, seq=seq_of(consultation.topic))
        assert "resync" not in reader.next()


def stalled(server, topic: str) -> Reader:
    """A reader that takes what fits its small buffer, and no more until it is asked."""
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    link.connect((HOST, server.port))
    return Reader(server, topic, sock=link, max_queue=1, ping_interval=None)


@pytest.fixture
def touch(consultation, olena):
    """``touch()``: 35 long remarks change at once, a frame of 400 kB; returns the counter."""
    remarks = [say(consultation, olena, "Дуже довге зауваження. " * 200) for _ in range(35)]

    def touching() -> int:
        with action():
            for remark in remarks:
                raise_topic(consultation.topic, "RemarkChanged", remark.pk)
        return seq_of(consultation.topic)

    return touching


def reached(seq: int):
    return lambda frame: seq in (frame.get("seq"), frame.get("resync"))


@pytest.mark.long
def test_reader_that_stops_reading_costs_nothing_and_nobody(consultation, touch, open_socket):
    """The process's memory stays flat (± 5 MB), the others are told as fast as before."""
    with start_live() as server:
        reader = open_socket(server, consultation.topic, max_size=None)
        reader.next()

        def told_after():
            started = time.monotonic()
            reader.until(reached(touch()))
            return time.monotonic() - started

        before = [told_after() for _ in range(90)]  # until the allocator has what it needs
        memory = server.memory()
        readers = [stalled(server, consultation.topic) for _ in range(3)]
        during = [told_after() for _ in range(60)]  # 24 MB for each, had it been kept
        assert abs(server.memory() - memory) < 5 * 2**20
        assert statistics.median(during) < 1.5 * statistics.median(before) + 0.01
        for one in readers:
            one.link.socket.close()


@pytest.mark.long
def test_reader_that_wakes_gets_one_resync(consultation, touch, open_socket):
    with start_live() as server:
        slow = stalled(server, consultation.topic)
        quick = open_socket(server, consultation.topic, max_size=None)
        for one in (slow, quick):
            one.next()  # who comes while something is drawn is told to fetch it
        for _ in range(40):
            final = touch()
            quick.until(reached(final))
        slow.link.protocol.max_size = None
        frames = slow.frames_for(3)
        assert [frame["resync"] for frame in frames if "resync" in frame] == [final]
        assert len(frames) < 30
        slow.link.socket.close()


@pytest.mark.long
def test_reader_that_never_wakes_is_cut_off(consultation, touch, open_socket):
    """After 30 s, though it does not even take a close."""
    with start_live() as server:
        slow = stalled(server, consultation.topic)
        quick = open_socket(server, consultation.topic, max_size=None)
        for _ in range(30):
            quick.until(reached(touch()))
        started = time.monotonic()
        process = psutil.Process(server.pid)
        while any(
            link.raddr and link.raddr.port == slow.port for link in process.net_connections()
        ):
            assert time.monotonic() - started < 35
            time.sleep(0.5)
        assert time.monotonic() - started > 20
        assert "Traceback" not in server.output()
        slow.link.socket.close()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_eight_hundred_return_at_once(transactional_db, consultation, olena):
    """Five restarts amid remarks: each of 800 readers ends at the database's state within 10 s,
    and who reads the page meanwhile waits a second at most."""
    with start_web() as web, _reading(f"{web.url}/consultations/{consultation.pk}/") as waits:
        port = None
        for _ in range(5):
            with start_live(port=port) as server:
                port = server.port
                started = time.monotonic()
                readers = _many(server, consultation.topic, 800)
                say(consultation, olena)
                final = seq_of(consultation.topic)
                for reader in readers:
                    reader.until(reached(final))
                assert time.monotonic() - started < 10
                server.kill()
            say(consultation, olena)
            for reader in readers:
                reader.link.socket.close()
    assert statistics.quantiles(waits, n=20)[-1] <= 1


@contextmanager
def _reading(address: str):
    """Somebody reads the page all the time; how long each reading took."""
    waits: list[float] = []
    stop = threading.Event()

    def read():
        while not stop.wait(0.02):
            begun = time.monotonic()
            with urllib.request.urlopen(address) as answer:
                answer.read()
            waits.append(time.monotonic() - begun)

    reader = threading.Thread(target=read)
    reader.start()
    yield waits
    stop.set()
    reader.join()


def _many(server, topic, number):
    readers: list[Reader] = []

    def some():
        for _ in range(number // 8):
            readers.append(Reader(server, topic, ping_interval=None))

    threads = [threading.Thread(target=some) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(readers) == number
    return readers
