"""The picture that social networks and messengers show with a link: 1200 × 630."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from core.domain.council import Council, council
from core.export.prints import setting

WIDTH, HEIGHT = 1200, 630
_TEMPLATE = Path(__file__).resolve().parent / "card.typ"


@dataclass(frozen=True, slots=True)
class Card:
    """Content of the picture; equal ones are drawn once.

    ``tone``: a kind of components/status_tag.html; ``number`` large, with what it is ``beside`` it;
    ``share``: how much of a bar is filled, 0 to 1, None for no bar.
    """

    title: str
    state: str
    tone: str
    number: str
    beside: str
    share: float | None
    line: str


def draw_card(card: Card, language: str) -> bytes:
    """The picture as PNG."""
    return _draw(card, language, council())


@lru_cache(maxsize=64)
def _draw(card: Card, language: str, _of: Council) -> bytes:
    """Draw a card once for its content and the council, whose name stands on it (``setting``)."""
    return setting.png(_TEMPLATE, language, **asdict(card))
