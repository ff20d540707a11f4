"""Six orders as plain text, in the shapes in which registers of acts give them."""

from __future__ import annotations

from collections.abc import Callable

from ..declared import Text, print_number
from ..phrases import Phrases


class Plain(Text):
    """A text file: each part is a line."""

    def p(self, words: str, printed: str = "", depth: int = 0) -> None:
        """Write a line, with its number in front."""
        if printed:
            self.number(depth, printed, words)
        else:
            self.say(words)
        self.content += (f"{printed} {words}" if printed else words).encode() + b"\n\n"


def _head(text: Plain, about: str, orders: str = "НАКАЗУЮ:") -> Phrases:
    say = Phrases("uk", len(about))
    text.p("МІНІСТЕРСТВО САДІВ І НАБЕРЕЖНИХ УКРАЇНИ")
    text.p("НАКАЗ")
    text.p("від 11 січня 2025 року № 47-а")
    text.p(about)
    text.p(f"Відповідно до статті 9 Закону України «Про сади» {say.item('')}")
    text.p(orders)
    return say


def _ends(text: Plain) -> None:
    text.p("Міністр\tО. Калинова")


def changes_order() -> Text:
    """Return a short order that changes an act: the changes are quoted, numbers and all."""
    text = Plain("Order z-10: changes (uk, txt)", "z10.txt")
    say = _head(text, "Про внесення змін до Порядку догляду за алеями")
    for number in range(1, 6):
        text.p(say.sentence(), f"{number}.", 0)
    _ends(text)
    text.in_annex = True
    text.p("ЗАТВЕРДЖЕНО")
    text.p("Наказ Міністерства садів і набережних України 11 січня 2025 року № 47-а")
    text.p("Зміни до Порядку догляду за алеями")
    for number in range(1, 8):
        text.p(f"у пункті {number + 3} слова «{say.item('')}» виключити;", f"{number}.", 0)
        if number in (2, 5):
            for item in range(1, 5):
                text.p(say.item(), f"{item})", 1)
        for _ in range(6):
            text.p(say.sentence())
    return text


def rules_order() -> Text:
    """Return an order with rules of Roman sections, clauses through all of them and items."""
    text = Plain("Order z-1186: rules (uk, txt)", "z1186.txt")
    say = _head(text, "Про затвердження Правил користування набережними")
    for number in range(1, 7):
        text.p(say.sentence(), f"{number}.", 0)
    _ends(text)
    text.in_annex = True
    text.p("ЗАТВЕРДЖЕНО")
    text.p("Наказ Міністерства садів і набережних України 11 січня 2025 року № 47-а")
    text.p("ПРАВИЛА користування набережними")
    for section in range(1, 6):
        text.p(say.title(), f"{print_number(section, 'upperRoman')}.", 0)
        for clause in range(1, 7):  # anew in each section
            text.p(say.sentence(), f"{clause}.", 1)
            if clause == 4:
                for item in range(1, 7):
                    text.p(say.item(), f"{item})", 2)
            text.p(say.sentence())
            text.p(say.sentence())
    return text


def form_order() -> Text:
    """Return an order with an annex that is a form to be filled in."""
    text = Plain("Order z-1195: a form (uk, txt)", "z1195.txt")
    say = _head(text, "Про затвердження форми паспорта алеї")
    for number in range(1, 9):
        text.p(say.sentence(), f"{number}.", 0)
        if number == 3:
            for item in range(1, 6):
                text.p(say.item(), f"{item})", 1)
    _ends(text)
    text.in_annex = True
    text.p("ЗАТВЕРДЖЕНО")
    text.p("Наказ Міністерства садів і набережних України 11 січня 2025 року № 47-а")
    text.p("ПАСПОРТ алеї")
    for number in range(1, 16):
        text.p(f"{say.title()}, {say.item('')} ______________", f"{number}.", 0)
        for _ in range(3):
            text.p(f"{say.item('')} ____________________")
    text.p("М. П.")
    return text


def instruction_order() -> Text:
    """Return a long instruction: numbers of two levels in arabic sections, items, letters."""
    text = Plain("Order z-1378: instruction (uk, txt)", "z1378.txt")
    say = _head(text, "Про затвердження Інструкції з обліку дерев")
    for number in range(1, 5):
        text.p(say.sentence(), f"{number}.", 0)
    _ends(text)
    text.in_annex = True
    text.p("ЗАТВЕРДЖЕНО")
    text.p("Наказ Міністерства садів і набережних України 11 січня 2025 року № 47-а")
    text.p("ІНСТРУКЦІЯ з обліку дерев")
    for section in range(1, 8):
        text.p(say.title().upper(), f"{section}.", 0)
        for clause in range(1, 9):
            text.p(say.sentence(), f"{section}.{clause}.", 1)
            if clause == 6:
                for letter in "абвг":
                    text.p(say.item(), f"{letter})", 2)
            text.p(say.sentence())
            text.p(say.item())
    return text


def commission_decision() -> Text:
    """Return an election commission's decision: few numbers, long plain paragraphs."""
    text = Plain("Election commission's decision (uk, txt)", "v234.txt")
    say = Phrases("uk", 7)
    text.p("КОМІСІЯ З ВИБОРІВ СТАРОСТ")
    text.p("ПОСТАНОВА")
    text.p("Про роз'яснення щодо переліку виборців")
    for _ in range(48):
        text.p(say.sentence())
    text.p("Комісія з виборів старост постановляє:")
    for number in range(1, 7):
        text.p(say.sentence(), f"{number}.", 0)
        if number == 2:
            for item in range(1, 4):
                text.p(say.item(), f"{item})", 1)
    text.p("Голова комісії\tП. Явірський")
    for _ in range(12):
        text.p(say.sentence())
    return text


def old_directive() -> Text:
    """Return a directive of the nineties: «§» and numbers with brackets, letters with dots."""
    text = Plain("A directive of 1991 (uk, txt)", "v1892.txt")
    say = _head(text, "Про введення в дію Методичних вказівок", "Н А К А З У Ю:")
    for number in range(1, 7):
        text.p(say.sentence(), f"{number}.", 0)
    _ends(text)
    text.in_annex = None  # nothing says that what follows was approved
    text.p("МЕТОДИЧНІ ВКАЗІВКИ")
    for section in range(1, 5):
        text.p(say.title(), f"§ {section}.", 0)
        for number in range(1, 6):
            text.p(say.sentence(), f"{number})", 1)
            if number == 3:
                for letter in "абвгд":
                    text.p(say.item(), f"{letter})", 2)
            text.p(say.sentence())
    return text


BUILDERS: tuple[Callable[[], Text], ...] = (
    changes_order,
    rules_order,
    form_order,
    instruction_order,
    commission_decision,
    old_directive,
)
