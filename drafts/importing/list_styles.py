"""Formats in which a page counts its lists: by `type`, by `style`, by the rules of a class.

Of style sheets only those in the page itself are read, and of their selectors names of elements,
classes and identifiers, alone, together, or below others: «ol.small», «#terms», «.act ol > ol». A
rule that is written later wins over an earlier one that is no more exact, as in browsers.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

#: Word's names for the formats of lists, by those of pages.
_NAMES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"} | {
    "1": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "none": "none",
}
FORMATS = frozenset(_NAMES.values())
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]{1,100})", re.IGNORECASE)
_COMMENT = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*\*/")
_SELECTOR = re.compile(r"(?P<tag>[a-z]+)?(?P<names>(?:[.#][\w-]+){0,5})", re.IGNORECASE)
_MOST_RULES = 500
_MOST_OF_NESTED = 50  # rules with a selector of several parts
_ANCESTORS = 20  # so many around a list are compared
_LONGEST_SHEET = 200_000  # characters


class _Part(NamedTuple):
    """One element of a selector."""

    tag: str  # empty: any
    classes: frozenset[str]
    identifier: str
    is_parent: bool  # directly around the part after it

    def matches(self, element: etree._Element) -> bool:
        return (
            self.tag in ("", element.tag)
            and self.identifier in ("", element.get("id"))
            and self.classes <= set((element.get("class") or "").split())
        )


class _Rule(NamedTuple):
    own: _Part
    around: tuple[_Part, ...]  # the nearest first
    format: str

    @property
    def weight(self) -> tuple[int, int, int]:
        """Exactness of the selector, as CSS counts it."""
        parts = (self.own, *self.around)
        return (
            sum(bool(part.identifier) for part in parts),
            sum(len(part.classes) for part in parts),
            sum(bool(part.tag) for part in parts),
        )


type ListStyles = list[_Rule]


def list_styles(root: etree._Element) -> ListStyles:
    """Return the rules of the page's own style sheets that say how lists are counted."""
    sheet = "\n".join(element.text or "" for element in root.iter("style"))[:_LONGEST_SHEET]
    rules: ListStyles = []
    nested = 0
    for rule in _COMMENT.sub("", sheet).split("}"):
        selectors, _, declarations = rule.partition("{")
        if "{" in declarations or not (form := _declared_format(declarations)):
            continue  # a rule for prints or phones only
        for selector in selectors.split(","):
            parts = _parts(selector)
            nested += len(parts) > 1
            if (
                parts
                and len(rules) < _MOST_RULES
                and (len(parts) == 1 or nested <= _MOST_OF_NESTED)
            ):
                rules.append(_Rule(parts[0], tuple(parts[1:]), form))
    return sorted(rules, key=lambda rule: rule.weight)


def _parts(selector: str) -> list[_Part]:
    """The elements of a selector, its own first; none of a selector that is not read."""
    found: list[_Part] = []
    words = selector.replace(">", " > ").split()
    for at, word in enumerate(words):
        if word == ">":
            continue
        simple = _SELECTOR.fullmatch(word)
        if not simple:
            return []
        names = re.findall(r"[.#][\w-]+", simple["names"])
        classes = frozenset(name[1:] for name in names if name[0] == ".")
        identifier = next((name[1:] for name in names if name[0] == "#"), "")
        is_parent = words[at + 1 : at + 2] == [">"]
        found.append(_Part((simple["tag"] or "").lower(), classes, identifier, is_parent))
    return found[::-1]


def named_format(element: etree._Element, styles: ListStyles) -> str:
    """Return Word's name for how a list is counted, empty where the page does not say it."""
    form = _NAMES.get(element.get("type") or "", "")
    for rule in styles:
        if rule.own.matches(element) and _stands_in(element, rule.around):
            form = rule.format
    return _declared_format(element.get("style") or "") or form


def _stands_in(element: etree._Element, around: tuple[_Part, ...]) -> bool:
    """Whether elements around it match in this order, the nearest first."""
    left = list(around)
    for ancestor in islice(element.iterancestors(), _ANCESTORS):
        if not left:
            break
        if left[0].matches(ancestor):
            del left[0]
        elif left[0].is_parent:
            return False
    return not left


def _declared_format(style: str) -> str:
    """The format that declarations name; the last one holds."""
    words = [word for said in _STYLE.findall(style) for word in said.lower().split()]
    named = [_NAMES[word] for word in words if word in _NAMES]
    return named[-1] if named else ""
