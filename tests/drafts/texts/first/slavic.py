"""Two Polish and two Russian Word files."""

from __future__ import annotations

from ..declared import print_number
from ..docx import Docx, Level, grid, paragraph, run, text_box
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'


def union_of_teachers() -> Docx:
    """Return a statute in chapters with numbers typed; 2.2 is missing in the source itself."""
    say = Phrases("pl")
    text = Docx("Statute of a union (pl)", "statut-pl.docx")
    text.p("STATUT", props=_CENTRED)
    text.p("Związku Miłośników Alei w Rudogórzu", props=_CENTRED)
    for chapter in range(1, 6):
        text.p(say.title(), f"{chapter}.", 0)
        numbers = [number for number in range(1, 8) if (chapter, number) != (2, 2)]
        for number in numbers:
            text.p(say.sentence(), f"{chapter}.{number}.", 1)
            text.p(say.sentence())
            text.p(say.item())
            if number == 4:
                for _ in range(3):
                    text.p(f"– {say.item()}")
    return text.build()


def race_rules() -> Docx:
    """Return rules of a race: Word's upperRoman sections; the times in them are no numbers."""
    say = Phrases("pl", 23)
    text = Docx("Rules of a race (pl, upperRoman)", "bieg.docx")
    sections = text.list_of(Level("upperRoman", "%1."))
    bullets = text.list_of(Level("bullet", "–"))
    text.p("REGULAMIN BIEGU PRZEŁAJOWEGO", props=_CENTRED)
    text.p("„Rudogórska Dycha”", props=_CENTRED)
    for section in range(1, 13):
        roman = print_number(section, "upperRoman")
        title = f"{say.title().upper()} {'BIS' if section > 6 else 'ORAZ TERMINY'}"
        text.p(title, f"{roman}.", 0, auto=(sections, 0))
        text.p(say.sentence())
        if section in (4, 9):
            for hour in (9, 10, 11):
                text.p(f"{hour}.30 – {say.item()}")
        else:
            for _ in range(2):
                text.p(say.item(), auto=(bullets, 0))
    return text.build()


def team_charter() -> Docx:
    """Return a charter: typed contents, 22 times «Пункт 1.» under articles, three text boxes."""
    say = Phrases("ru")
    text = Docx("Charter of a team (ru, text boxes, typed contents)", "ustav.docx")
    text.raw(paragraph(text_box(paragraph(run(text.say("Утверждён общим собранием команды"))))))
    text.p("УСТАВ КОМАНДЫ «ШЕСТЕРНЯ»", props=_CENTRED)
    titles = [f"{say.title()} {end}" for end in ("клуба", "цеха") for _ in range(11)]
    text.raw(paragraph(run(text.set_aside("СОДЕРЖАНИЕ"))))
    for at, title in enumerate(titles, 1):
        line = f"Статья {at}. {title}"
        text.set_aside(f"{line} {at + 1}")
        text.raw(paragraph(run(f"{line}{'.' * (60 - len(line))}{at + 1}")))
    for at, title in enumerate(titles, 1):
        text.p(title, f"Статья {at}.", 0)
        for number in (1, 2, 3) if at <= 21 else (1,):
            text.p(say.sentence(), f"Пункт {number}.", 1)
            if at % 4 == 0:
                text.p(say.sentence())
            if at % 5 == 0 and number == 2:
                for _ in range(3):
                    text.p(f"— {say.item()}")
        if at == 7:
            box = "".join(paragraph(run(text.say(say.sentence()))) for _ in range(2))
            text.raw(paragraph(text_box(box)))
        if at == 9:
            line = say.sentence()
            note = text.note("Здесь и далее: по календарю клуба.")
            text.p(line, inner=run(line) + note)
    text.raw(paragraph(text_box(paragraph(run(text.say("Отпечатано в мастерской клуба"))))))
    return text.build()


def project_charter() -> Docx:
    """Return a project's charter: clauses between twelve tables of data, which have numbers too."""
    say = Phrases("ru", 41)
    text = Docx("Charter of a project (ru, 12 tables)", "proekt.docx")
    text.page_head("Устав проекта «Зимний каток»", "стр.")
    text.p("УСТАВ ПРОЕКТА", props=_CENTRED)
    text.table([("Название", "Зимний каток на набережной"), ("Версия", "третья")])
    for section in range(1, 9):
        text.p(say.title().upper(), f"{section}.", 0)
        for number in range(1, 4):
            text.p(say.sentence(), f"{section}.{number}.", 1)
        if section == 2:
            text.table(
                [("№", "Риск", "Мера")]
                + [(f"{row}.", say.item(""), say.item("")) for row in range(1, 11)]
            )
        else:
            rows = [(say.item(""), f"{row * 7} тыс.") for row in range(1, 4)]
            text.table([("Работа", "Смета"), *rows])
        if section % 3 == 0:
            merged = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph(
                run(text.say(f"Итого по разделу {section}"))
            )
            inner = grid([[paragraph(run(text.say(say.item(""))))]])
            nested = inner + paragraph(run(text.say(f"сводка {section}")))
            text.raw(grid([[merged], [nested, paragraph(run(text.say("без изменений")))]]))
    text.table([("Подпись", "Дата"), ("Руководитель", "12.02.2026")])
    text.p(say.title().upper(), "9.", 0)
    for number in range(1, 9):
        text.p(say.sentence(), f"9.{number}.", 1)
    return text.build()
