"""Six drafts of a council, each made for one habit of Word files."""

from __future__ import annotations

from collections.abc import Callable

from ..declared import Text, count_words
from ..docx import (
    Docx,
    Level,
    deleted,
    field_code,
    grid,
    inserted,
    paragraph,
    raised,
    run,
    split_runs,
    text_box,
)
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'
_RIGHT = '<w:jc w:val="right"/>'


def _decision(text: Docx, about: str) -> None:
    text.p("РУДНОГІРСЬКА МІСЬКА РАДА", props=_CENTRED)
    text.p("ПРОЄКТ РІШЕННЯ", props=_CENTRED)
    text.p(about)
    text.p("Відповідно до статті 26 Закону України «Про місцеве самоврядування в Україні»"
           " міська рада")  # fmt: skip
    text.p("ВИРІШИЛА:")


def decision_with_rules() -> Docx:
    """Return a decision and its rules: 1., 1.1., 1.1.1., а); soft hyphens, four apostrophes."""
    say = Phrases("uk", 11)
    text = Docx("Own 1: decision and rules", "own1.docx")
    decision = text.list_of(Level("decimal", "%1."))
    rules = text.list_of(
        Level("decimal", "%1."),
        Level("decimal", "%1.%2."),
        Level("decimal", "%1.%2.%3."),
        Level("russianLower", "%4)"),
    )
    _decision(text, "Про затвердження Правил утримання пам'ятників")
    text.p("Затвердити Правила, що дода\u00adються.", "1.", 0, auto=(decision, 0))
    text.p("Оприлюднити рішення на зв’язаних із радою сайтах.", "2.", 0, auto=(decision, 0))
    text.p("Контроль за вико\u00adнанням доручити секретарю.", "3.", 0, auto=(decision, 0))
    text.p("Міський голова\tВ. Кременчук")
    text.p("ЗАТВЕРДЖЕНО", props=_RIGHT)
    text.p("рішення міської ради", props=_RIGHT)
    text.in_annex = True
    text.p("ПРАВИЛА", props=_CENTRED)
    text.p("утримання памʼятників міста", props=_CENTRED)
    for first in (1, 2):
        text.p(say.title(), f"{first}.", 0, auto=(rules, 0))
        for second in (1, 2):
            text.p(say.sentence(), f"{first}.{second}.", 1, auto=(rules, 1))
            if second == 2:
                for third in (1, 2):
                    text.p(say.sentence(), f"{first}.{second}.{third}.", 2, auto=(rules, 2))
        for letter in "аб"[: 3 - first]:
            text.p(f"обов`язкове {say.item()}", f"{letter})", 3, auto=(rules, 3))
    return text.build()


def layout_tables() -> Docx:
    """Return a table of two columns «1.1. | text», with merged and nested tables of data."""
    say = Phrases("uk", 29)
    text = Docx("Own 2: layout tables", "own2.docx")
    _decision(text, "Про затвердження Положення про чергування")
    text.p("Затвердити Положення (додаток 1).", "1.", 0)
    text.p("Рішення набирає чинності з дня оприлюднення.", "2.", 0)
    right = paragraph(run("Додаток 1"), props=_RIGHT) + paragraph(
        run(text.say("до рішення міської ради")), props=_RIGHT
    )
    text.in_annex = True
    text.number(0, "Додаток 1", "")
    text.raw(grid([[paragraph(""), right]], border=False))
    text.p("ПОЛОЖЕННЯ", props=_CENTRED)
    text.p("про чергування на набережній", props=_CENTRED)
    rows = []
    for number in ("1.1.", "1.2.", "1.3.", "1)", "2)", "3)", "1.4.", "1.5.", "1.6."):
        depth = 2 if number.endswith(")") else 1
        words = text.number(depth, number, say.item() if depth == 2 else say.sentence())
        rows.append([paragraph(run(number)), paragraph(run(words))])
    text.raw(grid(rows, border=False))
    text.table([("Зміна", "Години"), ("перша", "8–16"), ("друга", "16–24")])
    merged = (
        f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph(run(text.say("Разом змін: дві")))}'
    )
    inner = grid([[paragraph(run(text.say("вкладена довідка")))]])
    text.raw(grid([[merged], [inner + paragraph(""), paragraph(run(text.say("без виїзду")))]]))
    text.p(say.sentence(), "2.", 1)
    return text.build()


def tracked_changes() -> Docx:
    """Return a decision with changes put in, taken out and moved, a comment, links, references."""
    say = Phrases("uk", 47)
    text = Docx("Own 3: tracked changes", "own3.docx")
    _decision(text, "Про перейменування вулиці Каштанової")
    lines = [say.sentence() for _ in range(7)]
    for at, line in enumerate(lines, 1):
        head, tail = line[:-1].rsplit(" ", 1)
        inner = {
            1: run(f"1. {head} ") + deleted("негайно ") + inserted(f"{tail}."),
            2: inserted(f"2. {line}"),
            3: run("3. ") + f'<w:hyperlink w:anchor="b1">{run(line)}</w:hyperlink>',
            4: run(f"4. {head} ") + field_code("REF b1 \\h", run(f"{tail}.")),
            5: '<w:moveToRangeStart w:id="70" w:name="m" w:author="Юрист"/>'
            f'<w:moveTo w:id="71" w:author="Юрист">{run(f"5. {line}")}</w:moveTo>'
            '<w:moveToRangeEnd w:id="70"/>',
            6: '<w:commentRangeStart w:id="1"/>' + run(f"6. {line}")
            + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
        }.get(at, "")  # fmt: skip
        text.p(line, f"{at}.", 0, inner=inner)
    gone = deleted("8. Цей пункт юрист викреслив повністю.")
    text.raw(f'<w:p><w:pPr><w:rPr><w:del w:id="80" w:author="Юрист"/></w:rPr></w:pPr>{gone}</w:p>')
    moved = run("5. Попереднє місце")
    text.raw(
        '<w:p><w:pPr><w:rPr><w:moveFrom w:id="81" w:author="Юрист"/></w:rPr></w:pPr>'
        f'<w:moveFrom w:id="82" w:author="Юрист">{moved}</w:moveFrom></w:p>'
    )
    return text.build()


