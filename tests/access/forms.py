"""What is sent through each door that takes something, filled so that whoever may, succeeds.

An empty form would be sent back to everybody alike, and tell nothing of the rule behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.access.city import City
from tests.factories import PASSWORD

Data = dict[str, Any]
Filled = Callable[[City, tuple[Any, ...]], Data]


def _same(**data: Any) -> Filled:
    return lambda city, arguments: data


def _described(city: City, arguments: tuple[Any, ...]) -> Data:
    found = next(each for each in city.by_state.values() if each.pk == arguments[0])
    return {
        "procedure": found.procedure_id,
        "department": found.department_id,
        "title": "Інша назва",
        "summary": "a",
        "contact_person": "b",
        "contact_details": "c",
    }


def _new(city: City, arguments: tuple[Any, ...]) -> Data:
    return _described(city, (city.preparing.pk,)) | {"title": "Нова"}


def _dates(city: City, arguments: tuple[Any, ...]) -> Data:
    found = next(each for each in city.by_state.values() if each.pk == arguments[0])
    return {"last_day": found.last_day.isoformat(), "reason": "треба"}


#: Route -> its form, filled for the thing that the address names.
FORMS: dict[str, Filled] = {
    "account_profile": _same(
        given_name="Інше", family_name="Імʼя", public_name_style="full", language="en"
    ),
    "account_reauthenticate": _same(password=PASSWORD),
    "account_email": _same(email="new@viche.example", action_add="on"),
    "consultations:speak": _same(kind="remark", text="слово"),
    "consultations:reply": _same(text="слово"),
    "consultations:edit": _same(text="інакше"),
    "consultations:react": _same(value="1"),
    "tokens:new": _same(name="Читач", scopes=["me:read"], days="30"),
    "moderation:report": _same(reason="spam"),
    "moderation:hide": lambda city, arguments: {f"c{arguments[0]}-reason": "spam"},
    "desk:new": _new,
    "desk:edit": _described,
    "desk:dates": _dates,
    "desk:withdraw": _same(reason="помилка"),
    "desk:report": _same(outcome="ухвалено"),
    "desk:link": _same(**{"link-title": "a", "link-url": "https://a.ua/"}),
    "desk:answer": lambda city, arguments: {f"r{arguments[1]}-text": "офіційно"},
    "desk:clause": _same(text="Новий текст."),
    "desk:split": _same(**{"split-words": "майданчик"}),
    "desk:renumber": _same(
        **{"renumber-marker": "9.", "renumber-kind": "point", "renumber-depth": "0"}
    ),
}

#: Another kind of use of a door, as a line of its own: route -> what it is -> its form.
ALSO: dict[str, dict[str, Filled]] = {
    "consultations:reply": {"official": _same(text="слово", official="on")},
}

#: Operation of the API -> its body.
BODIES: dict[str, Data] = {"remarks_create": {"text": "слово"}}
