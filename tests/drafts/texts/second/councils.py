"""Councils' decisions: two annexes, an old encoding with wrapped lines, amendments, a PDF."""

from __future__ import annotations

import textwrap
from pathlib import Path

from ..declared import Text, count_words
from ..docx import Docx, Level, paragraph, restart, run
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'
_RIGHT = '<w:jc w:val="right"/>'


def _head(text: Docx, about: str) -> None:
    text.p("Рудногірська міська рада", props=_CENTRED)
    text.p("ВОСЬМЕ СКЛИКАННЯ, сорок друга сесія", props=_CENTRED)
    text.p("Р І Ш Е Н Н Я", props=_CENTRED)
    text.p("19.02.2026 № 42-17/VIII")
    text.p(about)
    text.p("Керуючись статтями 25, 59 Закону України «Про місцеве самоврядування в Україні»,"
           " враховуючи висновки комісії, міська рада ВИРІШИЛА:")  # fmt: skip


def two_annexes() -> Docx:
    """Return a decision with two approved acts; numbers without dots, glued to words, restarted."""
    say = Phrases("uk", 13)
    text = Docx("A decision with two approved acts", "two.docx")
    _head(text, "Про затвердження Порядку та Положення")
    listed = text.list_of(Level("decimal", "%1."), Level("decimal", "%2)"))
    for number in (1, 2, 3):
        text.p(say.sentence(), f"{number}.", 0, gap="")
        if number == 2:
            for sub in (1, 2, 3):
                text.p(say.sentence(), f"2.{sub}.", 1, gap="")
    text.p("Міський голова\tВ. Кременчук")
    for at, name in enumerate(("ПОРЯДОК", "ПОЛОЖЕННЯ"), 1):
        text.in_annex = True
        text.p("ЗАТВЕРДЖЕНО", props=_RIGHT)
        text.p("рішення Рудногірської міської ради", props=_RIGHT)
        text.p("19.02.2026 № 42-17/VIII", props=_RIGHT)
        text.p(name, props=_CENTRED)
        text.p(say.item(""), props=_CENTRED)
        if at == 1:
            for section in range(1, 5):
                text.p(say.title(), str(section), 0, props=_CENTRED)
                for clause in range(1, 4):
                    text.p(say.sentence(), f"{section}.{clause}", 1)
                    if clause == 2:
                        for sub in (1, 2, 3):
                            text.p(say.sentence(), f"{section}.{clause}.{sub}", 2)
            text.table([("Послуга", "Днів"), ("довідка", "3"), ("дозвіл", "10")])
            text.p(say.sentence(), "4.4", 1)
        else:
            again = text.again(text.abstract_of(listed), restart(0) + restart(1))
            for number in range(1, 9):
                text.p(say.sentence(), f"{number}.", 0, auto=(again, 0))
                if number in (3, 6):
                    for item in (1, 2, 3):
                        text.p(say.item(), f"{item})", 1, auto=(again, 1))
    text.p("Секретар міської ради\tО. Явірна")
    return text.build()


def old_encoding() -> Text:
    """Return a decision in windows-1251, its lines wrapped by hand and its numbers indented."""
    say = Phrases("uk", 43)
    text = Text("A decision with wrapped lines (txt, windows-1251)", "wrapped.txt")
    lines: list[str] = []

    def p(words: str, printed: str = "", depth: int = 0, indent: int = 4) -> None:
        if printed:
            text.number(depth, printed, words)
        else:
            text.say(words)
        whole = f"{printed} {words}" if printed else words
        space = " " * indent
        lines.extend(textwrap.wrap(whole, 62, initial_indent=space, break_on_hyphens=False))

    p("РУДНОГІРСЬКА МІСЬКА РАДА", indent=18)
    p("ВИКОНАВЧИЙ КОМІТЕТ", indent=21)
    lines.append("")
    p("РІШЕННЯ", indent=27)
    lines.append("")
    p("Про заходи з підготовки до опалювального сезону", indent=0)
    lines.append("")
    p("Розглянувши подання управління, відповідно до статті 30 Закону України"
      " «Про місцеве самоврядування в Україні» виконавчий комітет")  # fmt: skip
    lines.append("")
    p("ВИРІШИВ:", indent=0)
    lines.append("")
    for number in range(1, 13):
        p(f"{say.sentence()[:-1]} та {say.item('')}.", f"{number}.", 0)
        if number in (2, 5, 9):
            for sub in (1, 2, 3):
                p(f"{say.sentence()[:-1]}, а також {say.item('')}.", f"{number}.{sub}.", 1)
        if number in (4, 11):
            for item in (1, 2, 3, 4):
                p(f"{say.item('')} і {say.item()}", f"{item})", 1, 8)
    lines.append("")
    p("Міський голова                         В. Кременчук", indent=0)
    text.content = "\r\n".join(lines).encode("cp1251")
    return text


