"""The register of the demo city holds every public document of it, and each leads to its page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consultations.acts.models import UrgentAct
from consultations.models import Consultation, Edition
from drafts.models import Version
from meetings.models import Meeting, MinutesEdition
from petitions.models import Answer as PetitionAnswer
from records.documents.filling import fill
from records.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def listed(client, name: str) -> Iterator[dict]:
    """All rows of a list of the API."""
    address = f"/api/v1/{name}/?size=100"
    while address:
        body = client.get(address).json()
        yield from body["results"]
        address = body.get("next")


def addresses() -> set[str]:
    return set(Document.objects.exclude(origin="").values_list("address", flat=True))


def test_every_public_document_is_in_it(client):
    held = addresses()
    for name in ("acts", "answers", "news"):
        rows = [row for row in listed(client, name) if row.get("kind") != "event"]
        assert rows, name
        paths = {row["url"].split("/", 3)[3] for row in rows}
        assert {f"/{path}" for path in paths} <= held, name
    announced = Consultation.objects.published()
    pages = [
        *UrgentAct.objects.all(),
        *Edition.objects.filter(consultation__in=announced),
        *MinutesEdition.objects.filter(meeting__in=Meeting.objects.published()),
        *(answer.petition for answer in PetitionAnswer.objects.select_related("petition")),
    ]
    assert {page.get_absolute_url() for page in pages} <= held
    texts = Version.objects.published().filter(draft__consultation__in=announced)
    assert Document.objects.filter(origin="version").count() == texts.count() > 8
    kinds = set(Document.objects.exclude(origin="").values_list("kind", flat=True))
    told = "act draft minutes report answer petition-answer release application appeals"
    assert kinds >= {*told.split()}


def test_each_leads_to_a_page_that_anybody_reads(client):
    for address in addresses() - {""}:
        assert client.get(address).status_code == 200, address


def test_nothing_of_it_is_other_than_its_source():
    assert fill() == 0
