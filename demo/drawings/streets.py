"""Streets: cafés at three hours of an evening, and crossings of the mine's railway."""

from __future__ import annotations

from math import cos, pi, sin

from demo.drawings.canvas import (
    BLUE,
    BROWN,
    DARK,
    DUSK,
    EVENING,
    GLASS,
    GREEN,
    LIT,
    NIGHT,
    PALE,
    PAVING,
    RED,
    ROAD,
    STEEL,
    WALL,
    Canvas,
)


def _terrace(hour: int, sky: tuple[str, str], ground: str, *, guests: int) -> Canvas:
    """A café's tables under a clock that shows ``hour``."""
    made = Canvas(sky)
    made.rect(0, 150, 620, 330, "#8d7a68" if hour > 21 else "#b9a58e")
    made.rect(0, 136, 640, 16, RED)
    for window in (40, 230, 420):
        made.rect(window, 200, 150, 130, LIT)
        made.rect(window + 72, 200, 6, 130, DARK)
    made.ground(480, ground)
    made.rect(762, 250, 12, 250, DARK)
    made.oval(768, 210, 96, 96, DARK)
    made.oval(768, 210, 84, 84, PALE)
    for mark in range(12):
        turn = mark * pi / 6
        made.oval(768 + 70 * sin(turn), 210 - 70 * cos(turn), 5, 5, DARK)
    turn = hour % 12 * pi / 6
    made.line(DARK, 11, (768, 210), (768 + 42 * sin(turn), 210 - 42 * cos(turn)))
    made.line(RED, 7, (768, 210), (768, 146))
    for place, x in enumerate((120, 330, 540)):
        made.poly(RED if place % 2 else GREEN, (x - 100, 400), (x + 100, 400), (x, 330))
        made.rect(x - 4, 390, 8, 190, DARK)
        made.rect(x - 50, 520, 100, 10, "#8a5a30")
        if place < guests:
            made.person(x - 66, 590, BLUE if place % 2 else BROWN)
            made.person(x + 66, 590, GREEN if place % 2 else RED)
    return made


def terrace_at_nine() -> Canvas:
    return _terrace(21, DUSK, PAVING, guests=3)


def terrace_at_ten() -> Canvas:
    return _terrace(22, EVENING, "#777069", guests=2)


def terrace_at_eleven() -> Canvas:
    made = _terrace(23, NIGHT, "#4c4a4c", guests=1)
    made.oval(890, 90, 34, 34, PALE)
    return made


def _crossing() -> Canvas:
    """A road that goes over a track; what stands behind it is drawn before the track."""
    made = Canvas()
    made.ground(400, "#b3a892")
    return made


def _track(made: Canvas) -> Canvas:
    made.poly(ROAD, (300, 640), (660, 640), (560, 400), (420, 400))
    made.rails(500)
    for plank in range(3):
        made.rect(372 - plank * 12, 484 + plank * 16, 232 + plank * 24, 9, "#8a5a30")
    return made


def _sign(made: Canvas, x: float, base: float) -> None:
    """The cross of a crossing of one track."""
    made.rect(x - 4, base - 150, 8, 150, STEEL)
    for way in (-1, 1):
        made.line(RED, 22, (x - 46, base - 160 - 26 * way), (x + 46, base - 160 + 26 * way))
        made.line(PALE, 10, (x - 38, base - 160 - 21 * way), (x + 38, base - 160 + 21 * way))


def crossing_at_the_mine() -> Canvas:
    made = _crossing()
    made.headframe(90, 400, 300)
    made.rect(560, 280, 330, 120, WALL)
    made.rect(550, 268, 350, 14, RED)
    for window in (590, 660, 800):
        made.rect(window, 310, 44, 44, GLASS)
    made.rect(726, 320, 50, 80, BROWN)
    _track(made)
    _sign(made, 250, 600)
    for x, colour in ((440, BLUE), (500, BROWN), (560, BLUE)):
        made.person(x, 480, colour, 0.75)
        made.oval(x, 383, 14, 9, "#e2b23c")
    return made


def crossing_to_school() -> Canvas:
    made = _crossing()
    made.house(30, 400, columns=4, floors=4)
    made.rect(560, 250, 360, 150, "#dcc9a6")
    made.rect(550, 238, 380, 14, RED)
    for window in range(5):
        made.rect(586 + window * 66, 280, 40, 48, GLASS)
    made.tree(470, 400, 0.8)
    _track(made)
    _sign(made, 740, 610)
    for x, colour in ((430, RED), (480, GREEN), (540, BLUE)):
        made.person(x, 590, colour, 0.7)
        made.rect(x - 12, 520, 24, 28, "#e2b23c")
    return made


def crossing_at_the_market() -> Canvas:
    made = _crossing()
    for place, x in enumerate((40, 250, 560, 770)):
        made.rect(x, 310, 150, 90, "#c9b6a2")
        for stripe in range(6):
            colour = PALE if stripe % 2 else (RED, GREEN)[place % 2]
            made.rect(x - 8 + stripe * 28, 260, 28, 52, colour)
        for fruit in range(6):
            colour = ("#d3562d", "#e2b23c", "#5f9a4f")[fruit % 3]
            made.oval(x + 18 + fruit * 23, 332, 10, 10, colour)
    _track(made)
    _sign(made, 250, 610)
    made.person(470, 600, BROWN)
    made.person(700, 460, RED, 0.8)
    made.person(180, 460, BLUE, 0.8)
    return made


def crossing_at_the_heap() -> Canvas:
    made = _crossing()
    made.poly("#96563e", (300, 400), (600, 170), (700, 200), (960, 400))
    made.poly("#b16d54", (600, 170), (700, 200), (740, 400), (660, 400))
    made.rect(80, 260, 210, 12, BLUE)
    made.rect(92, 272, 186, 100, "#b7cbd6")
    for post in (86, 276):
        made.rect(post, 266, 8, 140, STEEL)
    made.bench(120, 404)
    _track(made)
    _sign(made, 760, 610)
    made.person(330, 420, GREEN, 0.8)
    return made


DRAWINGS = (
    *(terrace_at_nine, terrace_at_ten, terrace_at_eleven),
    *(crossing_at_the_mine, crossing_to_school, crossing_at_the_market, crossing_at_the_heap),
)
