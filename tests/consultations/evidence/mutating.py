"""Bundles changed at random: values, signs, lines, keys, bits of the archive."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

from tests.consultations.evidence.bundle_builder import Bundle, Story, canonical

_VALUES = (
    *("null", "true", "0", "-1", "1.5", "1e3", "9007199254740992", '""', "[]", "{}", '"x"'),
    '"2026-13-01T00:00:00+00:00"',
    '"2026-12-01T00:00:00+99:00"',
    '"2026-02-30T00:00:00.000000+00:00"',
    '"1950-01-01T00:00:00+14:00"',
)
_SIGNS = '{}[]":,\\0aЇ\U0001f600\u2028\ue000 '
_KEYS = ("at", "hidden", "gone", "constructor", "toString", "__proto__", "files", "\uff5e", "😀")
_VALUE = re.compile(r'(?<=:)("[^"]*"|-?\d+|true|false|null|\[\]|\{\})')
_KEY = re.compile(r'"[a-z_]+":')


def write_mutated(path: Path, chance: random.Random) -> None:
    """Write a bundle in which something was changed."""
    bundle = Bundle(Story(3))
    has_bits = chance.random() < 0.25
    if not has_bits:
        _mutate(bundle, chance)
    bundle.write(path)
    if has_bits:
        content = bytearray(path.read_bytes())
        at = chance.choice(
            (chance.randrange(len(content)), len(content) - chance.randrange(1, 2000))
        )
        content[at] ^= 1 << chance.randrange(8)
        path.write_bytes(content)


def _mutate(bundle: Bundle, chance: random.Random) -> None:
    lists: list[list[Any]] = [bundle.records, bundle.entries, bundle.links]
    lists.append(chance.choice(list(bundle.things.values())))
    lines = chance.choice(lists)
    for _ in range(chance.randint(1, 3)):
        if not lines:
            return
        at = chance.randrange(len(lines))
        how = chance.random()
        if how < 0.1:
            lines.pop(at)
        elif how < 0.2:
            lines.insert(chance.randrange(len(lines)), lines[at])
        else:
            _rewrite(lines, at, chance)


def _rewrite(lines: list[Any], at: int, chance: random.Random) -> None:
    line = lines[at]
    is_inner = isinstance(line, dict) and "line" in line and chance.random() < 0.6
    text = line["line"] if is_inner else line if isinstance(line, str) else canonical(line)
    how = chance.random()
    if how < 0.5:
        text = _replace(text, _VALUE, chance.choice(_VALUES), chance)
    elif how < 0.75:
        text = _replace(text, _KEY, f'"{chance.choice(_KEYS)}":', chance)
    elif text:
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice(_SIGNS) + text[place + 1 :]
    if is_inner:
        line["line"] = text
    else:
        lines[at] = text


def _replace(text: str, what: re.Pattern[str], by: str, chance: random.Random) -> str:
    places = list(what.finditer(text))
    if not places:
        return text
    place = chance.choice(places)
    return text[: place.start()] + by + text[place.end() :]
