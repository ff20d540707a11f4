"""An English ordinance and a Polish resolution, in the forms of their own laws."""

from __future__ import annotations

from ..declared import print_number
from ..docx import Docx, run
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'


def ordinance() -> Docx:
    """Return an ordinance: PART, Section 1.01, (a), (1), (A), (i)."""
    say = Phrases("en", 33)
    text = Docx("An ordinance of a town (en)", "ordinance.docx")
    text.page_head("Town of Quarry Hill", "Ordinance 26-14")
    text.p("AN ORDINANCE REGULATING THE USE OF THE TOWN QUAYS", props=_CENTRED)
    text.p("Be it ordained by the council of the town of Quarry Hill:")
    for part in range(1, 4):
        text.p(say.title(), f"PART {print_number(part, 'upperRoman')}.", 0, props=_CENTRED)
        for section in range(1, 5):
            text.p(say.sentence(), f"Section {part}.0{section}.", 1)
            if section == 2:
                for letter in "abcd":
                    text.p(say.item(), f"({letter})", 2)
            if section == 3:
                for letter in "abc":
                    text.p(say.item(":" if letter == "b" else ";"), f"({letter})", 2)
                    if letter == "b":
                        for number in (1, 2, 3):
                            text.p(say.item(":" if number == 2 else ";"), f"({number})", 3)
                            if number == 2:
                                for capital in "AB":
                                    text.p(say.item(), f"({capital})", 4)
            if section == 4:
                text.p(say.sentence())
                for number in range(1, 5):
                    text.p(say.item(), f"({print_number(number, 'lowerRoman')})", 2)
    text.p("Passed and approved this 4th day of May, 2026.")
    return text.build()


def resolution() -> Docx:
    """Return a resolution with a statute: «Rozdział I», «§ 1. 1.» in one line, 1), a), a tiret."""
    say = Phrases("pl", 51)
    text = Docx("A resolution with a statute (pl)", "uchwala.docx")
    text.p("UCHWAŁA NR XLII/17/2026", props=_CENTRED)
    text.p("RADY MIASTA RUDOGÓRZ", props=_CENTRED)
    text.p("w sprawie nadania statutu Miejskiemu Obserwatorium")
    text.p("Na podstawie art. 18 ust. 2 pkt 9 ustawy o samorządzie uchwala się, co następuje:")
    for number in range(1, 5):
        text.p(say.sentence(), f"§ {number}.", 0)
    text.p("Przewodniczący Rady\tJ. Wierzba")
    text.in_annex = None
    text.p("Załącznik do uchwały nr XLII/17/2026", props='<w:jc w:val="right"/>')
    text.p("STATUT MIEJSKIEGO OBSERWATORIUM", props=_CENTRED)
    paragraphs = 0
    for chapter in range(1, 5):
        text.p(say.title(), f"Rozdział {print_number(chapter, 'upperRoman')}", 0, props=_CENTRED)
        for _ in range(3):
            paragraphs += 1
            if paragraphs % 3:
                text.p(say.sentence(), f"§ {paragraphs}.", 1)
                for number in (1, 2, 3) if paragraphs % 3 == 1 else ():
                    text.p(say.item(), f"{number})", 2)
                    if number == 2 and paragraphs % 2:
                        for letter in "abc":
                            text.p(say.item(","), f"{letter})", 3)
                        text.p(f"– {say.item()}")
                continue
            # The number of the paragraph and of its first item stand in one line.
            text.number(1, f"§ {paragraphs}.", "")
            for number in (1, 2, 3):
                words = say.sentence()
                before = f"§ {paragraphs}. " if number == 1 else ""
                inner = f"{before}{number}. {words}"
                text.p(words, f"{number}.", 2, inner=run(inner))
    return text.build()
