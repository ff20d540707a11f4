"""Cards on a hall's display: remarks, questions, clauses, as many on a screen as can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from core.displays.layout import LARGE, LEADING, LEAST, WIDTH, lines
from core.displays.letters import wrap

#: Letters of cards; a card that is too high for a screen goes on on the next one.
CARD_SIZES = (60, 56, 50, 46, 42, LARGE, 34, 30, 27, 24, 21)
#: What the frame of a card takes of its width and of its height, and what stands between two
#: (.display-card).
_BESIDE, _AROUND, _BETWEEN = 3.2, 1.6, 1.0
#: Above the line below the words (.display-card__foot).
_FOOT_GAP = 0.4
#: Larger letters are worth so many times the fewest screens, where these are more than a few.
_MORE_SCREENS, _FEW = 1.5, 2
#: A card that fills a screen begins there with so many lines at least.
_LEAST_LINES = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A number below a card: ``label`` says of what, ``icon`` is its sign."""

    icon: str
    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Card:
    """Words with what stands above them in bold and in a line below them.

    ``kind`` is a class of css/display.css. Of a card that goes on on the next screen each part has
    the head, and the last one the foot.
    """

    words: str
    head: str = ""
    foot: str = ""
    figures: tuple[Figure, ...] = ()
    kind: str = ""
    #: The words as a screen shows them; () before they are laid out.
    paragraphs: tuple[str, ...] = ()
    #: It began on an earlier screen.
    goes_on: bool = False

    @property
    def _foot_words(self) -> str:
        """About what the line below takes: a sign is as wide as two letters."""
        figures = [f"__ {figure.label} {figure.number}" for figure in self.figures]
        return " · ".join(filter(None, (self.foot, *figures)))

    def head_height(self, size: int) -> float:
        """Height of the head; 0 without one."""
        if not self.head:
            return 0.0
        return lines(self.head, size, WIDTH - _BESIDE, is_bold=True) * size / 10 * LEADING

    def foot_height(self) -> float:
        """Height of the line below, with the gap above it; 0 without one."""
        words = self._foot_words
        if not words:
            return 0.0
        height = lines(words, LEAST, WIDTH - _BESIDE) * LEAST / 10 * LEADING
        return _FOOT_GAP + height

    def least_height(self, size: int) -> float:
        """Height that its beginning takes."""
        some = _LEAST_LINES * size / 10 * LEADING
        return _AROUND + self.head_height(size) + self.foot_height() + some

    def lines(self, size: int) -> list[str]:
        """Its words in lines."""
        paragraphs = filter(None, (line.strip() for line in self.words.splitlines()))
        most = (WIDTH - _BESIDE) / (size / 10)
        return [line for each in paragraphs for line in wrap(f"{each} ", most)]


@dataclass(frozen=True, slots=True)
class Stack:
    """Cards one below the other, in letters of ``size``: those of each screen."""

    size: int
    screens: tuple[tuple[Card, ...], ...]

    @property
    def divided(self) -> int:
        """Number of cards that go on on another screen."""
        cards = [card for screen in self.screens for card in screen]
        return sum(card.goes_on and not before.goes_on for before, card in pairwise(cards))


@lru_cache(maxsize=128)
def stack(
    cards: tuple[Card, ...],
    height: float,
    sizes: tuple[int, ...] = CARD_SIZES,
    *,
    fills: bool = False,
) -> Stack:
    """In letters as large as can be on not many more screens than there must be, where no more
    cards are divided than must be. ``fills``: a card begins where there is room for some lines of
    it, as in a text, and not with its own screen."""
    made = [Stack(size, _screens(cards, size, height, fills=fills)) for size in sizes]
    if not fills:
        fewest_divided = min(each.divided for each in made)
        made = [each for each in made if each.divided == fewest_divided]
    fewest = min(len(each.screens) for each in made)
    most = fewest * _MORE_SCREENS if fewest > _FEW else fewest
    return next(each for each in made if len(each.screens) <= most)


def _screens(
    cards: Sequence[Card], size: int, height: float, *, fills: bool
) -> tuple[tuple[Card, ...], ...]:
    screens: list[list[Card]] = []
    left = 0.0
    for card in cards:
        begins = left if fills and left >= card.least_height(size) else height
        for part, taken in _parts(card, size, height, begins if screens else height):
            if not screens or taken > left:
                screens.append([])
                left = height
            screens[-1].append(part)
            left -= taken + _BETWEEN
    return tuple(tuple(screen) for screen in screens)


def _parts(card: Card, size: int, height: float, begins: float) -> list[tuple[Card, float]]:
    """The card, or its parts where it is higher than ``begins``, the place for its beginning; each
    with its height."""
    rest = card.lines(size)
    line = size / 10 * LEADING
    frame = _AROUND + card.head_height(size)
    foot = card.foot_height()
    if frame + foot + len(rest) * line <= begins:
        whole = tuple(filter(None, (each.strip() for each in card.words.splitlines())))
        return [(replace(card, paragraphs=whole), frame + foot + len(rest) * line)]
    parts: list[tuple[Card, float]] = []
    room = begins
    while rest or not parts:
        many = max(int((room - frame - foot) / line), 1)
        some, rest = rest[:many], rest[many:]
        part = replace(card, paragraphs=("".join(some).rstrip(),), goes_on=bool(parts))
        if rest:
            part = replace(part, foot="", figures=())
        parts.append((part, frame + (0.0 if rest else foot) + len(some) * line))
        room = height
    return parts
