"""A petition's page lives: its total, its stages, what is said of it."""

from __future__ import annotations

import pytest

from core.domain.topics import seq_of
from discussions import actions as discussion
from petitions.models import Petition, PetitionPhoto, Signature, State
from petitions.photos import actions as photos
from petitions.signing import counting
from petitions.talk import actions as talk
from realtime import samples
from realtime.watch import ANYONE, may_watch
from tests.petitions import factories
from tests.realtime.conftest import targets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


@pytest.fixture
def petition(olena):
    return factories.petition(olena, procedure=factories.procedure(threshold=5))


def test_a_signature_arrives_without_a_signal(live, petition, open_socket):
    seq = seq_of(petition.topic)
    reader = open_socket(live, petition.topic, seq=seq)
    reader.next()
    factories.signatures(petition, 3)
    frame = reader.until(lambda frame: "counts" in frame, timeout=3)
    assert frame["counts"] == {"signatures": 3}
    assert "html" not in frame
    assert seq_of(petition.topic) == seq
    assert petition.total.__class__.objects.get(pk=petition.pk).counted == 3


def test_reaching_the_threshold_shows_within_a_sample(live, petition, open_socket):
    reader = open_socket(live, petition.topic, seq=seq_of(petition.topic))
    reader.next()
    factories.signatures(petition, 5)
    frame = reader.until(lambda frame: "petition-standing" in targets(frame), timeout=4)
    assert "Необхідну кількість підписів зібрано" in frame["html"][0]["html"]
    petition.refresh_from_db()
    assert petition.reached_at is not None


def test_a_page_that_comes_learns_the_total(live, petition, open_socket):
    factories.signatures(petition, 2)
    counting.recount([petition.pk])
    reader = open_socket(live, petition.topic, seq=seq_of(petition.topic))
    reader.next()
    reader.link.send('{"show": []}')
    counts = reader.until(lambda frame: "counts" in frame)["counts"]
    assert counts["signatures"] == 2


def test_what_is_said_joins_the_top(live, petition, bohdan, open_socket):
    reader = open_socket(live, petition.topic, seq=seq_of(petition.topic))
    reader.next()
    comment = talk.comment(petition, by=bohdan, text="Підтримую.")
    frame = reader.drawn()
    assert frame["html"][0]["list"] == "comments"
    assert targets(frame) == [f"comment-{comment.pk}"]
    assert frame["counts"] == {"remarks": 1}


def test_what_is_hidden_is_gone_within_two_seconds(live, petition, bohdan, mo, open_socket):
    comment = talk.comment(petition, by=bohdan, text="Непристойне слово.")
    reader = open_socket(live, petition.topic, seq=seq_of(petition.topic))
    reader.next()
    discussion.hide(comment, by=mo, reason="profanity", note="Порушує правила")
    frame = reader.drawn(timeout=2)
    assert targets(frame) == [f"comment-{comment.pk}"]
    assert "Непристойне" not in frame["html"][0]["html"]


def test_a_removed_photograph_leaves_open_pages(live, petition, mo, open_socket):
    drawn = {"alt": "Двір", "width": 480, "height": 320, "widths": [480]}
    photo = PetitionPhoto.objects.create(petition=petition, digest="c0ffee", **drawn)
    reader = open_socket(live, petition.topic, seq=seq_of(petition.topic))
    reader.next()
    photos.remove(photo, by=mo, reason="personal")
    frame = reader.drawn(timeout=2)
    assert targets(frame) == ["petition-photos"]
    assert "Модератор прибрав" in frame["html"][0]["html"]
    assert photo.url not in frame["html"][0]["html"]


def test_a_reply_and_support_are_shown_too(live, petition, bohdan, olena, open_socket):
    comment = talk.comment(petition, by=bohdan, text="Підтримую.")
    reader = open_socket(live, petition.topic, seq=seq_of(petition.topic))
    reader.next()
    talk.react(petition, comment, by=olena, value=1)
    frame = reader.until(lambda frame: "agrees" in frame.get("counts", {}), timeout=3)
    assert frame["counts"]["agrees"] == {str(comment.pk): 1}
    talk.reply(petition, comment, by=olena, text="Дякую.")
    frame = reader.drawn()
    assert targets(frame) == [f"comment-{comment.pk}"]


@pytest.mark.parametrize("state", [State.DRAFT, State.MODERATION, State.REFUSED])
def test_nobody_watches_what_is_not_published(olena, state):
    made = factories.petition(olena, state)
    assert not may_watch(ANYONE, made.topic)
    assert may_watch(olena, made.topic)


def test_a_quiet_sample_costs_five_queries(petition, olena, django_assert_num_queries):
    factories.signatures(petition, 3)
    Signature.objects.update(at=petition.published_at)
    counting.recount([petition.pk])
    topics = [each.topic for each in Petition.objects.all()]
    known = samples.take(dict.fromkeys(topics))
    with django_assert_num_queries(5):
        again = samples.take(known)
    assert again[petition.topic].signatures == 3
    assert not again[petition.topic].since(known[petition.topic])
