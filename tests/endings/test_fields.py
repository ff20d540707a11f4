"""Each editable text of what is published stands in each document of it, or is left out by name.

A new column fails here until somebody has said which of the two it is. What a document gives of a
text that everybody may read is asked of the document itself: the column holds a word of its own.
"""

from __future__ import annotations

from collections.abc import Callable
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
from core.web.pages import forget_pages
from meetings.models import Meeting
from newsroom.models import Article
from petitions import opendata as petitions_data
from petitions.models import Petition
from tests.access.city import City
from votes.models import Poll

pytestmark = pytest.mark.django_db
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


#: Each document: the rows that it is of, and how one of them is read.
DOCUMENTS: dict[str, tuple[type[models.Model], Read]] = {
    "evidence of a consultation": (Consultation, _evidence),
    "report on a consultation": (Consultation, _report),
    "API of a consultation": (Consultation, _api("api:consultation")),
    "open data of consultations": (Consultation, lambda _row: list(consultations_data.rows())),
    "API of a petition": (Petition, _api("api:petition")),
    "open data of petitions": (Petition, lambda _row: list(petitions_data.rows())),
    "API of a poll": (Poll, _api("api:poll")),
    "API of a meeting": (Meeting, _api("api:meeting")),
    "API of an article": (Article, _api("api:article")),
}


def _each(why: str, *columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, why)


#: What a document leaves out: column -> why.
LEFT_OUT: dict[str, dict[str, str]] = {
    "report on a consultation": {
        **_each(
            "told with the announcement, whose summary the report repeats",
            *("affected", "brief", "brief_en", "chosen_option", "how_held", "on_paper"),
            *("options", "problem", "report_how", "short_period_reason"),
        ),
        **_each("the report has an outcome of its own", "outcome"),
    },
    "open data of consultations": {
        **_each(
            "told at length by the API and the page: the table has its summary",
            *("affected", "brief", "brief_en", "chosen_option", "how_held", "on_paper"),
            *("options", "problem", "report_how", "short_period_reason"),
        ),
        **_each("an officer: people of the council are in no table", "contact_person"),
        **_each("of an officer", "contact_details"),
    },
    "API of a meeting": _each(
        "the database takes it with a publication alone, which the city has not",
        *("minutes_url", "video_url"),
    ),
    "API of a petition": _each("the author's own", "author_address", "author_phone"),
    "open data of petitions": {
        **_each("the author's own", "author_address", "author_phone"),
        **_each("people are in no table but that of signatures", "author_name"),
    },
}


def _plain(field: models.Field[Any, Any]) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and field.editable and not field.choices and not field.primary_key


def _plant(row: models.Model) -> dict[str, str]:
    """Write a word into each editable text; the column of each that the database takes, alone or
    together with the others."""
    fields = [field for field in row._meta.concrete_fields if _plain(field)]
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
    model, read = DOCUMENTS[name]
    row = _row_of(_city, model)
    planted = _plant(row)
    said = read(model._base_manager.get(pk=row.pk))
    text = said.decode() if isinstance(said, bytes) else repr(said)
    missing = {column for column, word in planted.items() if word not in text}
    never = {f.name for f in model._meta.concrete_fields if _plain(f)} - set(planted)
    assert missing | never == set(LEFT_OUT.get(name, {}))
