"""Actions on answers in words: kept for moderators, shown to others or hidden by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from discussions.models import HideReason
from votes import rules
from votes.ballots.answers import Asked
from votes.events import TextHidden, TextShown
from votes.models import Question, Text

_TEXTS = Text._meta.db_table

# What was said before stays as it was decided; other words wait anew, and what is left out goes.
_KEEP = f"""
INSERT INTO {_TEXTS} AS t ({{column}}, question_id, text, at)
SELECT %(ballot)s, given.question, given.text, statement_timestamp()
FROM unnest(%(questions)s::bigint[], %(texts)s::text[]) AS given (question, text)
ON CONFLICT ({{column}}, question_id) DO UPDATE
    SET text = excluded.text, at = excluded.at, state = '{Text.State.WAITING}', reason = '',
        decided_by_id = NULL, decided_at = NULL
    WHERE t.text <> excluded.text
"""  # noqa: S608 - names of ours
_DROP = (
    f"DELETE FROM {_TEXTS} "  # noqa: S608 - names of ours
    "WHERE {column} = %(ballot)s AND question_id <> ALL(%(questions)s)"
)


def keep(
    questions: Sequence[Asked],
    choices: Mapping[str, Any],
    *,
    ballot: int | None = None,
    paper: int | None = None,
) -> None:
    """Keep the words of a ballot that was just written, by its voter record (``ballot``) or on
    ``paper``; two statements where the poll asks for words, none elsewhere. Inside an action."""
    asked = [question.id for question in questions if question.kind == Question.Kind.TEXT]
    if not asked:
        return
    answered = [question for question in asked if str(question) in choices]
    column = "ballot_id" if ballot is not None else "paper_id"
    values = {
        "ballot": ballot if ballot is not None else paper,
        "questions": answered,
        "texts": [choices[str(question)] for question in answered],
    }
    with connection.cursor() as cursor:
        cursor.execute(_DROP.format(column=column), values)
        if answered:
            cursor.execute(_KEEP.format(column=column), values)


def show(text: Text, *, by: User, read: str) -> Text:
    """Let everybody read it. ``read``: the words as they read them.

    Refuses by rules.decide_text. Emits TextShown.
    """
    return _decide(text, by, read, Text.State.SHOWN, "")


def show_all(texts: Iterable[tuple[Text, str]], *, by: User) -> int:
    """Let everybody read them, those that still are as they were read; returns how many."""
    number = 0
    with action():
        for text, read in sorted(texts, key=lambda each: each[0].pk):
            if locked(text).text == read:
                show(text, by=by, read=read)
                number += 1
    return number


def hide(text: Text, *, by: User, read: str, reason: str) -> Text:
    """Keep it from everybody but its author, who is told the reason on the page of their vote.

    Refuses by rules.decide_text, and with ``text.reason`` (none of HideReason). Emits TextHidden.
    """
    if reason not in HideReason.values:
        reject("text.reason", rules.REASON_MISSING.message)
    return _decide(text, by, read, Text.State.HIDDEN, reason)


def _decide(text: Text, by: User, read: str, state: Text.State, reason: str) -> Text:
    with action():
        text = locked(text)
        poll = text.question.poll
        require(rules.decide_text(by, poll, is_as_read=text.text == read))
        text.state, text.reason = state, reason
        text.decided_by, text.decided_at = by, clock.now()
        text.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        event = TextHidden if state == Text.State.HIDDEN else TextShown
        emit(event(poll.pk, by.pk, text.pk))
        return text
