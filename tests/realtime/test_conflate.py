"""Bursts become few frames; what is told is in order and complete."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from consultations.remarks import actions
from core.domain.actions import action
from core.domain.topics import MOST_CHANGES, raise_topic, seq_of
from discussions.models import Comment
from tests import factories
from tests.realtime.conftest import say, targets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def test_burst_comes_in_few_frames_each_thing_once(live, consultation, olena, open_socket):
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    start = reader.next()["seq"]
    made = [say(consultation, olena, f"Зауваження {number}") for number in range(30)]

    frames, last = [], start
    while last < start + 30:
        frames.append(reader.drawn())
        assert frames[-1]["after"] == last
        last = frames[-1]["seq"]

    told = [target for frame in frames for target in targets(frame)]
    assert told == [f"remark-{remark.pk}" for remark in made]
    assert len(frames) < 15


def test_thing_that_changes_often_is_told_once_a_frame(
    live, consultation, olena, bohdan, open_socket
):
    remark = say(consultation, olena)
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    for number in range(10):
        actions.reply(remark, by=bohdan, text=f"Відповідь {number}")
    final = seq_of(consultation.topic)
    frames = []
    while not frames or frames[-1]["seq"] < final:
        frames.append(reader.drawn())
        assert targets(frames[-1]) == [f"remark-{remark.pk}"]
    assert len(frames) < 10
    assert "10" in frames[-1]["html"][0]["html"]


def test_writers_at_once_end_at_the_state_of_the_database(
    live, consultation, olena, bohdan, mo, open_socket
):
    each = 12
    assert 3 * each < MOST_CHANGES, "a slow first drawing must not turn the rest into a resync"
    start = seq_of(consultation.topic)
    readers = [open_socket(live, consultation.topic, seq=start) for _ in range(3)]
    for reader in readers:
        # Whoever joins while others write is told to resync; these are told everything.
        assert reader.next()["seq"] == start

    def write(by):
        try:
            for number in range(each):
                say(consultation, by, f"{by.given_name} {number}")
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[by]) for by in (olena, bohdan, mo)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    final = seq_of(consultation.topic)
    assert final == start + 3 * each
    everything = {f"remark-{pk}" for pk in Comment.objects.values_list("pk", flat=True)}
    for reader in readers:
        seen, last = set(), start
        while last < final:
            frame = reader.drawn()
            assert frame["after"] == last
            seen.update(targets(frame))
            last = frame["seq"]
        assert seen == everything


def test_two_topics_in_opposite_orders_do_not_deadlock(live, department, olena, open_socket):
    """Twenty slow writers name both topics, half of them the other way round."""
    first, second = factories.consultation(department), factories.consultation(department)
    topics = [first.topic, second.topic]
    readers = [open_socket(live, topic, seq=seq_of(topic)) for topic in topics]
    for reader in readers:
        reader.next()
    failures = []

    def write(order):
        try:
            for _ in range(3):
                with action():
                    for topic in order:
                        raise_topic(topic, "ConsultationChanged", topic.partition(":")[2])
                        with connection.cursor() as cursor:
                            cursor.execute("SELECT pg_sleep(0.01)")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [
        threading.Thread(target=write, args=[topics if number % 2 else topics[::-1]])
        for number in range(20)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    for topic, reader in zip(topics, readers, strict=True):
        assert seq_of(topic) == 60
        last = 0
        while last < 60:
            frame = reader.drawn()
            assert frame["after"] == last
            last = frame["seq"]


def test_more_changes_than_a_frame_holds_become_a_resync(live, consultation, olena, open_socket):
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    with action():
        for number in range(MOST_CHANGES + 5):
            say(consultation, olena, f"Зауваження {number}")
    frame = reader.until(lambda frame: "resync" in frame or "html" in frame)
    assert frame["resync"] == seq_of(consultation.topic)
    assert frame["counts"]["remarks"] == MOST_CHANGES + 5
