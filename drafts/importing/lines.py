"""Recognise lines without a number: a title, a signature, the end of a sentence."""

from __future__ import annotations

import re

from drafts.importing.blocks import Block
from drafts.importing.markers import Marker

#: What an approved document calls itself; its annexes and labels are named by it.
TITLE_NOUN = re.compile(
    r"\b(кодекс|положення|порядок|програма|правила|статут|регламент|інструкція|методика|перелік"
    r"|склад|структура|план|концепція|стратегія|паспорт|заходи|схема|тарифи|умови|зміни)\b",
    re.IGNORECASE,
)
#: The end of something said: a sentence, an item of a list, a note in braces.
FINISHED = re.compile(r"[.;:!?}…][»\"”)]*$")
SENTENCE = re.compile(r"[.!?…][»\"”)]*$")
QUOTE_CLOSED = re.compile(r"[\"»”]\s?[.;,]?$")
#: How lines after «ЗАТВЕРДЖЕНО» begin: by whom, when and under which number.
REQUISITE = re.compile(r"^[а-щьюяґєії\d№]|^(?:Рішення|Наказ|Закон|Розпорядження|Постанов|Зареєстр)")
_LONGEST_TITLE = 150


def title_like(block: Block) -> bool:
    """Whether a line could be a title: short, with words, not a finished sentence."""
    text = block.text
    return (
        len(text) <= _LONGEST_TITLE
        and text[-1] not in ".;:,"
        and any(c.isalpha() for c in text)
        and text[0] not in "{(-–—"
    )


def is_capitalised(text: str) -> bool:
    """Whether the first word starts with a capital letter."""
    return next((c for c in text if c.isalpha()), "").isupper() and not text[0].isdigit()


def may_sign(block: Block, marker: Marker) -> bool:
    """Whether a line with a Roman number may be initials and a surname: «І. ПРИКЛАД»."""
    bare = re.match(r"[IVXLІХ]", marker.printed) and not marker.quoted
    rest = block.text[marker.length :]
    return bool(bare and re.fullmatch(r"[А-ЯІЇЄҐ][А-ЯІЇЄҐа-яіїєґ’'-]+", rest))
