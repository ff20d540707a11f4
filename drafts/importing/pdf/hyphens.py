"""Hyphens at the ends of a PDF's lines: those of a divided word go, those of a compound stay.

«терито-/ріальної» is one word, «житлово-/комунального» keeps its hyphen. Asked in turn: what the
document prints elsewhere, the dictionary of search, and the words that the hyphen stands between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from core.db.search import load_morphology

_SOFT = "\u00ad"
_HYPHENS = rf"\-\u2010{_SOFT}"  # in a class of characters, where a bare hyphen makes a range
_DIVIDED = re.compile(rf"(?<=\S)[{_HYPHENS}]\Z")
_SLASH = re.compile(r"(?<=\w)/\Z")  # «та/або»
_WORD = re.compile(rf"[^\W\d_]+(?:[’'ʼ{_HYPHENS}][^\W\d_]+)*")
_LAST = re.compile(rf"(?:[^\W\d_]|[’'ʼ{_HYPHENS}])+\Z")
_LONGEST_WORD = 80
_DRAWN = re.compile("[\u00ad\u2010]")  # in the middle of a line: a hyphen that is seen


class Hyphens:
    """Joins lines of one document, and counts the hyphens that it took away.

    Args:
        lines: the texts of all lines of the document, from which its own words are known.
        is_word: whether the dictionary has a word in small letters.
    """

    def __init__(self, lines: Iterable[str], is_word: Callable[[str], bool] | None = None) -> None:
        self.count = 0
        self._is_word = is_word or _is_in_dictionary
        self._words: set[str] = set()
        self._has_hard = False
        for line in lines:
            self._has_hard = self._has_hard or "-" in line
            # The first and the last word of a line may be a part of one.
            words = [_plain(word) for word in _WORD.findall(line)]
            self._words.update(words[1:-1])

    def join(self, lines: Sequence[str]) -> str:
        """Return the lines of a paragraph as one text."""
        text = ""
        for line in lines:
            line = line.strip()
            if not line:
                continue
            if not text:
                text = line
            elif _SLASH.search(text[-2:]) and line[0].isalpha():
                text += line
            elif not _DIVIDED.search(text[-2:]):
                text = f"{text} {line}"
            elif self._is_soft(text[-1]) or self._divides(
                _LAST.search(text[-_LONGEST_WORD:-1]), _WORD.match(line)
            ):
                text = text[:-1] + line
                self.count += 1
            else:
                text = f"{text[:-1]}-{line}"
        return _DRAWN.sub("-", text)

    def _is_soft(self, hyphen: str) -> bool:
        """Whether it can only divide a word. Some programs write all hyphens as soft ones."""
        return hyphen == _SOFT and self._has_hard

    def _divides(self, before: re.Match[str] | None, after: re.Match[str] | None) -> bool:
        """Whether the hyphen between the two only divides a word."""
        if before is None or after is None:
            return False  # «2026-/2028», «а-/»
        if after[0][0].isupper() and not before[0].isupper():
            return False  # «Івано-/Франківськ»
        left, right = _plain(before[0]), _plain(after[0])
        joined, compound = left + right, f"{left}-{right}"
        if (joined in self._words) != (compound in self._words):
            return joined in self._words
        if self._is_word(compound):  # the dictionary has some compounds both ways
            return False
        if self._is_word(joined):
            return True
        # «вулично-», «соціально-»: a first half in -о or -е that is no name, and a word after it.
        last = left.rpartition("-")[2]
        is_adverb = len(last) > 4 and last[-1] in "ое"
        halves = self._is_word(right.partition("-")[0]) and (is_adverb or self._is_word(last))
        is_name = before[0][0].isupper() and after[0][0].islower()
        return is_name or not (halves and len(last) > 2 and len(right) > 2)


def _plain(word: str) -> str:
    word = re.sub("[’ʼ]", "'", word.lower())
    return re.sub("[\u00ad\u2010]", "-", word)


def _is_in_dictionary(word: str) -> bool:
    return bool(load_morphology().word_is_known(word))
