"""Plain text: every line that is not blank is a paragraph."""

from __future__ import annotations

from drafts.importing.blocks import Block, tidy


def read(text: str) -> list[Block]:
    """Return a block for each line of `text`."""
    return [Block(line) for line in tidy(text).split("\n") if line]
