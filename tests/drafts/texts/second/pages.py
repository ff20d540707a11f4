"""An OpenDocument text and a web page, each with the lists of its own format."""

from __future__ import annotations

import io
import zipfile
from html import escape

from ..declared import Text, count_words, print_number
from ..phrases import Phrases

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_KIND = "application/vnd.oasis.opendocument.text"


def _list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def _level(at: int, form: str, before: str = "", after: str = "", more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{at}" style:num-format="{form}"'
        f' style:num-prefix="{before}" style:num-suffix="{after}" {more}/>'
    )


def open_document() -> Text:
    """Return a regulation: headings by the outline, lists that go on, a note, deleted words."""
    say = Phrases("uk", 97)
    text = Text("A regulation in OpenDocument", "polozhennia.odt")
    styles = _list_style(
        "L1", _level(1, "1", after="."), _level(2, "1", after=".", more='text:display-levels="2"'),
        _level(3, "a", after=")"),
    ) + _list_style("L2", _level(1, "I", "(", ")")) + _list_style(
        "L3", '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    )  # fmt: skip
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"'
        ' style:num-format="I" style:num-prefix="Розділ " style:num-suffix="."/>'
        "</text:outline-style>"
    )
    body: list[str] = []

    def p(words: str) -> str:
        return f"<text:p>{escape(words)}</text:p>"

    def auto(depth: int, printed: str, words: str) -> str:
        return p(text.number(depth, printed, words, is_typed=False))

    body.append(p(text.say("ПОЛОЖЕННЯ")) + p(text.say("про міську фонотеку")))
    number = 0
    titles = [say.title() for _ in range(4)]
    contents = ""
    for at, title in enumerate(titles, 1):
        line = f"Розділ {print_number(at, 'upperRoman')}. {title}"
        text.set_aside(f"{line} {at + 1}")
        contents += f"<text:p>{line}<text:tab/>{at + 1}</text:p>"
    body.append(
        '<text:table-of-content text:name="C"><text:index-body>'
        f"{contents}</text:index-body></text:table-of-content>"
    )
    for section, title in enumerate(titles, 1):
        roman = print_number(section, "upperRoman")
        text.number(0, f"Розділ {roman}.", title, is_typed=False)
        body.append(f'<text:h text:outline-level="1">{escape(title)}</text:h>')
        items = ""
        for _ in range(4):
            number += 1
            inner = auto(1, f"{number}.", say.sentence())
            if number % 4 == 2:
                subs = ""
                for sub in (1, 2):
                    deep = auto(2, f"{number}.{sub}.", say.sentence())
                    if sub == 2:
                        letters = "".join(
                            f"<text:list-item>{auto(3, f'{letter})', say.item())}</text:list-item>"
                            for letter in "abc"
                        )
                        deep += f"<text:list>{letters}</text:list>"
                    subs += f"<text:list-item>{deep}</text:list-item>"
                inner += f"<text:list>{subs}</text:list>"
            if number % 4 == 3:
                inner += p(text.say(say.sentence()))  # a second paragraph of the item
            items += f"<text:list-item>{inner}</text:list-item>"
        goes_on = f' xml:id="s{section}"'
        goes_on += f' text:continue-list="s{section - 1}"' if section > 1 else ""
        body.append(f'<text:list text:style-name="L1"{goes_on}>{items}</text:list>')
        dots = "".join(
            f"<text:list-item>{p(text.say(say.item()))}</text:list-item>" for _ in range(2)
        )
        body.append(f'<text:list text:style-name="L3">{dots}</text:list>')
    romans = "".join(
        f"<text:list-item{start}>{auto(1, f'({roman})', say.sentence())}</text:list-item>"
        for roman, start in (("III", ' text:start-value="3"'), ("IV", ""), ("V", ""))
    )
    body.append(p(text.say("Прикінцеві застереження")))
    body.append(f'<text:list text:style-name="L2">{romans}</text:list>')
    note = text.say("Облік ведуть за правилами архіву.")
    words = text.say(say.sentence())
    body.append(
        f'<text:p>{escape(words)}<text:note text:note-class="footnote"><text:note-citation>1'
        f"</text:note-citation><text:note-body>{p(note)}</text:note-body></text:note></text:p>"
    )
    text.optional += count_words("1")
    cells = "".join(
        f"<table:table-cell>{p(text.say(cell))}</table:table-cell>" for cell in ("Платівок", "412")
    )
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    row = f"<table:table-row>{cells}</table:table-row>"
    body.append(f'<table:table table:name="T">{columns}{row}</table:table>')
    body.append(
        f'<text:p>{escape(text.say(say.sentence()))}<text:change text:change-id="c1"/></text:p>'
    )
    gone = (
        '<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion>'
        "<office:change-info><dc:creator>Юрист</dc:creator><dc:date>2026-01-15T10:00:00</dc:date>"
        "</office:change-info><text:p>Викреслене речення.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    content = (
        f'<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{gone}{''.join(body)}"
        "</office:text></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _KIND, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "styles.xml",
            f'<office:document-styles {_SPACES} office:version="1.3"><office:styles>{outline}'
            "</office:styles></office:document-styles>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest"
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    text.content = target.getvalue()
    return text


def web_page() -> Text:
    """Return rules as a page: reversed, started and valued lists, styles of classes, breaks."""
    say = Phrases("uk", 109)
    text = Text("Rules on a page with lists of all kinds (html)", "rules.html")
    body: list[str] = []

    def li(depth: int, printed: str, words: str, attributes: str = "", inner: str = "") -> str:
        text.number(depth, printed, words, is_typed=False)
        return f"<li{attributes}>{escape(words)}{inner}</li>"

    def p(words: str, printed: str = "", depth: int = 0) -> None:
        if printed:
            text.number(depth, printed, words)
        else:
            text.say(words)
        body.append(f"<p>{escape(f'{printed} {words}' if printed else words)}</p>")

    menu = ("Мерія", "Подати звернення", "Дошка пошани", "Телефони служб", "Розклад сесій")
    links = "".join(f'<li><a href="#{at}">{text.set_aside(m)}</a>' for at, m in enumerate(menu))
    foot = text.set_aside("Усі права застережено. Редакція сайту міської ради")
    body.append(f"<h1>{text.say('Правила ярмаркової площі')}</h1>")

    p(say.title(), "Розділ 1.", 0)
    items = []
    for number in range(5, 9):  # begins with 5
        words = say.sentence()
        text.number(1, f"{number}.", words, is_typed=False)
        inner = ""
        if number == 6:
            inner = "".join(
                li(2, f"{print_number(at, 'lowerRoman')}.", say.item()) for at in (1, 2, 3, 4)
            )
            inner = f'<ol class="small">{inner}</ol>'
        items.append(f"<li><p>{escape(words)}</p>{inner}</li>")
    body.append(f'<ol start="5">{"".join(items)}</ol>')

    p(say.title(), "Розділ 2.", 0)
    valued = li(1, "1.", say.sentence()) + li(1, "4.", say.sentence(), ' value="4"')
    body.append(f"<ol>{valued}{li(1, '5.', say.sentence())}</ol>")

    p(say.title(), "Розділ 3.", 0)
    backwards = "".join(li(1, f"{number}.", say.sentence()) for number in (4, 3, 2, 1))
    body.append(f"<ol reversed>{backwards}</ol>")

    p(say.title(), "Розділ 4.", 0)
    typed = ""
    for number in (1, 2, 3):  # the numbers are typed, the list prints none
        words = text.number(1, f"4.{number}.", say.sentence())
        typed += f"<li>4.{number}. {escape(words)}</li>"
    body.append(f'<ul style="list-style: none">{typed}</ul>')

    p(say.title(), "Розділ 5.", 0)
    lines = []
    for number in (1, 2, 3, 4):
        words = text.number(1, f"{number})", say.item())
        lines.append(f"{number}) {escape(words)}")
    body.append(f"<p>{'<br>'.join(lines)}</p>")

    p(say.title(), "Розділ 6.", 0)
    capitals = "".join(li(1, f"{letter}.", say.sentence()) for letter in "ABCDEF")
    body.append(f'<ol class="capital">{capitals}</ol>')
    zeros = "".join(li(1, f"0{number}.", say.sentence()) for number in (1, 2, 3))
    body.append(f"<h3>{text.say('Перелік місць')}</h3>")
    body.append(f'<ol style="list-style-type:decimal-leading-zero">{zeros}</ol>')
    terms = "".join(
        f"<dt>{text.say(say.title())}</dt><dd>{text.say(say.sentence())}</dd>" for _ in range(3)
    )
    body.append(f"<dl>{terms}</dl><blockquote>{text.say(say.sentence())}</blockquote>")
    body.append('<p style="display:none">прихований напис</p>')
    text.optional += count_words("прихований напис", "Площа")
    css = "ol.small { list-style-type: lower-roman } .capital { list-style: upper-alpha }"
    text.content = (
        f'<!DOCTYPE html><html lang="uk"><head><meta charset="utf-8"><title>Площа</title>'
        f"<style>{css}</style></head><body><header><nav><ul>{links}</ul></nav></header>"
        f"<main>{''.join(body)}</main><footer>{foot}</footer></body></html>"
    ).encode()
    return text
