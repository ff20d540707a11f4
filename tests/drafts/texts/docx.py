"""Word files written as XML: automatic numbers of every format, tables, boxes, notes, changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from .declared import Text, count_words

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BY = 'w:author="Юрист" w:date="2026-01-15T10:00:00Z"'


@dataclass(frozen=True)
class Level:
    """A level of a list: its `numFmt`, how it is printed, where it begins, its other settings."""

    form: str
    print_as: str
    start: int = 1
    more: str = ""  # XML: <w:suff/>, <w:isLgl/>, <w:lvlRestart/>, <w:pStyle/>, with | between
    left: int = 0  # twentieths of a point; 0: by the level

    def xml(self, depth: int) -> str:
        """Return the level as Word writes it; the order of its children is the schema's."""
        before = "".join(part for part in self.more.split("|") if "suff" not in part)
        after = "".join(part for part in self.more.split("|") if "suff" in part)
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="{self.start}"/>'
            f'<w:numFmt w:val="{self.form}"/>{before}{after}'
            f'<w:lvlText w:val="{escape(self.print_as)}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{self.left or 360 * (depth + 1)}" w:hanging="360"/></w:pPr>'
            "</w:lvl>"
        )


@dataclass
class Docx(Text):
    """A Word file: what is declared is written. `p` and `table` take most of it."""

    _body: list[str] = field(default_factory=list)
    _abstract: list[str] = field(default_factory=list)
    _nums: list[str] = field(default_factory=list)
    _styles: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _head: str = ""
    _foot: str = ""

    # --- What stands beside the text -------------------------------------------------------------
    def list_of(self, *levels: Level, linked_to: str = "") -> int:
        """Add a list; return its `numId`."""
        at = len(self._abstract) + 1
        xml = "".join(level.xml(depth) for depth, level in enumerate(levels))
        link = f'<w:styleLink w:val="{linked_to}"/>' if linked_to else ""
        self._abstract.append(
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>'
            f"{link}{xml}</w:abstractNum>"
        )
        return self.again(at)

    def list_by_style(self, style: str) -> int:
        """Add a list that is defined by a numbering style elsewhere; return its `numId`."""
        at = len(self._abstract) + 1
        self._abstract.append(
            f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>'
            f'<w:numStyleLink w:val="{style}"/></w:abstractNum>'
        )
        return self.again(at)

    def numbering_style(self, name: str, listed: int) -> None:
        """Add a numbering style of a list."""
        self._styles.append(
            f'<w:style w:type="numbering" w:styleId="{name}"><w:name w:val="{name}"/>'
            f'<w:pPr><w:numPr><w:numId w:val="{listed}"/></w:numPr></w:pPr></w:style>'
        )

    def abstract_of(self, listed: int) -> int:
        """Return the definition of a list, for further instances of it."""
        return int(self._nums[listed - 1].split('abstractNumId w:val="')[1].split('"')[0])

    def again(self, abstract: int, overrides: str = "") -> int:
        """Add an instance of a list, which begins anew where `overrides` say so."""
        at = len(self._nums) + 1
        self._nums.append(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
        return at

    def style(self, name: str, inner: str = "", *, shown: str = "", based_on: str = "") -> str:
        """Add a paragraph style; return its id."""
        based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
        self._styles.append(
            f'<w:style w:type="paragraph" w:styleId="{name}">'
            f'<w:name w:val="{shown or name}"/>{based}{inner}</w:style>'
        )
        return name

    def page_head(self, text: str, foot: str = "") -> None:
        """Set the head and the foot of each page, which are no words of the text."""
        self._head, self._foot = run(text), run(foot)
        self.optional += count_words(text, foot)

    # --- The text --------------------------------------------------------------------------------
    def p(
        self,
        text: str,
        printed: str = "",
        depth: int = 0,
        *,
        auto: tuple[int, int] | None = None,
        style: str = "",
        gap: str = " ",
        inner: str = "",
        props: str = "",
        by_style: bool = False,
    ) -> None:
        """Write a paragraph. With `printed` it has a number: typed, or Word's own where `auto`
        (numId, level) or `by_style` say so.

        ``inner``: XML of the runs, instead of one run with the text.
        """
        is_typed = bool(printed) and auto is None and not by_style
        if printed:
            self.number(depth, printed, text, is_typed=is_typed)
        else:
            self.say(text)
        runs = inner or run(f"{printed}{gap}{text}" if is_typed else text)
        self.raw(paragraph(runs, auto=auto, style=style, props=props))

    def raw(self, xml: str) -> None:
        """Write XML whose words are declared elsewhere."""
        self._body.append(xml)

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Write a table of data: its words are declared, its numbers are none of the text."""
        self.raw(grid([[self._cell(cell) for cell in row] for row in rows]))

    def _cell(self, text: str) -> str:
        self.words += count_words(text)
        return paragraph(run(text))

    def note(self, text: str) -> str:
        """Add a footnote; return the XML of the run that refers to it."""
        self.say(text)
        at = len(self._notes) + 1
        self._notes.append(
            f'<w:footnote w:id="{at}">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(text))}'
            "</w:footnote>"
        )
        return f'<w:r><w:footnoteReference w:id="{at}"/></w:r>'

    # --- The file --------------------------------------------------------------------------------
    def build(self) -> Docx:
        """Write the file."""
        parts = {
            "word/styles.xml": f"<w:styles {_W}>{_NORMAL}{''.join(self._styles)}</w:styles>",
            "word/numbering.xml": f"<w:numbering {_W}>{''.join(self._abstract)}"
            f"{''.join(self._nums)}</w:numbering>",
            "word/footnotes.xml": f"<w:footnotes {_W}>{''.join(self._notes)}</w:footnotes>",
            "word/header1.xml": f"<w:hdr {_W}>{paragraph(self._head)}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {_W}>{paragraph(self._foot)}</w:ftr>",
        }
        named = {name: name.removeprefix("word/").removesuffix(".xml") for name in parts}
        kinds = {name: title.rstrip("1") for name, title in named.items()}
        ends = (
            '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
            '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
        )
        parts["word/document.xml"] = (
            f"<w:document {_W}><w:body>{''.join(self._body)}{ends}</w:body></w:document>"
        )
        links = "".join(
            f'<Relationship Id="{named[name]}" Type="{_REL}{kinds[name]}" '
            f'Target="{named[name]}.xml"/>'
            for name in kinds
        )
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{_KIND}{kinds[name]}+xml"/>'
            for name in kinds
        )
        package = "http://schemas.openxmlformats.org/package/2006/"
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{package}relationships">{links}</Relationships>'
        )
        parts["_rels/.rels"] = (
            f'<Relationships xmlns="{package}relationships"><Relationship Id="r1" '
            f'Type="{_REL}officeDocument" Target="word/document.xml"/></Relationships>'
        )
        parts["[Content_Types].xml"] = (
            f'<Types xmlns="{package}content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_KIND}document.main+xml"/>'
            f"{types}</Types>"
        )
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ["[Content_Types].xml", *sorted(parts.keys() - {"[Content_Types].xml"})]:
                archive.writestr(name, _HEAD + parts[name])
        self.content = target.getvalue()
        return self


_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/>'
        '<w:basedOn w:val="Normal"/></w:style>'
        for level in (1, 2, 3)
    )
)


def run(text: str, props: str = "") -> str:
    """Return a run; tabs and line breaks of the text become Word's."""
    inner = ""
    for at, line in enumerate(text.split("\n")):
        inner += "<w:br/>" if at else ""
        inner += "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in line.split("\t")
        )
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{inner}</w:r>"


