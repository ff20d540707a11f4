"""English bylaws: Word's «A. 1. (a) i.», the same as a web page, contents by field, a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..declared import Text, print_number
from ..docx import Docx, Level, field_code, paragraph, run
from ..pdf import Pdf
from ..phrases import Phrases

_CENTRED = '<w:jc w:val="center"/>'
_FORMS = ("upperLetter", "decimal", "lowerLetter", "lowerRoman")


def _senate_outline() -> Iterator[tuple[int, int, str]]:
    """Yield depth, value and words of each part: 21 letters A–U, items, (a), i."""
    say = Phrases("en")
    for first in range(1, 22):
        yield 0, first, f"{say.title()} {'of the senate' if first < 16 else 'of the faculty'}"
        for second in range(1, 4):
            yield 1, second, say.sentence()
            if second == 2:
                for third in range(1, 7):
                    yield 2, third, say.item()
                    if third == 3 and first % 3 == 0:
                        for fourth in range(1, 6):
                            yield 3, fourth, say.sentence()
            if second == 3 and first in (9, 12):  # a list of more than twelve letters
                for third in range(1, 15):
                    yield 2, third, say.item()


def senate_bylaws() -> Docx:
    """Return bylaws by Word levels «A. 1. (a) i.»."""
    text = Docx("Bylaws of a senate (en, auto numbers)", "senate.docx")
    levels = [Level(form, f"%{at}.") for at, form in enumerate(_FORMS, 1)]
    levels[2] = Level("lowerLetter", "(%3)")
    listed = text.list_of(*levels)
    text.p("BYLAWS OF THE SENATE OF NORTH HARBOUR COLLEGE", props=_CENTRED)
    for depth, value, words in _senate_outline():
        number = print_number(value, _FORMS[depth])
        printed = f"({number})" if depth == 2 else f"{number}."
        text.p(words, printed, depth, auto=(listed, depth))
    return text.build()


def senate_page() -> Text:
    """Return the same as a web page: lists by `type`, of which a browser prints «A.», «a.»."""
    text = Text("The same bylaws (en, html)", "senate.html")
    types = ("A", "1", "a", "i")
    title = text.say("Bylaws of the senate of North Harbour College")
    body, open_lists = [f"<h1>{title}</h1>"], 0
    for depth, value, words in _senate_outline():
        while open_lists > depth + 1:
            body.append("</li></ol>")
            open_lists -= 1
        if open_lists == depth + 1:
            body.append("</li>")
        else:
            # Two of the levels say it by style, as programs that write pages do.
            css = {0: "upper-alpha", 2: "lower-alpha"}.get(depth)
            own = f'style="list-style-type: {css}"' if css else f'type="{types[depth]}"'
            body.append(f"<ol {own}>")
            open_lists += 1
        printed = f"{print_number(value, _FORMS[depth])}."
        text.number(depth, printed, words, is_typed=False)
        body.append(f"<li><p>{escape(words)}</p>")
    body.append("</li></ol>" * open_lists)
    page = "".join(body)
    text.content = f'<html lang="en"><meta charset="utf-8"><body>{page}</body></html>'.encode()
    return text


def institute_bylaws() -> Docx:
    """Return bylaws with contents by field, «ARTICLE I» over «Section 1.» and (a)."""
    say = Phrases("en", 19)
    text = Docx("Bylaws of an institute (en, TOC field)", "institute.docx")
    text.page_head("Bylaws of the Quarry Institute", "Page")
    text.style("Heading1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', shown="heading 1")
    text.p("BYLAWS OF THE QUARRY INSTITUTE", props=_CENTRED)
    titles = [say.title().upper() + " AND PRACTICE" * (at > 15) for at in range(1, 19)]
    lines = []
    for at, title in enumerate(titles, 1):
        line = f"ARTICLE {print_number(at, 'upperRoman')}. {title}"
        text.set_aside(f"{line} {at + 3}")
        link = f'<w:hyperlink w:anchor="_Toc{at}">{run(f"{line}\t{at + 3}")}</w:hyperlink>'
        lines.append(link)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" \\h '
    begin += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for at, line in enumerate(lines):
        inner = (begin if at == 0 else "") + line + (end if at == len(lines) - 1 else "")
        text.raw(paragraph(inner, style="TOC1"))
    for at, title in enumerate(titles, 1):
        text.p(title, f"ARTICLE {print_number(at, 'upperRoman')}.", 0, style="Heading1")
        for section in range(1, 6):
            text.p(say.sentence(), f"Section {section}.", 1)
            text.p(say.sentence())
            if section == 3:
                for letter in "abcdef":
                    text.p(say.item(), f"({letter})", 2)
                text.p(say.sentence())
    return text.build()


def declaration() -> Docx:
    """Return a declaration: contents by styles and simple field, «Article n» in its own line."""
    say = Phrases("en", 57)
    text = Docx("A declaration (en, contents)", "declaration.docx")
    text.style("Heading2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', shown="heading 2")
    text.p("DECLARATION ON THE RIGHTS OF RIVERS", props=_CENTRED)
    text.raw(paragraph(run(text.set_aside("Contents")), style="TOC1"))
    for at in range(1, 11):
        text.set_aside(f"Article {at} {at + 2}")
        shown = run(f"Article {at}\t") + field_code(f"PAGEREF _Toc{at} \\h", run(str(at + 2)))
        text.raw(paragraph(shown, style="TOC2"))
    for _ in range(8):
        text.p(say.sentence())
    for at in range(1, 23):
        # The number stands in a line of its own, the words in the next.
        first = say.sentence()
        text.number(0, f"Article {at}", "")
        text.say(first)
        text.raw(paragraph(run(f"Article {at}"), style="Heading2", props=_CENTRED))
        text.raw(paragraph(run(first)))
        if at in (3, 8, 15):
            for number in range(1, 5):
                text.p(say.sentence(), f"{number}.", 1)
    return text.build()


def bylaws_pdf() -> Pdf:
    """Return bylaws as a PDF with heads and numbers of pages and words broken at line ends."""
    say = Phrases("en", 19)
    text = Pdf("Bylaws of an institute (en, PDF)", "institute.pdf")
    text.head = "Bylaws of the Quarry Institute"
    text.p("BYLAWS OF THE QUARRY INSTITUTE")
    for at in range(1, 9):
        text.p(say.title().upper(), f"ARTICLE {print_number(at, 'upperRoman')}.", 0)
        for section in range(1, 6):
            text.p(f"{say.sentence()} {say.sentence()}", f"Section {section}.", 1)
            if section == 3:
                for letter in "abcd":
                    text.p(say.item(), f"({letter})", 2)
    return text.build()
