"""Speaking: on the whole draft, a clause, words of a clause; while it is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultations.events import RemarkChanged, RemarkDeleted, RemarkPosted
from consultations.models import Remark, State
from consultations.remarks import actions, limits
from consultations.remarks.counts import counts_of
from consultations.text import actions as text_actions
from discussions.events import CommentDeleted, CommentEdited, CommentPosted
from drafts.clauses import anchors
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause(opened):
    """Clause 2: «Установити, що майданчик працює з 8:00 до 22:00.»"""
    return opened.draft.versions.get().clauses.get(number="2")


def test_on_the_whole_draft(opened, olena, emitted):
    made = actions.remark(opened, by=olena, text="Підтримую **рішення**")
    comment = made.comment
    assert (comment.author, comment.thread_id) == (olena, opened.thread_id)
    assert "<strong>рішення</strong>" in comment.html
    assert (made.kind, made.clause, made.clause_key) == (Remark.Kind.REMARK, None, None)
    assert counts_of(opened.pk) == (1, {})
    assert emitted == [
        CommentPosted(comment.pk, opened.thread_id, None, olena.pk),
        RemarkPosted(made.pk, opened.pk, olena.pk),
    ]


def test_on_a_clause(opened, olena, clause):
    made = actions.remark(opened, by=olena, text="Надто довго", clause_id=clause.pk)
    assert (made.clause, made.clause_key) == (clause, clause.key)
    assert counts_of(opened.pk) == (1, {clause.key: 1})


def test_on_selected_words(opened, olena, clause):
    start = clause.text.index("8:00")
    quote = anchors.make(clause.text, start, start + 4)
    made = actions.remark(opened, by=olena, text="Рано", clause_id=clause.pk, quote=quote)
    assert (made.quote, made.quote_start, made.quote_end) == ("8:00", start, start + 4)
    assert clause.text.startswith(made.quote_suffix, start + 4)


def test_a_wording(opened, olena, clause):
    made = actions.remark(
        opened, by=olena, text="", kind="wording", clause_id=clause.pk, proposal="з 9:00 до 21:00"
    )
    assert made.comment.proposal == "з 9:00 до 21:00"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": "  "}, "comment.empty"),
        ({"text": "а" * 5001}, "comment.too_long"),
        ({"kind": "wording", "proposal": "х"}, "remark.wording_needs_clause"),
        ({"clause_id": 2**62}, "remark.no_such_clause"),
    ],
)
def test_what_makes_no_remark(opened, olena, refused, said, code):
    with refused(code):
        actions.remark(opened, by=olena, **({"text": "Слово"} | said))
    assert counts_of(opened.pk) == (0, {})


def test_a_wording_needs_its_words(opened, olena, clause, refused):
    with refused("remark.wording_missing"):
        actions.remark(
            opened, by=olena, text="Слово", kind="wording", clause_id=clause.pk, proposal=" "
        )


def test_words_that_are_not_there(opened, olena, clause, refused):
    quote = anchors.Selector(0, 10, "десь не тут", "", "")
    with refused("remark.quote_not_found"):
        actions.remark(opened, by=olena, text="Слово", clause_id=clause.pk, quote=quote)


def test_a_clause_of_another_draft_or_of_a_preview(opened, closed, ofi, olena, refused):
    foreign = closed.draft.versions.get().clauses.first()
    with refused("remark.no_such_clause"):
        actions.remark(opened, by=olena, text="Слово", clause_id=foreign.pk)
    changed = factories.DRAFT.replace("8:00", "9:00").encode()

    class File:
        def read(self, size=-1):
            return changed

    preview = text_actions.import_text(opened, by=ofi, file=File(), name="n.txt")
    with refused("remark.no_such_clause"):
        actions.remark(opened, by=olena, text="Слово", clause_id=preview.clauses.first().pk)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.PREPARING, "consultation.not_open_yet"),
        (State.ANNOUNCED, "consultation.not_open_yet"),
        (State.CLOSED, "consultation.closed"),
        (State.REPORTED, "consultation.closed"),
        (State.WITHDRAWN, "consultation.withdrawn"),
    ],
)
def test_only_while_it_is_open(department, olena, refused, state, code):
    consultation = factories.consultation(department, state)
    with refused(code):
        actions.remark(consultation, by=olena, text="Слово")


def test_the_last_moment_counts_and_the_next_does_not(opened, olena, clock, refused):
    clock.set(opened.closes_at - timedelta(seconds=30))
    assert actions.remark(opened, by=olena, text="Встигла")
    clock.set(opened.closes_at)
    with refused("consultation.closed"):
        actions.remark(opened, by=olena, text="Спізнилася")


def test_a_suspended_person_does_not_speak(opened, olena, refused):
    olena.is_active = False
    olena.save()
    with refused("account.suspended"):
        actions.remark(opened, by=olena, text="Слово")


def test_changing_ones_words(opened, olena, emitted):
    made = actions.remark(opened, by=olena, text="Слово")
    emitted.clear()
    comment = actions.change_remark(made, by=olena, text="Інше слово")
    assert (comment.text, comment.edits.get().text) == ("Інше слово", "Слово")
    assert emitted == [
        CommentEdited(made.pk, opened.thread_id, None, olena.pk),
        RemarkChanged(made.pk, opened.pk, olena.pk),
    ]


def test_changing_the_declared_interest_alone(client, opened, olena, emitted):
    made = actions.remark(opened, by=olena, text="Слово", interest="сусідка")
    emitted.clear()
    client.force_login(olena)
    address = f"{made.get_absolute_url()}edit/"
    assert 'value="сусідка"' in client.get(address).text
    client.post(address, {"text": "Слово", "interest": " живу   поруч "})
    made.comment.refresh_from_db()
    assert (made.comment.text, made.comment.interest) == ("Слово", "живу поруч")
    assert made.comment.edited_at
    assert [type(event) for event in emitted] == [CommentEdited, RemarkChanged]
    assert "живу поруч" in client.get(made.get_absolute_url()).text


def test_an_interest_stays_where_nothing_is_said_of_it(opened, olena, refused):
    made = actions.remark(opened, by=olena, text="Слово", interest="сусідка")
    assert actions.change_remark(made, by=olena, text="Інше").interest == "сусідка"
    with refused("comment.interest_too_long"):
        actions.change_remark(made, by=olena, text="Інше", interest="а" * 301)


def test_changing_nothing_leaves_no_trace(opened, olena, emitted):
    made = actions.remark(opened, by=olena, text="Слово")
    emitted.clear()
    assert actions.change_remark(made, by=olena, text="Слово ").edited_at is None
    assert emitted == []


def test_changing_is_for_its_author_for_fifteen_minutes(opened, olena, bohdan, clock, refused):
    made = actions.remark(opened, by=olena, text="Слово")
    with refused("comment.not_yours"):
        actions.change_remark(made, by=bohdan, text="Чуже")
    clock.advance(minutes=14)
    actions.change_remark(made, by=olena, text="Інше")
    clock.advance(minutes=2)
    with refused("comment.edit_window_over"):
        actions.change_remark(made, by=olena, text="Пізно")


def test_changing_ends_with_the_consultation(opened, olena, clock, refused):
    clock.set(opened.closes_at - timedelta(minutes=1))
    made = actions.remark(opened, by=olena, text="Слово")
    clock.advance(minutes=2)
    with refused("consultation.closed"):
        actions.change_remark(made, by=olena, text="Пізно")


def test_deleting_leaves_a_trace_and_no_count(opened, olena, clause, emitted):
    made = actions.remark(opened, by=olena, text="Слово", clause_id=clause.pk)
    emitted.clear()
    comment = actions.delete_remark(made, by=olena)
    assert comment.deleted_at
    assert counts_of(opened.pk) == (0, {})
    assert emitted == [
        CommentDeleted(made.pk, opened.thread_id, None, olena.pk),
        RemarkDeleted(made.pk, opened.pk, olena.pk),
    ]
    assert not Remark.objects.public().exists()


def test_deleting_is_for_its_author_once(opened, olena, mo, refused):
    made = actions.remark(opened, by=olena, text="Слово")
    with refused("comment.not_yours"):
        actions.delete_remark(made, by=mo)
    actions.delete_remark(made, by=olena)
    with refused("comment.gone"):
        actions.delete_remark(made, by=olena)


def test_budget(opened, olena, clause, django_assert_max_num_queries):
    # The consultation, the clause, the comment, the remark, its counts, the topic; savepoints.
    with django_assert_max_num_queries(14):
        actions.remark(opened, by=olena, text="Слово", clause_id=clause.pk)


def test_changes_are_limited_and_nothing_typed_is_lost(client, opened, olena):
    made = actions.remark(opened, by=olena, text="Слово")
    for _ in range(limits.EDIT.most - 1):
        limits.EDIT.spend(olena.pk)
    client.force_login(olena)
    address = f"{made.get_absolute_url()}edit/"
    assert client.post(address, {"text": "Слово друге"}).status_code == 302
    refused = client.post(address, {"text": "Слово, що не пропало"})
    assert refused.status_code == 429
    assert "Слово, що не пропало" in refused.text
    made.comment.refresh_from_db()
    assert made.comment.text == "Слово друге"


def test_replies_are_limited_and_nothing_typed_is_lost(client, opened, olena):
    made = actions.remark(opened, by=olena, text="Слово")
    for _ in range(limits.SPEAK.most):
        limits.SPEAK.spend(olena.pk)
    client.force_login(olena)
    refused = client.post(f"{made.get_absolute_url()}reply/", {"text": "Відповідь, що не пропала"})
    assert refused.status_code == 429
    assert "Відповідь, що не пропала" in refused.text
    assert made.comment.answers.count() == 0
