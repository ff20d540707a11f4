"""Two Ukrainian acts that came as .doc, and the rules of a festival with Word's lists."""

from __future__ import annotations

from ..declared import print_number
from ..docx import Docx, Level
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'


def union_statute() -> Docx:
    """Return a long statute: Roman sections, numbers of two and three levels, letters."""
    say = Phrases("uk")
    text = Docx("Statute of a teachers' union (uk)", "statut.docx")
    text.page_head("Статут Спілки вчителів Рудногірська", "Аркуш")
    for line in ("ЗАТВЕРДЖЕНО", "з'їздом Спілки вчителів Рудногірська"):
        text.p(line, props='<w:jc w:val="right"/>')
    text.in_annex = True
    for line in ("СТАТУТ", "громадської організації «Спілка вчителів Рудногірська»"):
        text.p(line, props=_CENTRED)
    for section in range(1, 13):
        roman = print_number(section, "upperRoman")
        text.p(say.title().upper(), f"{roman}.", 0, props=_CENTRED)
        for clause in range(1, 6):
            number = f"{section}.{clause}."
            text.p(say.sentence(), number, 1)
            if clause == 2:
                for sub in range(1, 4):
                    text.p(say.sentence(), f"{number}{sub}.", 2)
                    if sub == 3:
                        for letter in "абв":
                            text.p(say.item(), f"{letter})", 3)
            elif clause == 4:
                for item in range(1, 5):
                    text.p(say.item(), f"{item})", 2)
            elif clause == 5:
                text.p(say.sentence())
                text.p(say.sentence())
    return text.build()


def standard_regulation() -> Docx:
    """Return a regulation of a general and a special part, whose titles stand alone."""
    say = Phrases("uk", 31)
    text = Docx("A ministry's standard regulation (uk)", "typove.docx")
    text.p("ЗАТВЕРДЖЕНО", props='<w:jc w:val="right"/>')
    text.p("Наказ Міністерства садів 3 березня 2025 року № 118", props='<w:jc w:val="right"/>')
    text.in_annex = True
    text.p("ТИПОВЕ ПОЛОЖЕННЯ", props=_CENTRED)
    text.p("про дендрологічний парк місцевого значення", props=_CENTRED)
    text.p("Загальна частина", props=_CENTRED)
    for number in range(1, 12):
        text.p(say.sentence(), f"{number}.", 0, gap="\t")
        if number % 3 == 0:
            text.p(say.sentence())
        if number == 5:
            for item in range(1, 9):
                text.p(say.item(), f"{item})", 1)
    text.p("Особлива частина", props=_CENTRED)
    for number in range(12, 30):
        text.p(say.sentence(), f"{number}.", 0)
        if number in (14, 20):
            text.p(say.sentence())
            text.p(say.sentence())
        if number == 22:
            for item in range(1, 5):
                text.p(say.item(), f"{item})", 1)
    text.p("Директор департаменту\tІ. Вербова")
    return text.build()


def festival() -> Docx:
    """Return rules whose second item is in capitals, as are parts of its neighbours."""
    say = Phrases("uk", 67)
    text = Docx("Rules of a festival (uk, Word's lists)", "festyval.docx")
    items = text.list_of(Level("decimal", "%1."))
    bullets = text.list_of(Level("bullet", "•"))
    text.p("РЕГЛАМЕНТ", props=_CENTRED)
    text.p("міського свята вуличних оркестрів «Мідна осінь»", props=_CENTRED)
    text.p("МЕТА СВЯТА", props=_CENTRED)
    for _ in range(4):
        text.p(say.item(), auto=(bullets, 0))
    text.p("УЧАСНИКИ", props=_CENTRED)
    for _ in range(3):
        text.p(say.sentence())
    text.p("Щоб узяти участь, оркестр має:")
    lines = (
        "НАДІСЛАТИ АНКЕТУ НА АДРЕСУ ОРГКОМІТЕТУ до 14 вересня включно;",
        "АНКЕТИ БЕЗ ПІДПИСУ КЕРІВНИКА НЕ РОЗГЛЯДАЮТЬСЯ",
        "ДОДАТИ ЗАПИС ТРЬОХ ТВОРІВ тривалістю до п'яти хвилин кожен;",
        "узгодити список інструментів із звукорежисером;",
        "СПЛАТИТИ БЛАГОДІЙНИЙ ВНЕСОК у касу свята;",
        "підтвердити приїзд телефоном за тиждень;",
        "отримати перепустку для автобуса.",
    )
    for at, line in enumerate(lines, 1):
        text.p(line, f"{at}.", 0, auto=(items, 0))
    text.p("ЖУРІ СВЯТА", props=_CENTRED)
    for _ in range(12):
        text.p(say.sentence())
    text.p("НАГОРОДИ", props=_CENTRED)
    for _ in range(10):
        text.p(say.item(), auto=(bullets, 0))
    text.p("РОЗПОРЯДОК", props=_CENTRED)
    text.table(
        [("Час", "Подія", "Місце")]
        + [(f"1{hour}.30", say.item(""), f"майданчик {hour}") for hour in range(8)]
    )
    for _ in range(28):
        text.p(say.sentence())
    return text.build()
