"""Word's lists: every format, lists of styles, a list that somebody edited with changes tracked."""

from __future__ import annotations

from ..declared import print_number
from ..docx import (
    Docx,
    Level,
    deleted,
    field_code,
    inserted,
    paragraph,
    raised,
    restart,
    run,
    split_runs,
)
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'
#: Form, how it is printed, where it begins, how many items.
_FORMS = (
    ("decimal", "%1)", 3, 4),
    ("decimalZero", "%1.", 1, 11),
    ("lowerLetter", "%1)", 1, 28),
    ("upperLetter", "(%1)", 1, 5),
    ("lowerRoman", "%1.", 1, 12),
    ("upperRoman", "%1)", 4, 4),
    ("russianLower", "%1)", 1, 12),
    ("russianUpper", "%1.", 1, 6),
    ("decimal", "(%1)", 1, 4),
    ("lowerLetter", "%1.", 8, 4),
)


def all_formats() -> Docx:
    """Return a regulation: a list of each format under clauses that are numbered through."""
    say = Phrases("uk", 5)
    text = Docx("Lists of all formats of Word", "formats.docx")
    main = text.list_of(
        Level("upperRoman", "Розділ %1."),
        Level("decimal", "%2.", more='<w:lvlRestart w:val="0"/>'),
    )
    bullets = text.list_of(Level("bullet", "\uf0b7"))
    text.p("ПОЛОЖЕННЯ", props=_CENTRED)
    text.p("про будинок майстрів", props=_CENTRED)
    clause = 0
    for at, (form, print_as, start, times) in enumerate(_FORMS, 1):
        roman = print_number(at, "upperRoman")
        text.p(say.title(), f"Розділ {roman}.", 0, auto=(main, 0))
        clause += 1
        text.p(say.sentence(), f"{clause}.", 1, auto=(main, 1))
        clause += 1
        text.p(say.sentence()[:-1] + ":", f"{clause}.", 1, auto=(main, 1))
        listed = text.list_of(Level(form, print_as, start, left=1440))
        for value in range(start, start + times):
            printed = print_as.replace("%1", print_number(value, form))
            text.p(say.item(), printed, 2, auto=(listed, 0))
        for _ in range(2):
            text.p(say.item(), auto=(bullets, 0))
    return text.build()


def styles() -> Docx:
    """Return a statute whose numbers come from styles, their heirs and a numbering style."""
    say = Phrases("uk", 17)
    text = Docx("A statute by styles of numbering", "styles.docx")
    base = text.list_of(
        Level("upperRoman", "%1.", more='<w:pStyle w:val="Rozdil"/>|<w:suff w:val="space"/>'),
        Level("decimal", "%1.%2.", more='<w:pStyle w:val="Punkt"/>|<w:isLgl/>'),
        Level("decimal", "%1.%2.%3.", more='<w:isLgl/>|<w:suff w:val="space"/>'),
        Level("russianLower", "%4)"),
        linked_to="Statut",
    )
    text.numbering_style("Statut", base)
    linked = text.list_by_style("Statut")
    by_style = f'<w:pPr><w:numPr><w:numId w:val="{linked}"/></w:numPr></w:pPr>'
    text.style("Rozdil", by_style, shown="Розділ статуту")
    level = f'<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="{linked}"/></w:numPr></w:pPr>'
    text.style("Punkt", level, shown="Пункт статуту")
    text.style("PunktBold", "<w:rPr><w:b/></w:rPr>", shown="Пункт, жирно", based_on="Punkt")
    articles = text.list_of(Level("decimal", "Стаття %1. ", more='<w:suff w:val="nothing"/>'))
    other = text.again(text.abstract_of(articles), restart(0, 1, Level("decimal", "Стаття А-%1. ")))
    text.p("СТАТУТ", props=_CENTRED)
    text.p("комунального закладу «Міська обсерваторія»", props=_CENTRED)
    for section in range(1, 6):
        roman = print_number(section, "upperRoman")
        text.p(say.title(), f"{roman}.", 0, style="Rozdil", by_style=True)
        for clause in range(1, 5):
            style = "PunktBold" if clause == 2 else "Punkt"
            text.p(say.sentence(), f"{section}.{clause}.", 1, style=style, by_style=True)
            if clause == 3:
                for sub in (1, 2, 3):
                    text.p(say.sentence(), f"{section}.{clause}.{sub}.", 2, auto=(linked, 2))
                for letter in "абв":
                    text.p(say.item(), f"{letter})", 3, auto=(linked, 3))
            if clause == 4:  # the number is taken off this one
                text.p(say.sentence(), style="Punkt", auto=(0, 0))
    text.p("Перехідні статті", "VI.", 0, style="Rozdil", by_style=True)
    for at in (1, 2, 3):
        text.p(say.sentence(), f"Стаття {at}.", 1, auto=(articles, 0))
    for at in (1, 2):
        text.p(say.sentence(), f"Стаття А-{at}.", 1, auto=(other, 0))
    return text.build()


