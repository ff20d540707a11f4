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
    """Lines set aside, the clause before which they stood, and what is to be done.

    ``places``: of what repeats on a PDF's pages all that is decided alike, each with its clause.
    """

    found: SetAside
    title: str
    advice: str
    before: Clause | None
    places: tuple[tuple[SetAside, Clause | None], ...] = ()

    @property
    def lines(self) -> list[str]:
        return [line for each in self._all for line in each.text.split("\n")]

    @property
    def words(self) -> int:
        return sum(each.words for each in self._all)

    @property
    def _all(self) -> list[SetAside]:
        return [each for each, _clause in self.places] or [self.found]

    @property
    def is_undecided(self) -> bool:
        return self.found.decision == SetAside.Decision.NONE

    @property
    def is_in_text(self) -> bool:
        return self.found.decision == SetAside.Decision.PUT_BACK


def shown_lines(version: Version, clauses: Sequence[Clause]) -> list[ShownLines]:
    """Return what the import of a version set aside, in the order of the file; last what repeats
    on a PDF's pages."""
    by_pk: dict[int | None, Clause] = {clause.pk: clause for clause in clauses}
    shown: list[ShownLines] = []
    running: dict[object, list[tuple[SetAside, Clause | None]]] = {}
    for each in version.set_aside.in_order().select_related("decided_by"):
        before = by_pk.get(each.before)
        if each.kind == SetAside.Kind.RUNNING:
            running.setdefault((each.decision, each.decided_at), []).append((each, before))
        else:
            shown.append(ShownLines(each, *_words(each.kind), before))
    for places in running.values():
        found = places[0][0]
        shown.append(ShownLines(found, *_words(found.kind), None, tuple(places)))
    return shown


def word_counts(
    version: Version, clauses: Sequence[Clause], shown: Sequence[ShownLines], *, is_changed: bool
) -> WordCounts:
    """Count the words of a version's file."""
    aside = sum(each.words for each in shown if not each.is_in_text)
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
        SetAside.Kind.RUNNING.value: (
            _("Lines at the edges of pages are set aside"),
            _("They repeat there, or number the pages; headings of tables repeat too."),
        ),
    }[kind]
