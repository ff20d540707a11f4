"""Courtyards: what a district may spend its money on."""

from __future__ import annotations

from demo.drawings.canvas import (
    BLUE,
    BROWN,
    DARK,
    GLASS,
    GREEN,
    PALE,
    PAVING,
    RED,
    ROAD,
    STEEL,
    WATER,
    Canvas,
)


def benches_at_entrances() -> Canvas:
    made = Canvas()
    made.house(60, 470, columns=17, floors=7)
    made.ground(470, PAVING)
    for door in (250, 640):
        made.rect(door, 350, 80, 120, BROWN)
        made.rect(door + 12, 364, 56, 60, GLASS)
        made.poly(RED, (door - 60, 340), (door + 140, 340), (door + 110, 300), (door - 30, 300))
        for post in (door - 54, door + 126):
            made.rect(post, 340, 8, 150, STEEL)
        made.bench(door + 96, 520, 120)
    made.person(190, 590, RED)
    made.person(400, 510, GREEN, 0.7)
    made.person(820, 590, BLUE)
    return made


def barrier() -> Canvas:
    made = Canvas()
    made.house(30, 420, columns=5, floors=6)
    made.house(640, 420, columns=6, floors=5, wall="#c9b6a2")
    made.ground(420)
    made.rect(0, 480, 960, 160, ROAD)
    made.rect(160, 350, 330, 190, PALE)
    made.poly(PALE, (490, 540), (600, 540), (600, 450), (548, 370), (490, 370))
    made.poly(GLASS, (500, 450), (584, 450), (542, 386), (500, 386))
    made.rect(160, 462, 440, 22, RED)
    made.rect(292, 376, 22, 70, RED)
    made.rect(268, 400, 70, 22, RED)
    made.rect(380, 330, 60, 20, BLUE)
    for wheel in (250, 520):
        made.oval(wheel, 540, 42, 42, DARK)
        made.oval(wheel, 540, 18, 18, PALE)
    made.rect(690, 430, 40, 130, STEEL)
    made.line(PALE, 18, (710, 450), (900, 230))
    for part in range(4):
        x, y = 736 + part * 44, 420 - part * 51
        made.line(RED, 18, (x, y), (x + 19, y - 22))
    return made


def watering() -> Canvas:
    made = Canvas()
    made.house(660, 430, columns=5, floors=5)
    made.ground(430)
    made.rect(0, 560, 960, 80, ROAD)
    for tree in (110, 330, 560):
        made.chestnut(tree, 500, 1.2)
        made.oval(tree, 506, 60, 14, "#8a6a4a")
    made.oval(730, 520, 110, 44, BLUE)
    made.rect(690, 500, 80, 40, BLUE)
    made.poly(GREEN, (836, 580), (930, 580), (930, 510), (900, 460), (836, 460))
    made.poly(GLASS, (850, 506), (916, 506), (892, 472), (850, 472))
    made.rect(610, 566, 320, 16, DARK)
    for wheel in (660, 870):
        made.oval(wheel, 586, 34, 34, DARK)
        made.oval(wheel, 586, 14, 14, PALE)
    made.line(DARK, 6, (622, 540), (560, 560), (480, 470))
    for reach in range(5):
        made.line(WATER, 4, (476, 466), (400 - reach * 18, 430 + reach * 18))
    made.person(490, 590, RED)
    return made


def generator() -> Canvas:
    made = Canvas(("#c6d2da", "#e3dccf"))
    made.house(80, 500, columns=9, floors=8)
    made.rect(400, 60, 74, 440, "#b9a58e")
    made.rect(412, 250, 50, 80, GLASS)
    made.line(DARK, 3, (437, 70), (437, 250))
    made.rect(412, 410, 50, 90, BROWN)
    made.ground(500, PAVING)
    made.rect(600, 430, 280, 130, GREEN)
    made.rect(590, 416, 300, 16, DARK)
    for slat in range(6):
        made.rect(630, 456 + slat * 15, 110, 6, DARK)
    made.rect(780, 456, 70, 50, PALE)
    made.poly("#e2b23c", (820, 460), (796, 486), (812, 486), (806, 504), (834, 476), (816, 476))
    made.rect(600, 560, 280, 14, DARK)
    made.line(DARK, 7, (600, 530), (540, 560), (474, 540), (470, 480))
    made.person(300, 610, BLUE)
    made.person(350, 610, RED, 0.65)
    return made


DRAWINGS = (benches_at_entrances, barrier, watering, generator)
