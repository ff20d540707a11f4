"""People who are proposed for the jury of a contest of murals, at their work."""

from __future__ import annotations

from demo.drawings.canvas import (
    BLUE,
    BROWN,
    DARK,
    GLASS,
    GREEN,
    LIT,
    PALE,
    PATH,
    RED,
    STEEL,
    WALL,
    WATER,
    Canvas,
)

_ROOM = ("#efe6d8", "#e6dac7")


def art_teacher() -> Canvas:
    made = Canvas(_ROOM)
    made.rect(80, 90, 230, 190, WATER)
    made.rect(190, 90, 8, 190, PALE)
    made.ground(500, "#b08a63")
    made.line(BROWN, 10, (560, 560), (650, 200), (740, 560))
    made.rect(540, 220, 230, 210, PALE)
    made.poly("#b5614b", (560, 410), (640, 310), (700, 410))
    made.oval(720, 270, 20, 20, "#e2b23c")
    made.rect(556, 400, 198, 16, "#9fbf97")
    made.person(430, 590, RED, 2)
    made.line(RED, 22, (466, 420), (540, 360))
    made.line(DARK, 5, (540, 360), (572, 338))
    made.person(190, 600, GREEN, 1.1)
    made.person(270, 600, BLUE, 1.1)
    return made


def chief_architect() -> Canvas:
    made = Canvas(_ROOM)
    made.rect(540, 80, 330, 210, "#dfe8ec")
    for row in range(5):
        made.line(GLASS, 3, (556, 110 + row * 40), (854, 110 + row * 40))
    made.line(BLUE, 6, (590, 270), (590, 170), (680, 120), (770, 170), (770, 270))
    made.ground(520, "#a38d76")
    made.person(330, 560, BLUE, 2.2)
    made.poly("#8a5a30", (150, 470), (840, 470), (880, 510), (110, 510))
    for leg in (150, 820):
        made.rect(leg, 510, 22, 120, "#6b4a2f")
    made.house(620, 470, columns=2, floors=2)
    made.rect(760, 420, 50, 50, WALL)
    made.poly(PALE, (210, 500), (500, 500), (470, 474), (240, 474))
    made.poly("#e2b23c", (520, 500), (600, 500), (520, 474))
    return made


def mural_painter() -> Canvas:
    made = Canvas()
    made.rect(230, 40, 690, 500, WALL)
    made.rect(220, 28, 710, 14, RED)
    made.oval(640, 220, 130, 130, "#e2b23c")
    made.poly(BLUE, (300, 480), (480, 250), (640, 480))
    made.poly(RED, (520, 480), (700, 300), (860, 480))
    made.rect(300, 440, 560, 60, GREEN)
    made.ground(540, PATH)
    for rail in (330, 440):
        made.line(STEEL, 10, (rail - 40, 610), (rail, 200))
    for rung in range(7):
        y = 250 + rung * 50
        made.line(STEEL, 8, (328 - rung * 5, y), (438 - rung * 5, y))
    made.person(380, 400, BROWN, 1.3)
    made.line(BROWN, 16, (404, 290), (470, 250))
    made.line(DARK, 5, (470, 250), (500, 234))
    made.tree(110, 560, 1.4)
    for can, colour in enumerate((RED, BLUE, "#e2b23c")):
        made.rect(520 + can * 70, 580, 44, 44, STEEL)
        made.oval(542 + can * 70, 580, 22, 8, colour)
    return made


def head_of_the_house() -> Canvas:
    made = Canvas()
    made.house(120, 510, columns=15, floors=8)
    made.rect(430, 330, 120, 180, BROWN)
    made.rect(448, 350, 84, 80, GLASS)
    made.poly(RED, (390, 320), (590, 320), (560, 280), (420, 280))
    made.ground(510, "#9fbf97")
    made.poly(PATH, (400, 640), (590, 640), (550, 510), (430, 510))
    made.rect(640, 340, 200, 130, "#8a5a30")
    for sheet in range(3):
        made.rect(656 + sheet * 60, 356, 48, 66 + sheet * 12, PALE if sheet != 1 else LIT)
    made.rect(650, 470, 12, 80, STEEL)
    made.rect(818, 470, 12, 80, STEEL)
    made.person(340, 600, GREEN, 1.8)
    made.rect(364, 440, 44, 58, PALE)
    made.bench(120, 600, 150)
    return made


DRAWINGS = (art_teacher, chief_architect, mural_painter, head_of_the_house)
