"""Formats in which a page counts its lists: by `type`, by `style`, by the rules of a class.

Of style sheets only those in the page itself are read, and of their selectors only names of
elements, classes and identifiers, alone or together: «ol.small», «.capital», «#terms». A rule that
is written later wins over an earlier one that is no more exact, as in browsers.
"""

from __future__ import annotations

import re
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
_LONGEST_SHEET = 200_000  # characters


class _Rule(NamedTuple):
    tag: str  # empty: any
    classes: frozenset[str]
    identifier: str
    format: str

    @property
    def weight(self) -> tuple[int, int, int]:
        """Exactness of the selector, as CSS counts it."""
        return bool(self.identifier), len(self.classes), bool(self.tag)


type ListStyles = list[_Rule]


def list_styles(root: etree._Element) -> ListStyles:
    """Return the rules of the page's own style sheets that say how lists are counted."""
    sheet = "\n".join(element.text or "" for element in root.iter("style"))[:_LONGEST_SHEET]
    rules: ListStyles = []
    for rule in _COMMENT.sub("", sheet).split("}"):
        selectors, _, declarations = rule.partition("{")
        if "{" in declarations or not (form := _declared_format(declarations)):
            continue  # a rule for prints or phones only
        for selector in selectors.split(","):
            simple = _SELECTOR.fullmatch(selector.strip())
            if not simple or not selector.strip() or len(rules) >= _MOST_RULES:
                continue
            names = re.findall(r"[.#][\w-]+", simple["names"])
            classes = frozenset(name[1:] for name in names if name[0] == ".")
            identifier = next((name[1:] for name in names if name[0] == "#"), "")
            rules.append(_Rule((simple["tag"] or "").lower(), classes, identifier, form))
    return sorted(rules, key=lambda rule: rule.weight)


def named_format(element: etree._Element, styles: ListStyles) -> str:
    """Return Word's name for how a list is counted, empty where the page does not say it."""
    classes = set((element.get("class") or "").split())
    form = _NAMES.get(element.get("type") or "", "")
    for rule in styles:
        is_its = rule.tag in ("", element.tag) and rule.classes <= classes
        if is_its and rule.identifier in ("", element.get("id")):
            form = rule.format
    return _declared_format(element.get("style") or "") or form


def _declared_format(style: str) -> str:
    """The format that declarations name; the last one holds."""
    words = [word for said in _STYLE.findall(style) for word in said.lower().split()]
    named = [_NAMES[word] for word in words if word in _NAMES]
    return named[-1] if named else ""
