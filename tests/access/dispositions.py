"""Routes of the disposition table: what they are about, and their forms filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from consultations.dispositions.actions_texts import add_text
from consultations.dispositions.models import SavedText
from consultations.dispositions.public_reasons import digest_of

if TYPE_CHECKING:
    from accounts.models import User
    from city.models import Department
    from tests.access.city import City


def build(department: Department, ofi: User) -> SavedText:
    """What the department has saved."""
    return add_text(department, by=ofi, use="reason", title="Тиша", text="Тиша з 22:00.")


def _department(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {"": (city.opened.department_id,)}


def _text(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {"": (city.opened.department_id, city.saved_text.pk)}


ABOUT: dict[str, Callable[[City, tuple[str, ...]], dict[str, tuple[Any, ...]]]] = {
    **dict.fromkeys(("texts", "new_text", "approval"), _department),
    "bulk_change": lambda city, _parameters: {"": (city.opened.pk, city.bulk_change)},
    **dict.fromkeys(("saved_text", "delete_text"), _text),
}
_TEXT = {"use": "reason", "title": "Інша назва", "text": "Слова."}
FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "table_row": lambda city, arguments: {f"r{arguments[1]}-kind": "accepted"},
    "public_reason": lambda city, arguments: {
        f"p{arguments[1]}-public_reason": "Не змінює часу.",
        "read": digest_of(""),
    },
    "settle_many": lambda city, arguments: {"kind": "accepted", "confirmed": "0"},
    "new_text": lambda city, arguments: _TEXT,
    "saved_text": lambda city, arguments: _TEXT,
}
