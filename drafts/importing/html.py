"""HTML pages: paragraphs, headings, lists with the numbers a reader sees, and tables, in order.

A list that says how it counts (`type`, `list-style-type`) is printed so: «A.», «iv.»; one without
marks prints none. Of the others one nested in a list is printed as acts print it: «1.», in it «1)»,
in that «а)». What stands around the text is set aside: navigation, lists of links alone, forms to
sign in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from drafts.importing.blocks import (
    TITLE_BY_LOOK,
    Block,
    Cell,
    Counted,
    paragraph,
    superscript,
    tidy,
)
from drafts.importing.layout import Laid, blocks_of
from drafts.importing.list_styles import FORMATS, ListStyles, list_styles, named_format
from drafts.importing.markers import ALPHABET, Form, recognise
from drafts.importing.numbering import figure
from drafts.importing.refusals import ImportRefused
from drafts.importing.set_aside import CONTENTS, MENU

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary"}
    | {"ul"}
)
_SKIPPED = frozenset(
    {"audio", "base", "button", "canvas", "head", "iframe", "input", "link", "math", "meta"}
    | {"noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title"}
    | {"video"}
)
_MARKS = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "u": "u",
    "ins": "u",
    "sub": "sub",
    "sup": "sup",
}
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FEWEST_LINKS = 3  # of a menu
_LONGEST_ENTRY = 60  # characters
_LONGEST_FORM = 400  # characters of a form to sign in or to search; a page may be one form
_NAVIGATION = {"navigation", "menu", "menubar", "search"}
_LETTERS = ALPHABET.replace("ґ", "").replace("й", "")


@dataclass(slots=True)
class _List:
    ordered: bool
    count: int
    form: str  # "1.", "1)", "а)", "•", or Word's name for what the page says: "lowerLetter"
    step: int = 1  # -1 in a reversed list


def read(text: str) -> list[Block]:
    """Return the blocks of the page."""
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ImportRefused("damaged") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ImportRefused("too_complex")  # the parser has left out what was nested too deep
    return _mark_menus(list(_Walk(root, list_styles(root)).blocks()))


@dataclass(slots=True)
class _Links:
    """The links of a paragraph, and whether it has no words beside them."""

    links: int = 0
    anchors: int = 0
    is_alone: bool = True


class _Walk:
    """One walk over an element, in document order, without recursion into its depth."""

    def __init__(self, root: etree._Element, styles: ListStyles) -> None:
        self.root = root
        self.styles = styles
        self.pieces: list[tuple[str, frozenset[str]]] = []
        self.marks: list[str] = []
        self.lists: list[_List] = []
        self.counted: Counted | None = None  # the number of the paragraph to come
        self.heading = 0
        self.centred = 0
        self.preformatted = 0
        self.menus: list[etree._Element] = []  # that are open
        self.in_links = 0
        self.linked = _Links()

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of what is inside the root."""
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            inside = element is not self.root
            if event == "start":
                if inside and (tag in _SKIPPED or _is_hidden(element)):
                    walk.skip_subtree()
                    continue
                if inside and tag == "table":
                    yield from self._flush()
                    yield from _table(element, self.styles)
                    walk.skip_subtree()
                    continue
                if tag in _BLOCKS:
                    yield from self._flush()
                self._open(element)
                self._say(element.text)
            else:
                skipped = inside and (tag in _SKIPPED or tag == "table" or _is_hidden(element))
                if not skipped:
                    if tag in _BLOCKS:
                        yield from self._flush()
                    if tag == "li":  # the number of an empty item says nothing
                        self.pieces = []
                    self._leave(element)
                if inside:
                    self._say(element.tail)
        yield from self._flush()

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _MARKS:
            self.marks.append(_MARKS[tag])
        elif tag == "br":
            self.pieces.append(("\n", frozenset()))
        elif tag == "pre":
            self.preformatted += 1
        elif tag in ("ol", "ul"):
            depth = sum(each.ordered for each in self.lists)
            self.lists.append(_list(element, depth, self.styles))
        elif tag == "li":
            self._item(element)
        elif _heading(tag):
            self.heading = _heading(tag)
        elif tag == "a" and element.get("href"):
            self.in_links += 1
            self.linked.links += 1
            self.linked.anchors += element.get("href").startswith("#")
        if _is_menu(element):
            self.menus.append(element)
        if _is_centred(element):
            self.centred += 1

    def _leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _MARKS:
            self.marks.pop()
        elif tag == "pre":
            self.preformatted -= 1
        elif tag in ("ol", "ul"):
            self.lists.pop()
        elif _heading(tag):
            self.heading = 0
        elif tag == "a" and element.get("href"):
            self.in_links -= 1
        if self.menus and self.menus[-1] is element:
            self.menus.pop()
        if _is_centred(element):
            self.centred -= 1

    def _item(self, element: etree._Element) -> None:
        if not self.lists:
            return
        own = self.lists[-1]
        own.count = _int(element.get("value"), own.count + own.step)
        if printed := _print_label(own):
            self.pieces.append((f"{printed} ", frozenset()))
        self.counted = Counted(printed, own.form) if own.form in FORMATS else None

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if not self.preformatted:
            text = re.sub(r"\s+", " ", text)
        if not self.in_links and any(c.isalpha() for c in text):
            self.linked.is_alone = False
        marks = frozenset(self.marks)
        self.pieces.append((superscript(text) if "sup" in marks else text, marks))

    def _flush(self) -> Iterator[Block]:
        pieces = self.pieces
        if not any(text.strip() for text, _ in pieces):
            self.pieces, self.linked = [], _Links()
            return
        if self._is_number_alone(pieces):
            return  # it waits for the paragraph inside its item
        self.pieces, linked, self.linked = [], self.linked, _Links()
        heading = self.heading
        if not heading and self.centred:
            bold = all("b" in marks for text, marks in pieces if text.strip())
            short = sum(len(text) for text, _ in pieces) <= 150
            heading = TITLE_BY_LOOK if bold and short else 0
        for block in paragraph(pieces, heading):
            block.counted, self.counted = self.counted, None
            block.aside = MENU if self.menus else ""
            if linked.is_alone:
                block.links, block.anchors = linked.links, linked.anchors
            yield block

    def _is_number_alone(self, pieces: list[tuple[str, frozenset[str]]]) -> bool:
        said = [text.strip() for text, _ in pieces if text.strip()]
        return len(said) == 1 and bool(self.lists) and said[0] == _print_label(self.lists[-1])


