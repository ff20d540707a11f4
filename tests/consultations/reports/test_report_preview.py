"""The preview of a report: what is published afterwards, for its officers alone."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import translation

from consultations.models import Edition, EditionRow
from consultations.remarks import actions as speaking
from consultations.reports import actions, preview
from discussions.actions import hide
from tests import factories

pytestmark = pytest.mark.django_db

TEXTS = {"outcome": "Враховано частково.", "summary": "Просять довшого часу."}


@pytest.fixture
def spoken(opened, olena, bohdan, ofi, mo, clock):
    said = [("До 23:00.", olena), ("Ні, тихо.", bohdan), ("Образа.", bohdan)]
    made = [speaking.remark(opened, by=person, text=text) for text, person in said]
    for remark in made:
        factories.settle(remark, "rejected")
    hide(made[2].comment, by=mo, reason="profanity", note="Порушує правила")
    clock.set(opened.closes_at)
    actions.save(opened, by=ofi, texts=TEXTS)
    return opened


def desk(consultation, ending: str = "/") -> str:
    return f"/desk/consultations/{consultation.pk}/report/preview{ending}"


def body(page: str) -> str:
    """The words of the report: of its headings, paragraphs and tables, without what says that it
    is a preview or which edition it is."""
    main = page.partition("<h1")[2].partition("</main>")[0]
    inner = main.partition("<h2")[2].rpartition("</table>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())


def test_says_what_is_published_afterwards_and_stores_nothing(client, spoken, ofi):
    client.force_login(ofi)
    page = client.get(desk(spoken)).text
    assert not Edition.objects.exists() and not EditionRow.objects.exists()
    assert "До 23:00." in page and "Образа." not in page
    actions.publish(spoken, by=ofi)
    published = client.get(reverse("consultations:report", args=[spoken.pk])).text
    assert body(page) == body(published) != ""


def test_says_that_it_is_not_published(client, spoken, ofi):
    client.force_login(ofi)
    for language in ("uk", "en"):
        with translation.override(language):
            page = client.get(reverse("desk:report_preview", args=[spoken.pk])).text
        assert {"uk": "Попередній перегляд", "en": "Preview"}[language] in page
    assert "manifest/" not in page and "manifest.json" not in page
    word = docx.Document(BytesIO(client.get(desk(spoken, ".docx")).content))
    assert word.core_properties.title.startswith("Попередній перегляд")
    told = client.get(desk(spoken, ".pdf"))
    assert told.status_code == 200 and told.content.startswith(b"%PDF")


def test_goes_on_in_pages(client, spoken, ofi, monkeypatch):
    monkeypatch.setattr(preview.queries, "PAGE_SIZE", 2)
    client.force_login(ofi)
    first = client.get(desk(spoken))
    assert first.context["next_url"] == "?from=2"
    last = client.get(f"{desk(spoken)}?from=2").text
    assert "До 23:00." not in last and "<h2" not in last.partition("<h1")[2].partition("<footer")[0]
    assert client.get(f"{desk(spoken)}?from=x9").context["is_first_page"]


def test_a_long_one_has_no_files_yet(client, spoken, ofi, monkeypatch):
    monkeypatch.setattr(preview, "MOST_ROWS_OF_FILE", 2)
    client.force_login(ofi)
    assert "preview.pdf" not in client.get(desk(spoken)).text
    assert client.get(desk(spoken, ".pdf")).status_code == 403


def test_queries_do_not_grow_with_the_rows(client, spoken, ofi, django_assert_max_num_queries):
    client.force_login(ofi)
    client.get(desk(spoken))
    with django_assert_max_num_queries(14):
        client.get(desk(spoken))


@pytest.mark.parametrize("who", ["olena", "mo"])
def test_nobody_else_reads_it(client, request, spoken, who):
    client.force_login(request.getfixturevalue(who))
    for ending in ("/", ".docx", ".pdf"):
        assert client.get(desk(spoken, ending)).status_code == 403
