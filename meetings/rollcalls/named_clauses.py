"""Which clause of a draft the question of a roll-call names: «Прийняти пункт 3» names «п. 3»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafts.models import Clause

#: How questions write what labels abbreviate (drafts.importing.labels).
_WORDS = {
    "дод.": r"дод(?:\.|ат(?:ок|к\w+))",
    "розд.": r"розд(?:\.|іл\w*)",
    "гл.": r"гл(?:\.|ав\w*)",
    "ст.": r"ст(?:\.|атт\w+|атей)",
    "п.": r"п(?:\.|ункт\w*)",
    "підп.": r"(?:підп\.|підпункт\w*|пп\.)",
    "ч.": r"ч(?:\.|астин\w*)",
    "абз.": r"абз(?:\.|ац\w*)",
}
_REFERENCE = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(_WORDS.values())})\s*№?\s*(?P<number>[0-9IVXІХ]+(?:[.-]\d+)*)(?!\w)",
    re.IGNORECASE,
)


def clause_named(question: str, clauses: Iterable[Clause]) -> Clause | None:
    """The clause that the question names, where it names exactly one of the text.

    A label need not be named whole: «пункт 3» is «дод. 1, п. 3» if no other clause is a «п. 3».
    """
    named = {
        f"{_short(found['word'])} {found['number']}" for found in _REFERENCE.finditer(question)
    }
    if not named:
        return None
    fitting = [
        (clause, parts)
        for clause in clauses
        if clause.label and named <= (parts := frozenset(clause.label.split(", ")))
    ]
    if len(fitting) > 1:
        shortest = min(len(parts) for _clause, parts in fitting)
        fitting = [(clause, parts) for clause, parts in fitting if len(parts) == shortest]
    return fitting[0][0] if len(fitting) == 1 else None


def _short(word: str) -> str:
    return next(short for short, full in _WORDS.items() if re.fullmatch(full, word, re.IGNORECASE))
