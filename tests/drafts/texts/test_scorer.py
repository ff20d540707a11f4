"""The scorer sees what is lost, wrong and silent, and does not see what is told."""

from __future__ import annotations

from .declared import Text
from .scorer import score

_TEXT = """1. Перше речення проєкту.
а) підпункт першого пункту;
б) другий підпункт першого пункту;
2. Друге речення проєкту.
4. Четверте речення проєкту.
"""


def _declared(*parts: tuple[int, str, str]) -> Text:
    text = Text("scored", "scored.txt", content=_TEXT.encode())
    for part in parts:
        text.number(*part)
    return text


_RIGHT = (
    (0, "1.", "Перше речення проєкту."),
    (1, "а)", "підпункт першого пункту;"),
    (1, "б)", "другий підпункт першого пункту;"),
    (0, "2.", "Друге речення проєкту."),
    (0, "4.", "Четверте речення проєкту."),
)


def test_what_is_read_as_declared_has_no_fault() -> None:
    result = score(_declared(*_RIGHT))
    assert result.figures == (5, 0, 0, 0, 0), result.faults


def test_a_wrong_number_is_silent_away_from_doubts_and_told_beside_one() -> None:
    # The only doubt is about the missing 3: it stands at the last part.
    latin = score(_declared(_RIGHT[0], (1, "a)", _RIGHT[1][2]), *_RIGHT[2:]))
    assert (latin.found, latin.wrong, latin.silent) == (4, 1, 1)
    third = score(_declared(*_RIGHT[:4], (0, "3.", _RIGHT[4][2])))
    assert (third.found, third.wrong, third.silent) == (4, 1, 0)


def test_a_part_that_hangs_elsewhere_or_is_missing_is_a_fault_and_its_words_are_lost() -> None:
    moved = score(_declared(*_RIGHT[:2], (2, "б)", _RIGHT[2][2]), *_RIGHT[3:]))
    assert (moved.found, moved.wrong, moved.silent) == (5, 1, 1)
    missing = score(_declared(*_RIGHT, (0, "5.", "П'яте речення, якого немає.")))
    assert (missing.found, missing.lost.total()) == (5, 5)
    undeclared = score(_declared(*_RIGHT[:4]))
    assert (undeclared.wrong, undeclared.added.total()) == (1, 3)
