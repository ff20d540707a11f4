"""A canvas for flat drawings of the demo city, and what stands in many of them.

Its places are those of a picture of 960 × 640, drawn twice as large and made smaller, so that edges
are smooth. ``base`` is where a thing stands on the ground, ``x`` its left side or its middle.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 640
_SCALE = 2

RED, BLUE, GREEN, BROWN = "#8c2318", "#24506e", "#1b6443", "#7a4a00"
WALL, WALL_DEEP, ROOF = "#d3c6b3", "#c9b6a2", RED
GLASS, LIT = "#5b7d99", "#fbe6ad"
GRASS, PATH, PAVING, ROAD = "#9fbf97", "#d9c6a5", "#a7a196", "#7e828b"
TRUNK, LEAVES, LEAVES_LIGHT = "#6b4a2f", "#3f7a52", "#52926a"
DARK, STEEL, PALE, WATER = "#2d2c2b", "#4a5560", "#f0e8dc", "#9db8c6"
DAY, DUSK, EVENING, NIGHT = (
    ("#d9e6ee", "#ede6da"),
    ("#8fa3bd", "#f0c9a0"),
    ("#4a5f80", "#b98f8c"),
    ("#1c2a3c", "#35435a"),
)


class Canvas:
    """A drawing with a sky of two colours, from above to the horizon."""

    def __init__(self, sky: tuple[str, str] = DAY) -> None:
        above = Image.new("RGB", (1, 2))
        for row, colour in enumerate(sky):
            above.paste(colour, (0, row, 1, row + 1))
        size = (WIDTH * _SCALE, HEIGHT * _SCALE)
        self.image = above.resize(size, Image.Resampling.BILINEAR)
        self._draw = ImageDraw.Draw(self.image)

    def jpeg(self) -> bytes:
        """The drawing as a file."""
        made = io.BytesIO()
        self.image.reduce(_SCALE).save(made, "JPEG", quality=85)
        return made.getvalue()

    def rect(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self._draw.rectangle(_scale_points([(x, y), (x + width, y + height)]), fill=colour)

    def poly(self, colour: str, *points: tuple[float, float]) -> None:
        self._draw.polygon(_scale_points(points), fill=colour)

    def oval(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        """Around its middle, by its two radii."""
        corners = [(x - across, y - down), (x + across, y + down)]
        self._draw.ellipse(_scale_points(corners), fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: str, width: float = 6) -> None:
        corners = [(x - radius, y - radius), (x + radius, y + radius)]
        self._draw.ellipse(_scale_points(corners), outline=colour, width=round(width * _SCALE))

    def line(self, colour: str, width: float, *points: tuple[float, float]) -> None:
        self._draw.line(
            _scale_points(points), fill=colour, width=round(width * _SCALE), joint="curve"
        )

    def ground(self, y: float, colour: str = GRASS) -> None:
        self.rect(0, y, WIDTH, HEIGHT - y, colour)

    def house(
        self,
        x: float,
        base: float,
        *,
        columns: int = 5,
        floors: int = 5,
        wall: str = WALL,
        roof: str = ROOF,
        lit: str = LIT,
        glass: str = GLASS,
    ) -> None:
        """A block of flats; most of its windows are lit."""
        width, height = columns * 48 + 16, floors * 52 + 14
        top = base - height
        self.rect(x, top, width, height, wall)
        self.rect(x - 6, top - 12, width + 12, 12, roof)
        for row in range(floors):
            for column in range(columns):
                pane = glass if (row * 3 + column * 2) % 5 == 1 else lit
                self.rect(x + 20 + column * 48, top + 18 + row * 52, 26, 28, pane)

    def tree(self, x: float, base: float, size: float = 1) -> None:
        self.rect(x - 8 * size, base - 90 * size, 16 * size, 90 * size, TRUNK)
        self.oval(x - 18 * size, base - 120 * size, 62 * size, 60 * size, LEAVES)
        self.oval(x + 34 * size, base - 102 * size, 46 * size, 44 * size, LEAVES_LIGHT)

    def chestnut(self, x: float, base: float, size: float = 1) -> None:
        """A tree in flower: pale candles among its leaves."""
        self.tree(x, base, size)
        for across, up in ((-54, 120), (-26, 152), (2, 118), (-20, 92), (28, 128), (56, 98)):
            left, top = x + across * size, base - up * size
            self.poly(
                PALE, (left - 7 * size, top + 12 * size), (left + 7 * size, top + 12 * size),
                (left, top - 18 * size),
            )  # fmt: skip

    def person(self, x: float, base: float, colour: str = RED, size: float = 1) -> None:
        """Somebody who stands, seen from the front."""
        for leg in (-14, 3):
            self.rect(x + leg * size, base - 44 * size, 11 * size, 44 * size, STEEL)
        self._draw.rounded_rectangle(
            _scale_points([(x - 22 * size, base - 112 * size), (x + 22 * size, base - 40 * size)]),
            radius=12 * size * _SCALE,
            fill=colour,
        )
        self.oval(x, base - 128 * size, 17 * size, 17 * size, "#4a2d20")
        self.oval(x, base - 123 * size, 13 * size, 13 * size, "#b98a6b")

    def bench(self, x: float, base: float, width: float = 130) -> None:
        for leg in (x + 12, x + width - 20):
            self.rect(leg, base - 40, 8, 40, DARK)
        self.rect(x, base - 46, width, 12, "#8a5a30")
        self.rect(x, base - 74, width, 9, "#8a5a30")

    def lamp(self, x: float, base: float, height: float = 230, glow: str = LIT) -> None:
        self.rect(x - 4, base - height, 8, height, DARK)
        self.oval(x, base - height, 26, 12, glow)

    def rails(self, y: float) -> None:
        """A track across the picture."""
        for sleeper in range(-10, WIDTH, 48):
            self.poly("#6b4a2f", (sleeper, y + 26), (sleeper + 26, y + 26), (sleeper + 34, y - 8),
                      (sleeper + 12, y - 8))  # fmt: skip
        self.rect(0, y - 6, WIDTH, 6, STEEL)
        self.rect(0, y + 16, WIDTH, 8, STEEL)

    def headframe(self, x: float, base: float, height: float = 330, colour: str = DARK) -> None:
        """The tower over a shaft, with its two wheels."""
        top = base - height
        self.line(colour, 12, (x, base), (x + 34, top + 20), (x + 96, top + 20), (x + 130, base))
        self.line(colour, 12, (x + 90, top + 30), (x + 260, base))
        for level in range(4):
            y = base - 30 - level * (height - 60) / 4
            self.line(colour, 5, (x + 8, y), (x + 118, y - 60))
        for wheel in (x + 42, x + 92):
            self.ring(wheel, top, 34, colour, 8)
            self.line(colour, 4, (wheel - 30, top), (wheel + 30, top))
            self.line(colour, 4, (wheel, top - 30), (wheel, top + 30))


def _scale_points(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]
