"""Lines that an import set aside, in the officers' words, and how many words are where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from drafts.importing.set_aside import count_words
from drafts.models import Clause, SetAside, Version


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Words of the imported file: those in the text as it is now, and those set aside.

    ``file`` is None of a version that an earlier release imported. ``is_changed``: officers have
    changed the text since.
    """

    file: int | None
    text: int
    set_aside: int
    is_changed: bool

    @property
    def is_lost(self) -> bool:
        """Whether words of the file are nowhere, and no change explains it: a fault of ours."""
        differs = self.file is not None and self.text + self.set_aside != self.file
        return differs and not self.is_changed


@dataclass(frozen=True, slots=True)
class ShownLines:
    """Lines set aside, the clause before which they stood, and what is to be done."""

    found: SetAside
    title: str
    advice: str
    before: Clause | None

    @property
    def lines(self) -> list[str]:
        return self.found.text.split("\n")

    @property
    def is_undecided(self) -> bool:
        return self.found.decision == SetAside.Decision.NONE

    @property
    def is_in_text(self) -> bool:
        return self.found.decision == SetAside.Decision.PUT_BACK


def shown_lines(version: Version, clauses: Sequence[Clause]) -> list[ShownLines]:
    """Return what the import of a version set aside, in the order of the file."""
    by_pk = {clause.pk: clause for clause in clauses}
    return [
        ShownLines(each, *_words(each.kind), by_pk.get(each.before) if each.before else None)
        for each in version.set_aside.in_order().select_related("decided_by")
    ]


def word_counts(
    version: Version, clauses: Sequence[Clause], shown: Sequence[ShownLines], *, is_changed: bool
) -> WordCounts:
    """Count the words of a version's file."""
    aside = sum(each.found.words for each in shown if not each.is_in_text)
    text = sum(count_words(clause.printed) for clause in clauses)
    return WordCounts(version.file_words, text, aside, is_changed)


def _words(kind: str) -> tuple[str, str]:
    return {
        SetAside.Kind.CONTENTS.value: (
            _("A list of contents is set aside"),
            _("It repeats the titles of the text: as parts they would stand there twice."),
        ),
        SetAside.Kind.MENU.value: (
            _("The menu of a page is set aside"),
            _("These are links of the site around the text, or a form to sign in."),
        ),
    }[kind]