def amendments() -> Docx:
    """Return a decision that amends another: what is put in is quoted with its own numbers."""
    say = Phrases("uk", 61)
    text = Docx("A decision that amends another", "amends.docx")
    _head(text, "Про внесення змін до Статуту територіальної громади")
    text.p("Унести до Статуту територіальної громади такі зміни:", "1.", 0)
    for item in range(1, 8):
        text.p(f"у статті {item * 3}: {say.item('')}:", f"{item})", 1)
        if item % 3 == 1:
            for letter in "абв":
                text.p(f"у частині {letter}: {say.item()}", f"{letter})", 2)
        elif item % 3 == 2:
            text.p("викласти частини першу – третю в такій редакції:")
            quoted = [say.sentence() for _ in range(3)]
            for number, words in enumerate(quoted, 1):
                opened = "«" if number == 1 else ""
                closed = "»;" if number == 3 else ""
                text.p(f"{opened}{number}. {words}{closed}")
        else:
            text.p(f"доповнити статтею {item * 3}-1 такого змісту:")
            text.p(f"«Стаття {item * 3}-1. {say.title()}")
            text.p(f"1. {say.sentence()}")
            text.p(f"1) {say.item()}")
            text.p(f"2. {say.sentence()}».")
    for number in range(2, 6):
        text.p(say.sentence(), f"{number}.", 0)
    text.p("Міський голова\tВ. Кременчук")
    return text.build()


def printed_source() -> Docx:
    """Return the Word file of which LibreOffice made `printed.pdf`: --convert-to pdf."""
    say = Phrases("uk", 71)
    text = Docx("A decision and its programme (PDF by LibreOffice)", "printed.docx")
    head, foot = "Програма «Тихі вулиці» на 2026 рік", "Відділ документообігу, тел. 5-14-22"
    text.page_head(head, foot)
    sections = text.list_of(Level("decimal", "%1."), Level("decimal", "%1.%2."))
    _head(text, "Про затвердження Програми «Тихі вулиці»")
    for number in range(1, 6):
        text.p(f"{say.sentence()} {say.sentence()}", f"{number}.", 0)
        if number == 3:
            for item in (1, 2, 3):
                text.p(say.item(), f"{item})", 1)
    text.p("Міський голова В. Кременчук")
    text.in_annex = True
    text.number(0, "Додаток 1", "")
    text.raw(paragraph(run("Додаток 1"), props=f"<w:pageBreakBefore/>{_RIGHT}"))
    text.p("до рішення міської ради", props=_RIGHT)
    text.p("ПРОГРАМА «ТИХІ ВУЛИЦІ»", props=_CENTRED)
    for section in range(1, 7):
        text.p(say.title(), f"{section}.", 1, auto=(sections, 0))
        for clause in range(1, 5):
            words = " ".join(say.sentence() for _ in range(3))
            text.p(words, f"{section}.{clause}.", 2, auto=(sections, 1))
            if clause == 2:
                for letter in "абв":
                    text.p(say.item(), f"{letter})", 3)
    for printed in (head, foot):
        for word, times in count_words(printed).items():
            text.optional[word] = times * 20
    return text.build()


def printed() -> Text:
    """Return that PDF with the same declaration."""
    text = printed_source()
    text.name = "printed.pdf"
    text.content = (Path(__file__).parent / text.name).read_bytes()
    return text
