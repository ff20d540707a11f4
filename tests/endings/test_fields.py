"""Each editable text of what is published stands in each document of it, or is left out by name.

Which of the two, the apps' published_fields.py say (tests/architecture/test_published_fields.py).
Whether it is so is asked of the document itself here: the column holds a word of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from consultations import opendata as consultations_data
from consultations.evidence.things import Things
from consultations.models import Consultation
from consultations.reports.content import compose
from consultations.reports.models import Report
from consultations.reports.queries import gather
from core.domain.published_fields import API, EVIDENCE, OPEN_DATA, REPORT, Told, field_lists
from core.web.pages import forget_pages
from meetings.models import Meeting
from newsroom.models import Article
from petitions import opendata as petitions_data
from petitions.models import Petition
from tests.access.city import City
from votes.models import Poll

pytestmark = pytest.mark.django_db
for _app in ("consultations", "meetings", "newsroom", "petitions", "votes"):
    import_module(f"{_app}.published_fields")
type Read = Callable[[Any], object]


def _api(route: str) -> Read:
    def read(row: models.Model) -> bytes:
        forget_pages()
        answer = Client().get(reverse(route, args=[row.pk]))
        assert answer.status_code == 200, answer.content
        return bytes(answer.content)

    return read


def _evidence(row: Consultation) -> list[object]:
    return list(Things(row).announced())


def _report(row: Consultation) -> list[object]:
    return list(compose(gather(row, Report(consultation=row))))


#: Each document: the rows that it is of, its name in their field list, how one of them is read.
DOCUMENTS: dict[str, tuple[type[models.Model], str, Read]] = {
    "evidence of a consultation": (Consultation, EVIDENCE, _evidence),
    "report on a consultation": (Consultation, REPORT, _report),
    "API of a consultation": (Consultation, API, _api("api:consultation")),
    "open data of consultations": (
        *(Consultation, OPEN_DATA),
        lambda _row: list(consultations_data.rows()),
    ),
    "API of a petition": (Petition, API, _api("api:petition")),
    "open data of petitions": (Petition, OPEN_DATA, lambda _row: list(petitions_data.rows())),
    "API of a poll": (Poll, API, _api("api:poll")),
    "API of a meeting": (Meeting, API, _api("api:meeting")),
    "API of an article": (Article, API, _api("api:article")),
}
#: What the database takes with a publication, or of a press release, alone: the city has none.
NEVER_PLANTED = {
    "API of a meeting": {"minutes_url", "video_url"},
    "API of an article": {"contact"},
}


def _left_out(model: type[models.Model], document: str) -> set[str]:
    """The texts that its app's published_fields.py names as left out."""
    said = field_lists[model][document]
    assert isinstance(said, Told)
    return {field.name for field in model._meta.concrete_fields if _plain(field)} & set(
        said.left_out
    )


def _plain(field: models.Field[Any, Any]) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and field.editable and not field.choices and not field.primary_key


def _plant(row: models.Model, never: set[str]) -> dict[str, str]:
    """Write a word into each editable text; the column of each that the database takes, alone or
    together with the others."""
    fields = [field for field in row._meta.concrete_fields if _plain(field)]
    fields = [field for field in fields if field.name not in never]
    words = {
        field.name: f"{'https://viche.example/' if _is_link(field) else ''}word{number:02}"
        for number, field in enumerate(fields)
    }
    if _write(row, words):
        return words
    return {name: word for name, word in words.items() if _write(row, {name: word})}


def _is_link(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.URLField) or field.name.endswith("url")


def _write(row: models.Model, words: dict[str, str]) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
            type(row)._base_manager.filter(pk=row.pk).update(**words)
            cursor.execute("SET LOCAL session_replication_role = origin")
    except DatabaseError:
        return False
    return True


def _row_of(city: City, model: type[models.Model]) -> models.Model:
    found: dict[type[models.Model], models.Model | None] = {
        Consultation: city.opened,
        Petition: city.petitions["collecting"],
        Poll: city.polls["open"],
        Meeting: Meeting.objects.published().filter(closed_at__isnull=False).first(),
        Article: Article.objects.published().events().first(),
    }
    row = found[model]
    assert row is not None
    return row


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_text_is_published_or_left_out(_city: City, db: None, name: str) -> None:
    model, document, read = DOCUMENTS[name]
    row = _row_of(_city, model)
    planted = _plant(row, NEVER_PLANTED.get(name, set()))
    said = read(model._base_manager.get(pk=row.pk))
    text = said.decode() if isinstance(said, bytes) else repr(said)
    missing = {column for column, word in planted.items() if word not in text}
    never = {f.name for f in model._meta.concrete_fields if _plain(f)} - set(planted)
    assert missing | never == _left_out(model, document) | NEVER_PLANTED.get(name, set())
