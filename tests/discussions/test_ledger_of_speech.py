"""Nothing that was said disappears silently: entries, receipts, and what an erasure leaves."""

import json
from hashlib import sha256

import pytest

from accounts.data import actions as data
from core.audit_log.chaining import chain_entries
from core.audit_log.checking import faults
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions import actions
from discussions.models import Comment, SpeechSalt
from discussions.speech import queries
from discussions.speech.receipts import digits_of, hash_of, receipt_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(olena):
    thread = actions.open_thread()
    return actions.post(thread.pk, by=olena, text="Тут бракує ліхтаря", proposal="Поставити ліхтар")


def recorded() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


def test_what_is_said_leaves_a_digest_and_its_author_a_receipt(comment, olena):
    entry = AuditEntry.objects.get()
    receipt = queries.find_receipt(comment)
    assert (entry.event, entry.actor) == ("CommentPosted", olena.pk)
    assert set(entry.ids) == {"comment_id", "parent_id", "thread_id", "words", "receipt"}
    assert entry.ids["receipt"] == sha256(digits_of(receipt).encode()).hexdigest()
    assert len(digits_of(receipt)) == 24
    assert "ліхтар" not in json.dumps(entry.ids, ensure_ascii=False)
    assert queries.find_receipt(Comment.objects.get(pk=comment.pk)) == receipt


def test_two_who_say_the_same_get_other_digests_and_receipts(comment, bohdan):
    thread = comment.thread_id
    actions.post(thread, by=bohdan, text=comment.text, proposal=comment.proposal)
    one, other = AuditEntry.objects.order_by("pk")
    assert one.ids["words"] != other.ids["words"]
    assert one.ids["receipt"] != other.ids["receipt"]


def test_by_the_receipt_one_sees_all_that_became_of_it(comment, olena, mo):
    receipt = queries.find_receipt(comment)
    actions.edit(comment, by=olena, text="Тут бракує двох ліхтарів")
    assert queries.trace_receipt(receipt).is_unchanged
    actions.hide(comment, by=mo, reason="spam", note="Порушує правила")
    actions.restore(comment, by=mo)
    actions.delete(comment, by=olena)
    trace = queries.trace_receipt(receipt)
    assert [entry.event for entry in trace.entries] == recorded()
    assert recorded() == [
        "CommentPosted",
        "CommentEdited",
        "CommentHidden",
        "CommentRestored",
        "CommentDeleted",
    ]
    assert not trace.is_missing
    chain_entries()
    assert list(faults()) == []


def test_words_that_somebody_changed_or_removed_in_the_database_are_told(comment):
    receipt = queries.find_receipt(comment)
    Comment.objects.filter(pk=comment.pk).update(text="Усе добре")
    assert queries.trace_receipt(receipt).is_unchanged is False
    Comment.objects.filter(pk=comment.pk).delete()
    assert queries.trace_receipt(receipt).is_missing


def test_a_refused_post_leaves_nothing(comment):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        actions.post(comment.thread_id, by=comment.author, text=" ")
    assert (AuditEntry.objects.count(), SpeechSalt.objects.count()) == (before, 1)


def test_the_salt_goes_with_the_account_and_the_chain_still_holds(comment, olena):
    receipt = queries.find_receipt(comment)
    chain_entries()
    data.erase(olena, by=olena)
    assert not SpeechSalt.objects.exists()
    assert queries.find_receipt(Comment.objects.get(pk=comment.pk)) == ""
    assert queries.trace_receipt(receipt).is_unchanged is None
    chain_entries()
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("1234 5678 9012 3456 7890 1234", "123456789012345678901234"),
        (" 1234-5678-9012-3456-7890-1234\n", "123456789012345678901234"),
        ("123456789012345678901234", "123456789012345678901234"),
        ("12345678901234567890123", ""),
        ("1234 5678 9012 3456 7890 12345", ""),
        ("1234 5678 9012 3456 7890 123x4", ""),
        ("", ""),
        ("１２３４５６７８９０１２３４５６７８９０１２３４", ""),
    ],
)
def test_a_receipt_is_read_however_it_is_grouped(typed, digits):
    assert digits_of(typed) == digits


def test_a_receipt_comes_from_the_salt_alone():
    salt = bytes(32)
    assert receipt_of(salt, 1) == receipt_of(salt, 1) != receipt_of(salt, 2)
    assert hash_of(receipt_of(salt, 1)) == hash_of(receipt_of(salt, 1).replace(" ", ""))
