"""Actions on the council's word list and the saved reasons."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.models import User
from core.db import search
from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from moderation import rules
from moderation.events import WordListChanged
from moderation.models import LONGEST_WORD, MOST_SAVED, SavedReason, WatchedWord

#: Each post is compared with all of them.
MOST_WORDS = 1000


def add_words(lines: Iterable[str], *, by: User) -> int:
    """Add words or phrases to the list, found in any of their forms; those that are on it or hold
    no word are left out. Returns how many are new. Refuses by rules.add_words. Emits
    WordListChanged."""
    with action():
        words = dict.fromkeys(" ".join(line.split())[:LONGEST_WORD].lower() for line in lines)
        known = set(WatchedWord.objects.filter(text__in=words).values_list("text", flat=True))
        asked = {word: search.query(word) for word in words if word and word not in known}
        new = {word: query for word, query in asked.items() if not query.is_empty}
        total = WatchedWord.objects.count() + len(new)
        require(rules.add_words(by, total=total, most=MOST_WORDS))
        made = [
            WatchedWord(text=word, query=Cast(query, TextField()), added_by=by)
            for word, query in new.items()
        ]
        for word in WatchedWord.objects.bulk_create(made)[:1]:
            created(word)
        if made:
            emit(WordListChanged(by.pk))
        return len(made)


def remove_word(pk: int, *, by: User) -> None:
    """Take a word from the list; what it brought into the queue stays there. Refuses by
    rules.edit_lists. Emits WordListChanged."""
    with action():
        require(rules.edit_lists(by))
        if WatchedWord.objects.filter(pk=pk).delete()[0]:
            emit(WordListChanged(by.pk))


def save_reason(*, by: User, rule: str, note: str) -> SavedReason:
    """Save a rule and a note to authors for all moderators. Refuses by rules.save_reason. Emits
    nothing: nothing has become of any comment."""
    with action():
        require(rules.save_reason(by, saved=SavedReason.objects.count(), most=MOST_SAVED))
        saved = SavedReason.objects.create(rule=rule, note=note, added_by=by)
        created(saved)
        return saved


def remove_reason(pk: int, *, by: User) -> None:
    """Take a saved reason away; what was hidden with it keeps it. Refuses by rules.edit_lists."""
    with action():
        require(rules.edit_lists(by))
        SavedReason.objects.filter(pk=pk).delete()
