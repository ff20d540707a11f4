"""A comparison and a programme in tables: some lay text out, others are data."""

from __future__ import annotations

from ..docx import Docx, grid, paragraph, run
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'


def comparison() -> Docx:
    """Return rules laid out in a table, then a table of old and new words, then one of measures."""
    say = Phrases("uk", 89)
    text = Docx("Rules and comparison in tables", "tables.docx")
    text.p("ПРАВИЛА", props=_CENTRED)
    text.p("утримання міських годинників", props=_CENTRED)
    rows = []
    for section in range(1, 5):
        title = text.number(0, f"{section}.", say.title())
        rows.append([_cell(f"{section}."), _cell(title)])
        for clause in range(1, 4):
            number = f"{section}.{clause}."
            words = text.number(1, number, say.sentence())
            inside = _cell(words)
            if clause == 2:  # a list and a second paragraph within the cell
                for letter in "абв":
                    item = text.number(2, f"{letter})", say.item())
                    inside += _cell(f"{letter}) {item}")
            if clause == 3:
                inside += _cell(text.say(say.sentence()))
            rows.append([_cell(number), inside])
    text.raw(grid(rows, border=False))
    text.p("Порівняльна таблиця", props=_CENTRED)
    changes = [(f"{at}. {say.sentence()}", f"{at}. {say.sentence()}") for at in (7, 8, 9)]
    text.table([("Чинна редакція", "Запропонована редакція"), *changes])
    text.p(say.sentence(), "5.", 0)
    for item in (1, 2, 3):
        text.p(say.item(), f"{item})", 1)
    text.p("План заходів", props=_CENTRED)
    first = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    other = "<w:tcPr><w:vMerge/></w:tcPr>"
    measures = [[_cell(text.say(head)) for head in ("№ з/п", "Захід", "Виконавець", "Строк")]]
    for at in range(1, 9):
        cells = (f"{at}.", say.item(""), f"{at * 15} червня")
        number, measure, term = (_cell(text.say(cell)) for cell in cells)
        who = first + _cell(text.say(f"відділ {at}")) if at % 2 else other + paragraph("")
        measures.append([number, measure, who, term])
    text.raw(grid(measures))
    text.p(say.sentence(), "6.", 0)
    inner = grid([[_cell(text.say("сума")), _cell(text.say("120 тис."))]])
    text.raw(grid([[inner + paragraph(""), _cell(text.say("разом за рік"))]]))
    text.p(say.sentence(), "7.", 0)
    return text.build()


def _cell(words: str) -> str:
    return paragraph(run(words))
