"""The same words said twice: found before they are posted, so that whoever pressed Back and sent
the form again, or had it open in two tabs, is shown what stands already.

An idempotency key knows one form; this knows the words (ADR 35, 116). It asks and refuses nothing:
who means it sends the same form with ``again=1``. Two posts of the same moment both go through.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Expression, Func, Q, TextField, Value
from django.db.models.functions import Concat, StrIndex

from core.domain.clock import Now
from discussions.models import HELD, Comment

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User
    from discussions.querysets import CommentQuerySet

#: For so long the same words are taken for a slip.
SPAN = timedelta(days=1)
#: Shorter ones («Підтримую») people say in several places, and mean it.
LEAST_LETTERS = 20
#: The field of the button that sends them all the same.
AGAIN = "again"

#: What one blank stands for, as Python and as PostgreSQL write it.
_BLANKS = r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
_fold = re.compile(_BLANKS).sub


def fold_text(text: str, proposal: str = "") -> str:
    """The words as they are compared, with each run of blanks as one; "" where they are too few, or
    hold a NUL, which no form takes and PostgreSQL refuses to compare."""
    words = _fold(" ", f"{text} {proposal}").strip(" ")
    is_told_apart = "\0" not in words and sum(map(str.isalpha, words)) >= LEAST_LETTERS
    return words if is_told_apart else ""


def wants_again(request: HttpRequest) -> bool:
    """Whether the person has seen what stands, and sends the words once more."""
    return request.POST.get(AGAIN) == "1"


def of_author(user_id: int | Expression, words: str | Expression) -> CommentQuerySet:
    """An author's comments of the last day with these ``fold_text`` words that still stand: not
    deleted, and read by its author, be it held. With "" nothing.
    """
    as_text = TextField()
    spoken = Concat("text", Value(" "), "proposal", output_field=as_text)
    how = (Value(_BLANKS), Value(" "), Value("g"))
    one_blank = Func(spoken, *how, function="regexp_replace", output_field=as_text)
    said = Func(one_blank, Value(" "), function="btrim", output_field=as_text)
    # Cheap, and tells nearly all apart: a word holds no blanks, so it stands there as it was typed.
    asked = (Value(words) if isinstance(words, str) else words, Value(" "), Value(-1))
    last_word = Func(*asked, function="split_part", output_field=as_text)
    return (
        Comment.objects.filter(
            Q(hidden_at=None) | Q(hidden_reason=HELD),
            author_id=user_id,
            created_at__gt=Now() - SPAN,
            deleted_at=None,
        )
        .alias(at=StrIndex(spoken, last_word), said=said)
        .filter(at__gt=0, said=words)
    )


def find_same(
    user: User,
    thread_id: int,
    *,
    text: str,
    parent: Comment | None = None,
    organisation_id: int | None = None,
) -> Comment | None:
    """The newest comment of ``user`` in the thread, under the same parent and in the same name,
    that says this already; one query, none for a few words."""
    words = fold_text(text)
    if not words:
        return None
    same = of_author(user.pk, words).filter(
        thread=thread_id, parent=parent, organisation=organisation_id
    )
    return same.order_by("-pk").first()