def edited() -> Docx:
    """Return rules after a lawyer: items put in and out of a list, added numbers, odd elements."""
    say = Phrases("uk", 37)
    text = Docx("Rules after a lawyer's changes", "edited.docx")
    listed = text.list_of(Level("decimal", "%1."), Level("decimal", "%1.%2."))
    text.p("ПРАВИЛА", props=_CENTRED)
    text.p("користування міським велопарком", props=_CENTRED)
    marks = {
        "in": '<w:rPr><w:ins w:id="301" w:author="Юрист"/></w:rPr>',
        "out": '<w:rPr><w:del w:id="302" w:author="Юрист"/></w:rPr>',
    }
    number = 0
    for at in range(1, 11):
        if at in (3, 7):  # a deleted item takes no number
            gone = deleted(f"Цей пункт {at} вилучено.", 400 + at)
            text.raw(paragraph(gone, auto=(listed, 0), props=marks["out"]))
            continue
        number += 1
        words = say.sentence()
        is_new = at in (5, 8)
        inner = inserted(words, 500 + at) if is_new else split_runs(words, 7)
        props = marks["in"] if is_new else ""
        text.p(words, f"{number}.", 0, auto=(listed, 0), inner=inner, props=props)
        if at in (2, 8):
            for sub in (1, 2, 3):
                text.p(say.sentence(), f"{number}.{sub}.", 1, auto=(listed, 1))
    text.p("ДОДАТКОВІ УМОВИ", props=_CENTRED)
    # Numbers that were added between others: raised, with a hyphen, with Word's own hyphen.
    for printed, inner in (
        ("9.", run("9. ")),
        ("9-1.", run("9") + raised("1") + run(". ")),
        ("9-2.", run("9") + "<w:r><w:noBreakHyphen/></w:r>" + run("2. ")),
        ("10.", run("1") + run("0") + run(".\t")),
        ("11.", field_code("SEQ punkt", run("11")) + run(". ")),
        ("12.", run("12.\u00a0")),
    ):
        words = say.sentence()
        text.p(words, printed, 0, inner=inner + run(words))
    # All letters of the Ukrainian alphabet that such lists use, within a content control.
    items = []
    for letter in "абвгґдеєжзиіїйкл":
        words = text.number(1, f"{letter})", say.item())
        items.append(paragraph(run(f"{letter}) {words}")))
    text.raw(f"<w:sdt><w:sdtPr/><w:sdtContent>{''.join(items)}</w:sdtContent></w:sdt>")
    # A paragraph whose end was deleted is one with the next.
    first, second = say.sentence(), say.sentence()
    text.number(0, "13.", f"{first} {second}")
    text.raw(paragraph(run(f"13. {first} "), props=marks["out"]) + paragraph(run(second)))
    hidden = run("службова позначка", "<w:vanish/>")
    words = say.sentence()
    text.p(words, "14.", 0, inner=run("14. ") + run(words) + hidden)
    text.optional.update({"службова": 1, "позначка": 1})
    return text.build()
