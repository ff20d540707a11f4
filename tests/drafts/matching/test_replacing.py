"""Keys of a file that replaces a preview."""

from __future__ import annotations

from drafts import importing
from drafts.clauses.tree import clauses_of
from drafts.matching.replacing import match_through
from drafts.matching.versions import match
from drafts.models import Clause, Version


def nodes(text: str) -> list[importing.Node]:
    return importing.read(text.encode()).nodes


def clauses(text: str, keys=None) -> list[Clause]:
    made = nodes(text)
    return clauses_of(Version(), made, keys or [None] * len(made))


FIRST = "1. Установити тишу вночі.\n2. Заборонити паркування на газонах."
PREVIEW = FIRST + "\n3. Утворити робочу групу з питань тиші."


def test_through_the_preview_then_from_the_version_before():
    before = clauses(FIRST)
    preview = clauses(PREVIEW, match(before, nodes(PREVIEW)))
    after = nodes(PREVIEW.replace("робочу групу", "постійну робочу групу"))
    assert match_through(before, preview, after) == [clause.key for clause in preview]


def test_what_the_preview_had_lost_comes_back():
    before = clauses(FIRST)
    preview = clauses("1. Установити тишу вночі.", [before[0].key])
    assert match_through(before, preview, nodes(FIRST)) == [clause.key for clause in before]


def test_without_a_preview_it_is_the_match_with_the_version_before():
    before = clauses(FIRST)
    assert match_through(before, [], nodes(PREVIEW)) == match(before, nodes(PREVIEW))