def _mark_menus(blocks: list[Block]) -> list[Block]:
    """Mark paragraphs of links alone, where they hold several, and what navigation has of places
    of its own page."""
    for block in blocks:
        if block.aside and block.links and block.links == block.anchors:
            block.aside = CONTENTS
    run: list[Block] = []
    for block in blocks:
        if _is_of_links(block) or (run and _is_open_entry(block)):
            run.append(block)
        else:
            _mark_run(run)
            run = []
    _mark_run(run)
    return blocks


def _mark_run(run: list[Block]) -> None:
    while run and not run[-1].links:
        run.pop()
    links, anchors = sum(each.links for each in run), sum(each.anchors for each in run)
    if links >= _FEWEST_LINKS:
        for each in run:
            each.aside = CONTENTS if links == anchors else MENU


def _is_of_links(block: Block) -> bool:
    """Whether a paragraph is nothing but links; one with a number may be a clause."""
    marker = recognise(block.text)
    numbered = marker is not None and marker.form is not Form.BULLET
    return block.links > 0 and not block.aside and (not numbered or block.links == block.anchors)


def _is_open_entry(block: Block) -> bool:
    """Whether it may be the entry of a menu for the page itself: it is no link."""
    return not block.aside and block.text.startswith("•") and len(block.text) <= _LONGEST_ENTRY


def _table(element: etree._Element, styles: ListStyles) -> list[Block]:
    """Return a table as a block, or the paragraphs of one that only lays the page out."""
    rows: list[list[Laid]] = []
    caption: list[Block] = []
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag in ("thead", "tbody", "tfoot"):
            waiting.extend(reversed(child))
        elif child.tag == "caption":
            caption = list(_Walk(child, styles).blocks())
        elif child.tag == "tr":
            rows.append([_cell(cell, styles) for cell in child if cell.tag in ("td", "th")])
    return caption + blocks_of(rows)


def _cell(element: etree._Element, styles: ListStyles) -> Laid:
    blocks = _mark_menus(list(_Walk(element, styles).blocks()))
    text = tidy("\n".join(block.text.replace("\t", " ") for block in blocks))
    in_head = next(element.iterancestors("thead", "table")).tag == "thead"
    cell = Cell(
        text,
        header=in_head or element.tag == "th",
        colspan=max(1, min(_int(element.get("colspan"), 1), 100)),
        rowspan=max(1, min(_int(element.get("rowspan"), 1), 1000)),
    )
    return Laid(cell, blocks)


def _list(element: etree._Element, depth: int, styles: ListStyles) -> _List:
    named = named_format(element, styles)
    if element.tag == "ul":
        return _List(ordered=False, count=0, form="none" if named == "none" else "•")
    form = named or ("1.", "1)", "а)", "•")[min(depth, 3)]
    if element.get("reversed") is None:
        return _List(ordered=True, count=_int(element.get("start"), 1) - 1, form=form)
    items = sum(child.tag == "li" for child in element)
    return _List(ordered=True, count=_int(element.get("start"), items) + 1, form=form, step=-1)


def _print_label(own: _List) -> str:
    if own.form == "•":
        return own.form
    if own.form in FORMATS:
        shown = figure(own.count, own.form)
        return f"{shown}." if shown else ""
    if own.form == "а)" and 0 < own.count <= len(_LETTERS):
        return f"{_LETTERS[own.count - 1]})"
    return f"{own.count}{own.form[-1]}"


def _heading(tag: str) -> int:
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0


def _is_centred(element: etree._Element) -> bool:
    if element.tag == "center" or (element.get("align") or "").lower() == "center":
        return True
    return bool(_CENTRED.search(element.get("style") or ""))


def _is_menu(element: etree._Element) -> bool:
    if element.tag == "nav" or (element.get("role") or "").lower() in _NAVIGATION:
        return True
    if element.tag != "form":
        return False
    types = {(field.get("type") or "").lower() for field in element.iter("input")}
    words = sum(len(text.strip()) for text in element.itertext())
    return bool(types & {"password", "search"}) and words <= _LONGEST_FORM


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _int(text: str | None, otherwise: int) -> int:
    try:
        return max(-9_999, min(int(text or ""), 9_999))
    except ValueError:
        return otherwise