def split_runs(text: str, size: int = 3) -> str:
    """Return a text cut into runs of a few characters, as spelling checkers leave it."""
    return "".join(
        run(text[at : at + size], '<w:lang w:val="uk-UA"/>' if at % 2 else "")
        for at in range(0, len(text), size)
    )


def raised(text: str) -> str:
    """Return a raised run."""
    return run(text, '<w:vertAlign w:val="superscript"/>')


def inserted(text: str, at: int = 900) -> str:
    """Return a run that a lawyer put in."""
    return f'<w:ins w:id="{at}" {_BY}>{run(text)}</w:ins>'


def deleted(text: str, at: int = 950) -> str:
    """Return a run that a lawyer took out; its words are no words of the text."""
    return (
        f'<w:del w:id="{at}" {_BY}><w:r><w:delText xml:space="preserve">{escape(text)}'
        "</w:delText></w:r></w:del>"
    )


def paragraph(
    inner: str, *, auto: tuple[int, int] | None = None, style: str = "", props: str = ""
) -> str:
    """Return a paragraph of runs."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    if auto is not None:
        own += f'<w:numPr><w:ilvl w:val="{auto[1]}"/><w:numId w:val="{auto[0]}"/></w:numPr>'
    own += props
    return f"<w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{inner}</w:p>"


def grid(rows: Iterable[Sequence[str]], *, border: bool = True) -> str:
    """Return a table of cells, each the XML of its paragraphs, or of <w:tcPr> and paragraphs."""
    sides = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right"))
    props = f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>" if border else "<w:tblPr/>"
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{props}{body}</w:tbl>"


def text_box(inner: str) -> str:
    """Return a run with a text box: drawn, with the same words again for old programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>'
        f"{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def restart(depth: int, start: int = 1, level: Level | None = None) -> str:
    """Return the override of a level in an instance: where it begins, or another definition."""
    inner = f'<w:startOverride w:val="{start}"/>' + (level.xml(depth) if level else "")
    return f'<w:lvlOverride w:ilvl="{depth}">{inner}</w:lvlOverride>'


def field_code(code: str, shown: str) -> str:
    """Return the runs of a field and what it shows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
