"""The lines that open an annex or an approved document, and whose annex it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafts.importing.blocks import Block
from drafts.importing.lines import REQUISITE, TITLE_NOUN
from drafts.importing.markers import Form, Marker, is_capitals
from drafts.importing.node import Node


def is_requisite(
    blocks: Sequence[Block],
    markers: Sequence[Marker | None],
    at: int,
    form: Form,
    so_far: str,
) -> bool:
    """Whether the line is «до Програми», «від 3 березня № 24» and the like."""
    if at >= len(blocks) or markers[at] or blocks[at].rows is not None:
        return False
    block = blocks[at]
    text = block.text
    if block.heading or len(text) > 120 or text[-1] in ".;:" or is_capitals(text):
        return False
    if form is Form.ANNEX:
        first = not so_far and text.startswith("до ")
        return first or (bool(so_far) and bool(re.match(r"[а-щьюяґєії№\d]", text)))
    if REQUISITE.match(text):
        return True
    follows = at + 1 < len(blocks) and REQUISITE.match(blocks[at + 1].text)
    return bool(follows) and not TITLE_NOUN.match(text)


def owner_of(annex: Node, stack: Sequence[Node]) -> Node | None:
    """The approved document that a numbered annex names as its own, or none."""
    if annex.form is Form.APPROVED:
        return None
    stems = {word[:5].lower() for word in re.findall(r"\w{5,}", annex.text)}
    for node in stack:
        named = node.name[:5].lower() in stems or not annex.text
        if node.form is Form.APPROVED and named:
            return node
    return None
