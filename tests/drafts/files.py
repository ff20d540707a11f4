"""Files for tests: Word documents built anew, and such as must be refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

DECISION = """РУДНОГІРСЬКА МІСЬКА РАДА

РІШЕННЯ

Про правила вигулу собак

Відповідно до статті 26 Закону України «Про місцеве самоврядування в Україні» міська рада ВИРІШИЛА:

1. Затвердити Правила вигулу собак, що додаються.
2. Департаменту екології:
2.1. облаштувати майданчики за переліком згідно з додатком 1;
2.2. щороку до 1 березня звітувати про:
1) стан майданчиків;
2) скарги жителів:
а) усні;
б) письмові.
Звіт оприлюднюється на сайті.
3. Контроль за виконанням рішення покласти на постійну комісію.

Міський голова
Олесь ПРИКЛАД

ЗАТВЕРДЖЕНО
Рішення міської ради
24 листопада 2026 року № 15

ПРАВИЛА
вигулу собак

Розділ I. Загальні положення
1. Ці Правила діють у межах міста.
2. Власник прибирає за собакою.

Розділ II
Заборони
1. Без повідка забороняється:
1) на дитячих майданчиках;
2-1) біля шкіл.

Додаток 1
до рішення міської ради

ПЕРЕЛІК
майданчиків
1. Парк Шахтарський.
2. Сквер Гірників.
"""


STATUTE = """СТАТУТ
ЗМІСТ
Розділ І. Загальні положення{0}3
Стаття 1. Статут{0}3
Стаття 2. Символи{0}4
Розділ ІІ. Рада{0}5
Стаття 3. Склад ради{0}5
Розділ І. Загальні положення
Стаття 1. Статут
1. Статут діє в місті.
Стаття 2. Символи
1. Місто має герб.
Розділ ІІ. Рада
Стаття 3. Склад ради
1. У раді 34 депутати."""


def word(document: Document) -> bytes:
    """The bytes of a Word document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def document(*lines: str) -> Document:
    """A Word document with a paragraph for each line."""
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    return made


def heading(made: Document, text: str) -> None:
    """Add a centred bold line, as titles without a style are made."""
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = True


def define_list(made: Document, number: int, *levels: tuple[str, str], start: int = 1) -> None:
    """Define the automatic list `number`: each level is a Word format and a pattern."""
    numbering = made.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start if at == 0 else 1}"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{xml}</w:abstractNum>'
    )
    first_num = next(child for child in numbering if child.tag.endswith("}num"))
    first_num.addprevious(abstract)
    refer_to_list(made, number, number)


def refer_to_list(made: Document, number: int, abstract: int, restart: int | None = None) -> None:
    """Let `number` be a list with the counters of `abstract`, started anew at `restart`."""
    override = ""
    if restart is not None:
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>'
    made.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            f"{override}</w:num>"
        )
    )


def listed(made: Document, text: str, number: int, level: int = 0) -> None:
    """Add a paragraph that Word numbers itself."""
    put_number(made.add_paragraph(text), number, level)


def put_number(paragraph: Paragraph, number: int, level: int = 0) -> None:
    """Let Word number a paragraph."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
            "</w:numPr>"
        )
    )


def rezipped(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """A .docx with parts put in, replaced or (None) taken out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def sparse(path: Path, size: int) -> Path:
    """A file of `size` bytes that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path