def statute_with_contents() -> Docx:
    """Return a statute: contents typed with tabs, a box, split runs, «2²», a title in its line."""
    say = Phrases("uk", 59)
    text = Docx("Own 4: statute with typed contents", "own4.docx")
    text.p("СТАТУТ", props=_CENTRED)
    text.p("територіальної громади міста Рудногірська", props=_CENTRED)
    sections = [("І", say.title(), (1, 2)), ("ІІ", say.title(), (3, 4)), ("ІІІ", say.title(), (5,))]
    names = {at: say.title() for at in range(1, 6)}
    text.raw(paragraph(run(text.set_aside("ЗМІСТ")), props=_CENTRED))
    page = 3
    for roman, title, articles in sections:
        for line in (f"Розділ {roman}. {title}", *(f"Стаття {at}. {names[at]}" for at in articles)):
            text.set_aside(f"{line} {page}")
            text.raw(paragraph(run(f"{line}\t{page}")))
            page += 1
    for roman, title, articles in sections:
        text.p(title, f"Розділ {roman}.", 0, props=_CENTRED)
        for at in articles:
            if at == 3:  # its title stands in a line of its own
                text.number(1, "Стаття 3", names[3])
                text.raw(paragraph(run("Стаття 3")))
                text.raw(paragraph(run(names[3])))
            else:
                line = f"Стаття {at}. {names[at]}"
                text.p(names[at], f"Стаття {at}.", 1, inner=split_runs(line))
            for number in (1, 2):
                text.p(say.sentence(), f"{number}.", 2)
            if at == 2:
                line = say.sentence()
                inner = run("2") + raised("2") + run(f". {line}")
                text.p(line, "2-2.", 2, inner=inner)
            if at == 4:
                text.p(say.sentence(), "3.", 2)
                text.raw(
                    paragraph(text_box(paragraph(run(text.say("Прийнято на зборах громади")))))
                )
    text.p(say.sentence(), "3.", 2)
    return text.build()


def bold_headings() -> Docx:
    """Return a decision with bold headings, «З.» for «3.», Latin a) b) c), annexes 1, 2, 3."""
    say = Phrases("uk", 73)
    text = Docx("Own 5: bold headings, Latin letters, annexes", "own5.docx")
    letters = text.list_of(Level("lowerLetter", "%1)"))
    _decision(text, "Про проведення ярмарку ремесел")
    text.p("Організація ярмарку", inner=run("Організація ярмарку", "<w:b/>"))
    text.p(say.sentence(), "1.", 0)
    for letter in "abc":
        text.p(say.item(), f"{letter})", 1, auto=(letters, 0))
    text.p(say.sentence(), "2.", 0)
    text.p("Торгові місця", inner=run("Торгові місця", "<w:b/>"))
    line = say.sentence()
    text.p(line, "3.", 0, inner=run(f"З. {line}"))  # the letter З, as typists do
    text.words += count_words("З.")
    text.words -= count_words("3.")
    text.p(say.sentence(), "4.", 0)
    text.p("Секретар ради\tО. Явірна")
    text.in_annex = True
    for printed in ("Додаток № 1", "Додаток №2", "Додаток 3"):
        text.p("", printed, 0, props=_RIGHT)
        text.p("до рішення міської ради", props=_RIGHT)
        text.p(say.title().upper(), props=_CENTRED)
        for number in (1, 2):
            text.p(say.sentence(), f"{number}.", 1)
    return text.build()


def heading_styles() -> Docx:
    """Return a regulation whose «Розділ %1.», «Стаття %2.» come from heading styles; 1), a)."""
    say = Phrases("uk", 83)
    text = Docx("Own 6: numbers of heading styles", "own6.docx")
    listed = text.list_of(
        Level("decimal", "Розділ %1.", more='<w:pStyle w:val="Heading1"/>'),
        Level(
            "decimal", "Стаття %2.", more='<w:lvlRestart w:val="0"/>|<w:pStyle w:val="Heading2"/>'
        ),
        Level("decimal", "%3)"),
        Level("lowerLetter", "%4)"),
    )
    for level in (0, 1):
        numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>'
        text.style(
            f"Heading{level + 1}",
            f'<w:pPr>{numbered}<w:outlineLvl w:val="{level}"/></w:pPr>',
            shown=f"heading {level + 1}",
        )
    text.p("ПОЛОЖЕННЯ", props=_CENTRED)
    text.p("про громадські ради мікрорайонів", props=_CENTRED)
    article = 0
    for section in range(1, 4):
        text.p(say.title(), f"Розділ {section}.", 0, style="Heading1", by_style=True)
        for _ in range(2):
            article += 1
            text.p(say.title(), f"Стаття {article}.", 1, style="Heading2", by_style=True)
            text.p(say.sentence())
            if article % 2:
                for item in (1, 2):
                    text.p(say.item(), f"{item})", 2, auto=(listed, 2))
                    if item == 2:
                        for letter in "abcd":
                            text.p(say.item(), f"{letter})", 3, auto=(listed, 3))
    return text.build()


BUILDERS: tuple[Callable[[], Text], ...] = (
    decision_with_rules,
    layout_tables,
    tracked_changes,
    statute_with_contents,
    bold_headings,
    heading_styles,
)
