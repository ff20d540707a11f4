"""Words of a PDF that are no clauses: what is printed on each page, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from drafts.importing.pdf.lines import Line


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words that an import took away from a PDF: each of the file is in the tree or among these.

    Args:
        words: how many words the lines have together.
        lines: the lines that repeat at the pages' edges, page numbers among them, each once and
            with the number of its pages.
        hyphens: how many hyphens at ends of lines only divided a word.
        pictures: the numbers of the pages that are pictures, from 1.
        hidden: how many words cannot be seen on their pages.
    """

    words: int = 0
    lines: tuple[tuple[str, int], ...] = ()
    hyphens: int = 0
    pictures: tuple[int, ...] = ()
    hidden: int = 0

    @classmethod
    def of(
        cls, removed: Sequence[Line], hyphens: int, pictures: Sequence[int], hidden: int
    ) -> SetAside:
        """Count what was removed; lines keep their order in the file."""
        texts = [
            " ".join(line.text.split()) for line in sorted(removed, key=lambda each: each.page)
        ]
        words = sum(len(text.split()) for text in texts)
        return cls(words, tuple(Counter(texts).items()), hyphens, tuple(pictures), hidden)

    def as_json(self) -> dict[str, Any]:
        """Return it as a version of a draft keeps it; nothing of a file that is no PDF."""
        return {} if self == SetAside() else asdict(self)
