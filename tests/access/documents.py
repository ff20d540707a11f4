"""The register of documents: an entered one, one that follows an act, and forms filled for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from accounts.models import User
from city.models import Department
from core.domain import clock
from core.domain.calendar import local_date
from records.documents import actions
from records.models import Document

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]


@dataclass
class Documents:
    """An order of the department of ofi, for official use, and what filled itself."""

    restricted: Document
    published: Document


def build(people: Mapping[str, User], department: Department) -> Documents:
    fields = {
        "kind": "order",
        "title": "Розпорядження з режимних питань",
        "number": "3-дск",
        "made_on": local_date(clock.now()) - timedelta(days=30),
        "department": department,
        "carrier": "paper",
        "place": "Архів, справа 2",
        "access": "official",
        "ground": "2939-VI ст. 9",
    }
    restricted = actions.enter(by=people["ofi"], fields=fields, is_neutral=True)
    published = Document.objects.exclude(origin="").order_by("pk")[0]
    return Documents(restricted, published)


def things(city: City, _parameters: tuple[str, ...]) -> Things:
    """A document by how it came into the register."""
    found = city.documents
    return {"restricted": (found.restricted.pk,), "published": (found.published.pk,)}


ABOUT: Mapping[str, Callable[[City, tuple[str, ...]], Things]] = {
    "documents:": things,
    "documents_desk:": things,
}


def _document(city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    row = city.documents.restricted
    return {
        "kind": row.kind,
        "title": "Інша назва",
        "made_on": f"{row.made_on:%d.%m.%Y}",
        "department": row.department_id,
        "carrier": row.carrier,
        "place": row.place,
        "access": "open",
    }


def _table(city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    row = city.documents.restricted
    name = row.department.name if row.department else ""
    return {"table": f"Назва;Дата створення;Розпорядник\nНова;{row.made_on};{name}"}


#: Route -> its form, filled for the thing that the address names.
FORMS: Mapping[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "documents_desk:new": _document,
    "documents_desk:edit": _document,
    "documents_desk:table": _table,
    "documents_desk:remove": lambda *_: {},
}
