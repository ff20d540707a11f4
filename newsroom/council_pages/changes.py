"""The difference between two versions of a page, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import zip_longest

from drafts.versions import difference
from drafts.versions.difference import Segment

_BETWEEN = re.compile(r"\n\s*\n")


def changed_paragraphs(old: str, new: str) -> list[list[Segment]]:
    """The paragraphs that are other than before, in the order of the text: each as
    components/diff.html takes it."""
    before, after = _paragraphs(old), _paragraphs(new)
    found = []
    for how, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how != "equal":
            pairs = zip_longest(before[i:j], after[k:m], fillvalue="")
            found += [difference.words(was, now) for was, now in pairs]
    return found


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in _BETWEEN.split(text.replace("\r\n", "\n")) if each.strip()]
