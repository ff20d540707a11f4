"""Ornaments that stand where nobody gave a picture: drawn from a theme and a number.

Like embroidery: small squares, mirrored at both axes. The theme gives the colour, the number the
pattern; the same two always give the same drawing. The colours are tokens of the page (the rules
.cover of css/layout.css), so that it follows the council's colour and the dark.

It is a ribbon, so that one drawing serves both of its places: a band across a card on a phone, and
a small field beside the words where there is room, which shows the middle ``FIELD`` squares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FIELD, HEIGHT = 13, 9
#: How many squares the ribbon is mirrored at, to either side of the middle.
_HALF = FIELD // 2
WIDTH = FIELD + 4 * _HALF
#: How many colours of the council's identity themes are told apart by.
COLOURS = 4

#: Each says what thread a square has, by its distance from the middle (x to the side, y up or
#: down): 1, 2, or 0 for the bare cloth.
_PATTERNS: tuple[Callable[[int, int], int], ...] = (
    lambda x, y: (1, 0, 2, 0)[(x + y) % 4],
    lambda x, y: (2, 0, 1, 1, 0)[(x + y) % 5],
    lambda x, y: (1, 0, 0, 1, 2, 1)[(x + y) % 6],
    lambda x, y: 2 if (x + y) % 6 == 0 else int(max(x % 6, y) in (2, 4)),
    lambda x, y: (1, 1, 0, 2, 0)[(x + 2 * y) % 5],
    lambda x, y: 1 if x % 3 == y % 3 else 2 * int((x + y) % 6 == 3),
    lambda x, y: (1, 0, 2, 0, 1, 0)[abs(x - y)] if abs(x - y) < 6 else 2,
    lambda x, y: 1 if (x + y) % 4 == 3 else 2 * int(x % 4 == 0 and y % 4 == 0),
    lambda x, y: (2, 1, 0)[(abs(x - 3) + y) % 3],
    lambda x, y: 1 if abs(x - 4) + y in (1, 4) else 2 * int(abs(x - 4) + y == 2 or x + y == 0),
    lambda x, y: 1 if max(x, y) % 2 == 0 and min(x, y) % 2 == 0 else 2 * int((x + y) % 4 == 1),
    lambda x, y: (0, 1, 0, 2)[(2 * x + y) % 4],
)


@lru_cache(maxsize=512)
def draw_cover(theme: str, number: int) -> SafeString:
    """The ornament as inline SVG, hidden from assistive technology: it says nothing."""
    pattern = _PATTERNS[(number * 5 + crc32(theme.encode())) % len(_PATTERNS)]
    cells = [
        [pattern(_fold_distance(abs(x - WIDTH // 2)), abs(y - HEIGHT // 2)) for x in range(WIDTH)]
        for y in range(HEIGHT)
    ]
    threads = (mark_safe(_path(cells, thread)) for thread in (1, 2))
    return format_html(
        '<svg class="cover cover--{}" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid slice" '
        'shape-rendering="crispEdges" aria-hidden="true" focusable="false">'
        '<path d="{}"/><path d="{}"/></svg>',
        crc32(theme.encode()) % COLOURS,
        WIDTH,
        HEIGHT,
        *threads,
    )


def _fold_distance(x: int) -> int:
    """Distance of a square of the ribbon from the middle of its field: there and back again."""
    return _HALF - abs(x % (2 * _HALF) - _HALF)


def _path(cells: list[list[int]], thread: int) -> str:
    """The squares of a thread as strokes of the rows; within a row each run begins where the one
    before it ended, so that what repeats is spelled alike and packs well."""
    path = []
    for y, row in enumerate(cells):
        ended = None
        for start, length in _runs(row, thread):
            begin = f"M{start} {y}.5" if ended is None else f"m{start - ended} 0"
            path.append(f"{begin}h{length}")
            ended = start + length
    return "".join(path)


def _runs(row: list[int], thread: int) -> Iterator[tuple[int, int]]:
    """(start, length) of each run of the thread in a row."""
    start = None
    for x, cell in enumerate([*row, 0]):
        if cell == thread and start is None:
            start = x
        elif cell != thread and start is not None:
            yield start, x - start
            start = None
