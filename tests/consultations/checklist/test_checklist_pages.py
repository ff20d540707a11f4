"""Pages of the checklist: the desk's, the public one, and the sheet for notice boards."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from city.models import LocalElection
from consultations.checklist import actions
from consultations.models import State
from core.domain import clock as database_clock
from core.domain.calendar import kyiv, local_date
from tests import factories
from tests.editing import carried

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(department):
    return factories.public_consultation(department, problem="")


def test_the_desk_names_each_item_with_its_article_and_place(client, ready, ofi):
    client.force_login(ofi)
    for name in ("desk:announce", "desk:checklist"):
        page = client.get(reverse(name, args=[ready.pk])).text
        assert "Закон №\u00a03841-IX" in page
        assert "ст. 7 ч. 2 п. 2" in page
        assert f'href="{reverse("desk:edit", args=[ready.pk])}#id_problem"' in page
        for word in ("виконано", "бракує", "попереду"):
            assert word in page


def test_the_answers_are_saved_by_their_form(client, ready, ofi):
    client.force_login(ofi)
    address = reverse("desk:checklist", args=[ready.pk])
    sent = {"discussion_grounds": ["symbols", "none"], "platform": "there"}
    answer = client.post(address, sent | carried(client, address))
    assert answer.status_code == 422
    assert {"discussion_grounds", "platform_url"} <= set(answer.context["form"].errors)
    sent = {
        "discussion_grounds": "none",
        "platform": "there",
        "platform_url": "https://p.example/1",
    }
    assert client.post(address, sent | carried(client, address)).status_code == 302
    ready.answers.refresh_from_db()
    assert (ready.answers.discussion_grounds, ready.answers.platform) == ([], "there")


def test_everybody_reads_what_was_done_and_when(client, department, ofi, olena):
    made = factories.public_consultation(department, State.OPEN)
    actions.answer(
        made,
        by=ofi,
        fields={"posted_on": local_date(database_clock.now()), "posted_where": "стенд ради"},
    )
    when = kyiv(local_date(database_clock.now()) + timedelta(days=9))
    actions.plan_discussion(made, by=ofi, form="meeting", held_at=when, place="Палац культури")
    page = client.get(reverse("consultations:procedure", args=[made.pk])).text
    for words in ("стенд ради", "Палац культури", "ст. 7 ч. 7", "не вимагається"):
        assert words in page
    client.force_login(olena)
    assert "Палац культури" in client.get(reverse("consultations:procedure", args=[made.pk])).text
    link = f'href="{reverse("consultations:procedure", args=[made.pk])}"'
    assert link in client.get(made.get_absolute_url()).text


def test_nobody_reads_of_what_is_in_preparation(client, ready):
    for name in ("procedure", "notice"):
        assert client.get(reverse(f"consultations:{name}", args=[ready.pk])).status_code == 404


@pytest.mark.cpu(5)
def test_the_sheet_is_one_page_however_long_the_words(client, department):
    long = dict.fromkeys(factories.DOCUMENT, "Дуже довгі слова про майданчики. " * 60)
    long["report_how"] = "За 30 робочих днів на цій сторінці. " * 13
    made = factories.public_consultation(
        department,
        State.OPEN,
        **(
            long | {"title": "Назва " * 50, "summary": "Слова " * 400, "contact_details": "м" * 300}
        ),
    )
    answer = client.get(reverse("consultations:notice", args=[made.pk]))
    assert answer["Content-Type"] == "application/pdf"
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = PdfReader(BytesIO(content))
    assert len(sheet.pages) == 1
    assert [round(float(side)) for side in sheet.pages[0].mediabox[2:]] == [595, 842]
    words = " ".join(sheet.pages[0].extract_text().split())
    assert made.get_absolute_url() in words
    assert "Остап Федорук" in words


def test_an_election_is_entered_corrected_and_removed(client, admin):
    client.force_login(admin)
    new = reverse("city_desk:new_election")
    days = {"starts_on": "2027-09-06", "ends_on": "2027-09-05", "name": "Чергові місцеві вибори"}
    assert client.post(new, days).status_code == 422
    days["ends_on"] = "2027-11-15"
    assert client.post(new, days).status_code == 302
    overlapping = client.post(new, days | {"starts_on": "2027-11-15", "ends_on": ""})
    assert overlapping.status_code == 422
    assert client.post(new, days | {"starts_on": "2027-11-16", "ends_on": ""}).status_code == 302
    made = LocalElection.objects.get(starts_on="2027-09-06")
    address = reverse("city_desk:election", args=[made.pk])
    changed = days | {"name": "Позачергові вибори"} | carried(client, address)
    assert client.post(address, changed).status_code == 302
    assert "Позачергові вибори" in client.get(reverse("city_desk:elections")).text
    client.post(address, {"remove": "on"})
    assert not LocalElection.objects.filter(pk=made.pk).exists()
