"""What somebody does reaches everybody who watches, once, in order, in their language."""

from __future__ import annotations

import pytest

from consultations.remarks import actions
from core.domain.topics import seq_of
from discussions import actions as discussion
from tests.realtime.conftest import say, targets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def test_remark_reaches_page_and_display(live, consultation, olena, open_socket):
    seq = seq_of(consultation.topic)
    ukrainian = open_socket(live, consultation.topic, seq=seq)
    english = open_socket(live, consultation.topic, seq=seq, lang="en")
    screen = open_socket(live, consultation.topic, seq=seq, variant="display")
    for reader in (ukrainian, english, screen):
        assert reader.next()["seq"] == seq

    remark = say(consultation, olena, "Двір затоплює після дощу.")

    # Displays are told first: the sample of a second may come between, and tell the number.
    frame = ukrainian.drawn_and_counted(timeout=1)
    assert (frame["after"], frame["seq"]) == (seq, seq + 1)
    assert frame["counts"] == {"remarks": 1}
    [operation] = frame["html"]
    assert operation["target"] == f"remark-{remark.pk}"
    assert (operation["swap"], operation["list"]) == ("prepend", "remarks")
    assert "Двір затоплює" in operation["html"]
    assert "Погоджуюся" not in english.drawn()["html"][0]["html"]
    [board] = screen.drawn()["html"]
    assert (board["target"], board["swap"]) == ("board", "replace")
    assert "Двір затоплює" in board["html"]


def test_hidden_words_leave_and_come_back(live, consultation, olena, mo, open_socket):
    remark = say(consultation, olena, "Погані слова.")
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    screen = open_socket(
        live, consultation.topic, seq=seq_of(consultation.topic), variant="display"
    )
    reader.next(), screen.next()

    discussion.hide(remark.comment, by=mo, reason="profanity", note="Порушує правила")
    frame = reader.drawn_and_counted(timeout=2)
    assert "Погані слова" not in str(frame)
    assert targets(frame) == [f"remark-{remark.pk}"]
    assert frame["counts"]["remarks"] == 0
    assert "Погані слова" not in str(screen.drawn(timeout=2))

    discussion.restore(remark.comment, by=mo)
    assert "Погані слова" in str(reader.drawn(timeout=2))
    assert "Погані слова" in str(screen.drawn(timeout=2))


def test_a_corrected_reply_says_the_new_words_to_who_reads_it(
    live, consultation, olena, ofi, open_socket
):
    remark = say(consultation, olena)
    reply = actions.answer(remark, by=ofi, text="Враховано у п. 2.3")
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    actions.correct(remark, reply, by=ofi, text="Враховано у п. 2.4")
    [operation] = reader.drawn(timeout=2)["html"]
    assert operation["target"] == f"remark-{remark.pk}"
    assert "Враховано у п. 2.4" in operation["html"]


def test_deleted_remark_is_removed(live, consultation, olena, open_socket):
    remark = say(consultation, olena)
    reader = open_socket(live, consultation.topic, seq=seq_of(consultation.topic))
    reader.next()
    actions.delete_remark(remark, by=olena)
    [operation] = reader.drawn(timeout=2)["html"]
    assert operation == {"target": f"remark-{remark.pk}", "swap": "remove"}
