"""Reporting, hiding, restoring: what each leaves behind, and tells."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.domain.rules import Refused
from core.models import AuditEntry
from discussions import actions, grounds
from discussions.models import Comment, Flag

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(olena):
    thread = actions.open_thread()
    return actions.post(thread.pk, by=olena, text="Слово <script>alert(1)</script> **тут**")


def audited() -> list[str]:
    entries = AuditEntry.objects.exclude(event="CommentPosted")
    return list(entries.order_by("pk").values_list("event", flat=True))


def test_what_is_written_is_made_safe_once(comment):
    assert "<script" not in comment.html
    assert "<strong>тут</strong>" in comment.html
    assert "<script>" in comment.text  # kept as it was typed


def test_a_reported_comment_is_shown_until_a_moderator_decides(comment, bohdan, charlie):
    for person in (bohdan, charlie):
        actions.flag(comment, by=person, reason="spam", details="Реклама")
    assert Comment.objects.public().get() == comment
    assert Flag.objects.filter(settled_at=None).count() == 2


def test_hiding_keeps_the_text_and_says_why(comment, mo):
    actions.hide(comment, by=mo, reason="profanity", note="Без лайки, будь ласка")
    comment.refresh_from_db()
    assert (comment.hidden_by, comment.hidden_reason) == (mo, "profanity")
    assert comment.hidden_note == "Без лайки, будь ласка"
    assert "Слово" in comment.text
    assert not Comment.objects.public().exists()
    assert audited() == ["CommentHidden"]


def test_hiding_settles_the_reports(comment, mo, bohdan):
    actions.flag(comment, by=bohdan, reason="spam")
    actions.hide(comment, by=mo, reason="spam", note="Порушує правила")
    assert Flag.objects.get().settled_by == mo


def test_answers_to_what_is_hidden_are_not_public(comment, mo, bohdan):
    answer = actions.post(comment.thread_id, by=bohdan, text="Згода", parent=comment)
    actions.hide(comment, by=mo, reason="spam", note="Порушує правила")
    assert not Comment.objects.public().exists()
    assert set(Comment.objects.visible_to(mo)) == {comment, answer}
    actions.restore(comment, by=mo)
    assert Comment.objects.public().count() == 2
    assert audited() == ["CommentHidden", "CommentRestored"]


def test_a_reason_is_one_of_the_rules(comment, mo, bohdan):
    with pytest.raises(ValueError, match="не подобається"):
        actions.hide(comment, by=mo, reason="не подобається", note="Так")
    with pytest.raises(ValueError, match="не подобається"):
        actions.flag(comment, by=bohdan, reason="не подобається")
    comment.refresh_from_db()
    assert comment.is_visible


def test_what_was_hidden_meanwhile_cannot_be_reported(comment, mo, bohdan):
    seen = Comment.objects.get(pk=comment.pk)
    actions.hide(comment, by=mo, reason="spam", note="Порушує правила")
    with pytest.raises(Refused) as refusal:
        actions.flag(seen, by=bohdan, reason="spam")
    assert refusal.value.verdict.code == "comment.gone"
    assert not Flag.objects.exists()


def test_the_audit_holds_ids_alone(comment, mo):
    actions.hide(comment, by=mo, reason="spam", note="Слово про Олену")
    ids = AuditEntry.objects.get(event="CommentHidden").ids
    assert all(value is None or isinstance(value, int) for value in ids.values())


def test_a_long_note_is_cut_and_never_fails(comment, mo, bohdan):
    actions.flag(comment, by=bohdan, reason="spam", details="а" * 2000)
    actions.hide(comment, by=mo, reason="spam", note="а" * 2000)
    comment.refresh_from_db()
    assert len(comment.hidden_note) == 500


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "moderation.facts_missing"),
        ({"quote": " ", "note": "\n"}, "moderation.facts_missing"),
        ({"quote": "чого там немає", "note": "Лайка"}, "moderation.quote_not_found"),
        ({"quote": "слово – SCRIPT"}, ""),
        ({"note": "Лайка"}, ""),
    ],
)
def test_a_ground_alone_hides_nothing(comment, mo, refused, facts, code):
    if code:
        with refused(code):
            actions.hide(comment, by=mo, reason="profanity", **facts)
        return
    hidden = actions.hide(comment, by=mo, reason="profanity", **facts)
    assert (hidden.hidden_quote or hidden.hidden_note) in facts.values()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=hidden.pk).update(hidden_quote="", hidden_note="")
    assert actions.restore(hidden, by=mo).hidden_quote == ""


def test_a_quotation_without_letters_stands_as_it_is():
    assert grounds.is_quoted("!!", "Ганьба!!")
    assert not grounds.is_quoted("!!", "Ганьба! Ганьба!")
