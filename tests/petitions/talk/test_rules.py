"""Who may speak of a petition, in which state of it: pure, no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from discussions.models import Comment
from petitions.models import Petition
from petitions.talk import rules
from tests.factories import person

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
AUTHOR, OTHER, SUSPENDED = person(1), person(2), person(3, is_active=False)
PUBLISHED = {"published_at": NOW - timedelta(days=1)}


@pytest.mark.parametrize(
    ("who", "petition", "code"),
    [
        (OTHER, PUBLISHED, ""),
        (AUTHOR, PUBLISHED, ""),
        (person(4, "moderator"), PUBLISHED, ""),
        (OTHER, PUBLISHED | {"answered_at": NOW}, ""),
        (AnonymousUser(), PUBLISHED, "account.sign_in"),
        (SUSPENDED, PUBLISHED, "account.suspended"),
        (OTHER, {}, "petition.not_published"),
        (AUTHOR, {}, "petition.not_published"),
        (OTHER, {"published_at": NOW + timedelta(seconds=1)}, "petition.not_published"),
        (OTHER, PUBLISHED | {"withdrawn_at": NOW}, "petition.withdrawn"),
    ],
)
def test_who_may_speak(who, petition, code):
    assert rules.speak(who, Petition(**petition), now=NOW).code == code


@pytest.mark.parametrize(
    ("rule", "who", "comment", "code"),
    [
        (rules.reply, OTHER, {}, ""),
        (rules.reply, OTHER, {"parent_id": 9}, "comment.too_deep"),
        (rules.reply, OTHER, {"hidden_at": NOW}, "comment.gone"),
        (rules.react, OTHER, {}, ""),
        (rules.react, AUTHOR, {}, "comment.own"),
        (rules.react, OTHER, {"deleted_at": NOW}, "comment.gone"),
        (rules.edit, AUTHOR, {}, ""),
        (rules.edit, OTHER, {}, "comment.not_yours"),
        (rules.edit, AUTHOR, {"created_at": NOW - timedelta(hours=1)}, "comment.edit_window_over"),
    ],
)
def test_what_is_said_may_be_answered_supported_and_changed(rule, who, comment, code):
    said = Comment(**{"author_id": AUTHOR.pk, "created_at": NOW} | comment)
    assert rule(who, Petition(**PUBLISHED), said, now=NOW).code == code
    if rule is not rules.edit:
        assert rule(AnonymousUser(), Petition(**PUBLISHED), said, now=NOW).code == "account.sign_in"
    withdrawn = Petition(**PUBLISHED, withdrawn_at=NOW)
    assert rule(who, withdrawn, said, now=NOW).code == "petition.withdrawn"


def test_own_words_are_taken_back_at_any_time():
    said = Comment(author_id=AUTHOR.pk, created_at=NOW - timedelta(days=300))
    assert rules.delete(AUTHOR, said)
    assert rules.delete(OTHER, said).code == "comment.not_yours"
