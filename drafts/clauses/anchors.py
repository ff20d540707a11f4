"""Text anchors: where quoted words stand, also when the text has changed.

A selector is the W3C's TextPositionSelector and TextQuoteSelector in one: a place, the words
themselves, and a little of what stands around them. Places count Unicode code points of
`Clause.text`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 32  # characters kept of each side
MAX_EXACT = 5_000
_MOST_PLACES = 300  # of one quote in a text
_WINDOW = 20_000  # characters to each side of the old place that are searched for similar words
_MOST_WORK = 200_000  # pairs of equal words that one comparison may look at
_ENOUGH = 0.6
_ENOUGH_OF_WORD = 0.7
_TOKEN = re.compile(r"\w+")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("’ʼ`‘´", "'"),
        **dict.fromkeys("«»„“”", '"'),
        **dict.fromkeys("–—−‑", "-"),
        **dict.fromkeys("\xa0\t\n\u2009\u202f", " "),
    }
)


@dataclass(frozen=True, slots=True)
class Selector:
    """Selected words: `exact` is `text[start:end]`, with what stood before and after it."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


def make(text: str, start: int, end: int) -> Selector:
    """Select `text[start:end]`. ValueError where it is empty, out of the text or too long."""
    if not 0 <= start < end <= len(text) or end - start > MAX_EXACT:
        raise ValueError("the selection is empty, too long or out of the text")
    return Selector(
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def find(text: str, selector: Selector) -> tuple[int, int] | None:
    """Return where the selected words stand in `text` now, or None where they are gone.

    First the same place; then the same words, chosen by their surroundings; then the same words
    in other quotes, dashes and letter case; then words much like them.
    """
    if not selector.exact.strip() or len(selector.exact) > MAX_EXACT:
        return None
    if _is_in_place(text, selector):
        return selector.start, selector.end
    found = _find_quote(text, selector)
    if found is None:
        folded = Selector(
            selector.start,
            selector.end,
            _fold(selector.exact),
            _fold(selector.prefix),
            _fold(selector.suffix),
        )
        found = _find_quote(_fold(text), folded)
    return found or _similar(text, selector)


def find_exact(text: str, selector: Selector) -> tuple[int, int] | None:
    """Return where the very words stand, chosen by their surroundings; None where they do not."""
    if not selector.exact.strip() or len(selector.exact) > MAX_EXACT:
        return None
    if _is_in_place(text, selector):
        return selector.start, selector.end
    return _find_quote(text, selector)


def count_around(text: str, start: int, end: int, selector: Selector) -> int:
    """Return how many characters around a place are those around the selected words."""
    return _surroundings(text, start, end, selector)


def _fold(text: str) -> str:
    """Make quotes, dashes, spaces and case alike, each character staying in its place."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(_FOLDED)


def _is_in_place(text: str, selector: Selector) -> bool:
    start, end = selector.start, selector.end
    return (
        0 <= start < end
        and text[start:end] == selector.exact
        and text[:start].endswith(selector.prefix)
        and text.startswith(selector.suffix, end)
    )


def _find_quote(text: str, selector: Selector) -> tuple[int, int] | None:
    """The place of the exact words whose surroundings are most alike, the nearest of equals."""
    exact = selector.exact
    places: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(exact, at + 1)
    if not places:
        return None
    scored = [
        (
            _surroundings(text, place, place + len(exact), selector),
            -abs(place - selector.start),
            place,
        )
        for place in places
    ]
    score, _, place = max(scored)
    # A word or two among others says nothing without anything around it that is known.
    context = len(selector.prefix.strip()) + len(selector.suffix.strip())
    if score < min(4, context) and len(exact) < 12 and place != selector.start:
        return None
    return place, place + len(exact)


def _surroundings(text: str, start: int, end: int, selector: Selector) -> int:
    """Number of characters around a place that equal those around the selected words."""
    before = after = 0
    prefix, suffix = selector.prefix, selector.suffix
    while before < min(len(prefix), start) and prefix[-1 - before] == text[start - 1 - before]:
        before += 1
    while after < len(suffix) and end + after < len(text) and suffix[after] == text[end + after]:
        after += 1
    return before + after


def _similar(text: str, selector: Selector) -> tuple[int, int] | None:
    """The place of words much like the selected ones, near where they stood."""
    offset = max(0, selector.start - _WINDOW)
    near = text[offset : selector.end + _WINDOW]
    there = [(m.start() + offset, m.end() + offset, m[0].lower()) for m in _TOKEN.finditer(near)]
    wanted = [word.lower() for word in _TOKEN.findall(selector.exact)]
    if not there or not wanted:
        return None
    if len(wanted) <= 2:
        return _similar_word(text, there, wanted, selector)
    first = _densest(there, Counter(wanted), len(wanted), selector.start)
    margin = len(wanted) // 2 + 1
    window = there[max(0, first - margin) : first + len(wanted) + margin]
    counts = Counter(wanted)
    if sum(counts[word] for *_, word in window) > _MOST_WORK:
        return None  # the same few words over and over: there is no telling which they are
    matcher = SequenceMatcher(None, [word for *_, word in window], wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    last = blocks[-1]
    # Words changed at an edge of the quotation are still in it.
    left = max(0, blocks[0].a - blocks[0].b)
    right = min(len(window), last.a + last.size + len(wanted) - last.b - last.size)
    common = sum(block.size for block in blocks)
    if 2 * common / (len(wanted) + right - left) < _ENOUGH:
        return None
    return window[left][0], window[right - 1][1]


def _densest(
    there: list[tuple[int, int, str]], wanted: Counter[str], width: int, start: int
) -> int:
    """The first word of the window of `width` words that shares most with the wanted ones."""
    have: Counter[str] = Counter()
    shared = 0
    best = (-1, 0, 0)
    for at, (_, _, word) in enumerate(there):
        have[word] += 1
        shared += have[word] <= wanted[word]
        if at >= width:
            gone = there[at - width][2]
            shared -= have[gone] <= wanted[gone]
            have[gone] -= 1
        first = max(0, at - width + 1)
        best = max(best, (shared, -abs(there[first][0] - start), first))
    return best[2]


def _similar_word(
    text: str, there: list[tuple[int, int, str]], wanted: list[str], selector: Selector
) -> tuple[int, int] | None:
    """A word or two in another form, where something around them is as it was."""
    sought = " ".join(wanted)
    best: tuple[float, int, int, int] | None = None
    for at in range(len(there) - len(wanted) + 1):
        start, end = there[at][0], there[at + len(wanted) - 1][1]
        around = _surroundings(text, start, end, selector)
        if around < 4:
            continue
        likeness = SequenceMatcher(
            None, " ".join(word for *_, word in there[at : at + len(wanted)]), sought
        ).ratio()
        if likeness >= _ENOUGH_OF_WORD:
            best = max(best or (0.0, 0, 0, 0), (likeness + around / 100, around, start, end))
    return (best[2], best[3]) if best else None
