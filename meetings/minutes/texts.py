"""The secretary's texts of minutes: what each is called, and the section in which it stands.

A section is ``head``, ``item-12`` of an item of the agenda, or ``closing``; its texts are stored
under their name, those of an item with its key: ``said-12``.
"""

from __future__ import annotations

from collections.abc import Mapping

HEAD, CLOSING, ITEM = "head", "closing", "item-"
_OF_HEAD = ("number", "chair", "keeper", "guests", "opening")
_OF_ITEM = ("said", "decided")
_OF_CLOSING = ("closing",)


def section_of(item_id: int) -> str:
    return f"{ITEM}{item_id}"


def item_of(section: str) -> int | None:
    """The item that a section is about; None of the others, and of what is no section."""
    number = section.removeprefix(ITEM)
    is_number = number.isascii() and number.isdecimal() and 0 < len(number) < 19
    return int(number) if section.startswith(ITEM) and is_number else None


def keys_of(section: str) -> dict[str, str]:
    """The texts of a section: name -> the key under which it is stored; {} of what is none."""
    if section == HEAD:
        return {name: name for name in _OF_HEAD}
    if section == CLOSING:
        return {name: name for name in _OF_CLOSING}
    item_id = item_of(section)
    return {} if item_id is None else {name: f"{name}-{item_id}" for name in _OF_ITEM}


def texts_of(section: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a section by their names."""
    return {name: texts.get(key, "") for name, key in keys_of(section).items()}
