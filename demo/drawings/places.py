"""Squares and sights: what a new square may be called after, what is renewed, what a map shows."""

from __future__ import annotations

from random import Random

from demo.drawings.canvas import (
    BLUE,
    BROWN,
    DARK,
    GLASS,
    GRASS,
    GREEN,
    PALE,
    PATH,
    PAVING,
    RED,
    STEEL,
    WALL,
    WATER,
    Canvas,
)


def _square() -> Canvas:
    """A lawn with a path, houses behind it."""
    made = Canvas()
    made.house(40, 400, columns=4, floors=5)
    made.house(700, 400, columns=4, floors=4, wall="#c9b6a2")
    made.ground(400)
    made.poly(PATH, (350, 640), (620, 640), (530, 400), (440, 400))
    return made


def square_of_miners() -> Canvas:
    made = _square()
    made.tree(180, 520, 1.3)
    made.tree(810, 520, 1.2)
    made.poly("#6e6259", (390, 560), (580, 560), (556, 470), (414, 470))
    made.poly("#9a4634", (420, 470), (550, 470), (566, 390), (500, 310), (436, 360))
    made.poly("#b5614b", (500, 310), (566, 390), (510, 420))
    made.poly("#7d3325", (420, 470), (436, 360), (480, 430))
    made.bench(650, 590)
    made.person(290, 600, BLUE)
    return made


def square_of_railwaymen() -> Canvas:
    made = _square()
    made.tree(120, 500, 1.2)
    made.tree(870, 500, 1.1)
    made.rect(210, 540, 560, 26, PAVING)
    made.rect(230, 520, 520, 8, STEEL)
    made.rect(270, 390, 330, 90, DARK)
    made.rect(590, 330, 130, 150, DARK)
    made.rect(576, 316, 158, 16, RED)
    made.rect(616, 356, 76, 50, GLASS)
    made.rect(310, 320, 40, 74, DARK)
    made.rect(300, 310, 60, 16, RED)
    made.oval(440, 390, 34, 26, DARK)
    made.poly(RED, (230, 516), (280, 516), (280, 450))
    made.rect(262, 474, 470, 14, RED)
    for wheel in (320, 410, 500):
        made.oval(wheel, 484, 38, 38, STEEL)
        made.oval(wheel, 484, 16, 16, PALE)
    made.oval(650, 494, 28, 28, STEEL)
    made.person(860, 600, GREEN, 0.9)
    return made


def square_of_chestnuts() -> Canvas:
    made = _square()
    made.chestnut(190, 540, 2)
    made.chestnut(770, 540, 2)
    made.chestnut(500, 430, 0.9)
    made.bench(250, 600)
    made.person(640, 610, RED)
    made.person(690, 610, BROWN, 0.7)
    return made


def square_of_memory() -> Canvas:
    made = _square()
    for fir in (150, 250, 720, 820):
        made.poly("#2f6144", (fir - 46, 530), (fir + 46, 530), (fir, 270))
        made.rect(fir - 7, 530, 14, 24, "#6b4a2f")
    made.rect(380, 540, 210, 26, "#8b857b")
    made.poly("#5c5650", (440, 540), (530, 540), (514, 190), (456, 190))
    made.rect(462, 300, 46, 6, PALE)
    made.rect(462, 320, 46, 6, PALE)
    for flower in range(9):
        made.oval(400 + flower * 22, 566, 11, 10, RED if flower % 2 else "#e2b23c")
    made.person(660, 600, BLUE)
    return made


def fountain() -> Canvas:
    made = Canvas()
    made.house(30, 380, columns=5, floors=4)
    made.house(640, 380, columns=6, floors=5, wall="#c9b6a2")
    made.ground(380, PAVING)
    made.oval(480, 520, 260, 66, "#877f74")
    made.oval(480, 512, 236, 54, WATER)
    made.rect(466, 400, 28, 110, "#877f74")
    made.oval(480, 404, 70, 16, "#877f74")
    for reach in (40, 90, 150):
        jet = [(480 - reach, 500), (480 - reach * 0.7, 340), (480, 300)]
        made.line(PALE, 5, *jet)
        made.line(PALE, 5, *((960 - x, y) for x, y in jet))
    made.person(150, 600, RED)
    made.person(200, 600, GREEN, 0.65)
    made.tree(860, 520, 1.1)
    return made


def chestnut_alley() -> Canvas:
    made = Canvas()
    made.ground(360)
    made.poly(PATH, (240, 640), (720, 640), (500, 360), (460, 360))
    for step, size in enumerate((0.6, 0.9, 1.4, 2.1)):
        base = 380 + step * step * 22
        made.chestnut(440 - step * 110, base, size)
        made.chestnut(520 + step * 110, base, size)
    made.bench(620, 600)
    made.person(450, 590, BLUE)
    made.person(510, 590, RED)
    return made


def school_alley() -> Canvas:
    made = Canvas()
    made.rect(180, 190, 600, 210, "#dcc9a6")
    made.rect(168, 176, 624, 16, RED)
    made.poly(RED, (400, 176), (560, 176), (480, 116))
    for column in range(8):
        for row in range(2):
            if column not in (3, 4) or row == 0:
                made.rect(206 + column * 72, 214 + row * 90, 44, 56, GLASS)
    made.rect(440, 300, 80, 100, BROWN)
    made.ground(400)
    made.poly(PATH, (330, 640), (640, 640), (530, 400), (430, 400))
    for side in (110, 240, 720, 850):
        made.tree(side, 520, 1.1)
    made.person(420, 590, RED, 0.8)
    made.person(500, 570, BLUE, 0.75)
    made.person(560, 600, GREEN, 0.8)
    return made


def riverside() -> Canvas:
    made = Canvas()
    made.ground(300, "#8fae9b")
    made.poly(WATER, (0, 330), (960, 300), (960, 470), (0, 430))
    made.line(PALE, 3, (120, 372), (300, 366))
    made.line(PALE, 3, (520, 400), (760, 392))
    made.poly(PATH, (0, 430), (960, 470), (960, 640), (0, 640))
    made.line(STEEL, 6, (0, 400), (960, 440))
    for post in range(0, 960, 80):
        made.line(STEEL, 6, (post, 400 + post / 24), (post, 440 + post / 24))
    for lamp in (140, 480, 820):
        made.lamp(lamp, 480 + lamp / 24)
    for wheel in (610, 710):
        made.ring(wheel, 570, 38, DARK)
    made.line(RED, 8, (610, 570), (646, 510), (696, 510), (660, 570), (646, 510))
    made.line(RED, 8, (660, 570), (610, 570))
    made.line(DARK, 8, (710, 570), (690, 490))
    made.person(656, 556, GREEN)
    made.tree(300, 330, 0.6)
    made.tree(880, 310, 0.6)
    return made


def viewing_platform() -> Canvas:
    made = Canvas()
    made.ground(230, "#d9b394")
    shades = ("#c98d6c", "#b97a5b", "#a8674b", "#96563e", "#834633")
    for step, shade in enumerate(shades):
        made.oval(480, 300 + step * 46, 620 - step * 110, 110 - step * 16, shade)
    made.poly(PATH, (0, 640), (960, 640), (960, 560), (620, 520), (340, 520), (0, 560))
    made.line(DARK, 8, (0, 500), (340, 462), (620, 462), (960, 500))
    for post in (20, 140, 260, 380, 480, 580, 700, 820, 940):
        made.line(DARK, 8, (post, 470), (post, 560))
    made.person(420, 610, BLUE)
    made.person(480, 610, RED)
    made.person(700, 620, GREEN)
    made.line(DARK, 10, (690, 498), (720, 494))
    return made


def old_headframe() -> Canvas:
    made = Canvas()
    made.poly("#b98a6b", (0, 480), (220, 330), (420, 480))
    made.ground(480)
    made.headframe(400, 500, 390, RED)
    made.rect(560, 400, 250, 100, "#c08a66")
    made.poly(DARK, (546, 400), (824, 400), (685, 340))
    for window in (584, 650, 716):
        made.rect(window, 424, 36, 46, GLASS)
    made.poly(PATH, (380, 640), (560, 640), (500, 500), (440, 500))
    made.person(270, 590, BROWN)
    made.tree(130, 540, 1.1)
    return made


def poppies() -> Canvas:
    made = Canvas()
    made.poly("#9a5a44", (120, 470), (450, 150), (600, 190), (900, 470))
    made.poly("#b16d54", (450, 150), (600, 190), (640, 470), (520, 470))
    made.ground(470, "#8fb184")
    random = Random(3)  # noqa: S311 - the same meadow every time
    for y in sorted(random.uniform(486, 630) for _poppy in range(90)):
        x, size = random.uniform(0, 960), 4 + (y - 480) / 20
        made.line("#4f7f4d", 2, (x, y), (x, y + 22))
        made.oval(x, y, size, size * 0.8, "#cf2b2b")
    made.oval(790, 110, 42, 42, "#f4c46a")
    return made


def museum() -> Canvas:
    made = Canvas()
    made.rect(150, 250, 660, 230, WALL)
    made.poly(RED, (120, 250), (840, 250), (480, 120))
    made.poly(WALL, (220, 236), (740, 236), (480, 146))
    made.poly("#7d5aa0", (450, 226), (510, 226), (524, 196), (480, 166), (436, 196))
    for column in range(6):
        made.rect(190 + column * 108, 262, 34, 218, PALE)
    made.rect(440, 330, 80, 150, BROWN)
    for step in range(3):
        made.rect(130 - step * 16, 480 + step * 18, 700 + step * 32, 18, "#b8ac9b")
    made.ground(534, PAVING)
    for x, size, colour in ((160, 1.0, "#5b7d99"), (800, 1.2, "#b5614b")):
        made.poly(colour, (x - 40 * size, 600), (x + 40 * size, 600), (x + 20 * size, 520),
                  (x - 8 * size, 490), (x - 30 * size, 540))  # fmt: skip
    made.person(620, 610, GREEN)
    return made


def ravine() -> Canvas:
    made = Canvas()
    made.ground(300, GRASS)
    made.poly("#b5614b", (0, 330), (360, 400), (420, 640), (0, 640))
    made.poly("#9a4634", (960, 310), (620, 400), (540, 640), (960, 640))
    made.poly("#c77f66", (0, 330), (360, 400), (380, 470), (0, 420))
    made.poly(WATER, (430, 640), (530, 640), (500, 500), (540, 410), (490, 330), (470, 330),
              (470, 410), (450, 500))  # fmt: skip
    for x, base, size in ((120, 340, 0.9), (270, 380, 0.7), (760, 360, 0.9), (880, 330, 1.1)):
        made.tree(x, base, size)
    made.person(690, 420, RED, 0.6)
    made.person(725, 416, BLUE, 0.6)
    return made


DRAWINGS = (
    *(square_of_miners, square_of_railwaymen, square_of_chestnuts, square_of_memory),
    *(fountain, chestnut_alley, school_alley, riverside),
    *(viewing_platform, old_headframe, poppies, museum, ravine),
)
