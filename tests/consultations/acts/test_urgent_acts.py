"""Acts without a consultation: law 3841-IX art. 16."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.acts import actions
from consultations.acts.models import UrgentAct
from consultations.acts.urgent_items import asked_of_urgent
from consultations.events import UrgentActPublished
from core.domain import clock as database_clock
from core.domain.calendar import local_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(department):
    return {
        "department": department,
        "title": "Про обмеження руху мостом",
        "number": "77",
        "adopted_on": local_date(database_clock.now()),
        "ground": "danger",
        "need": "Міст може обвалитися.",
        "justification": "Висновок обстеження від учора.",
        "text": "1. Закрити міст.",
    }


def test_it_is_published_with_its_grounds_and_its_text(client, fields, ofi, emitted):
    assert fields["title"] not in client.get(reverse("acts:urgent_acts")).text
    act = actions.publish(by=ofi, fields=fields)
    assert emitted == [UrgentActPublished(act.pk, ofi.pk)]
    page = client.get(act.get_absolute_url()).text
    assert "без консультації" in page
    assert "стаття 16" in page
    for words in ("Міст може обвалитися.", "Висновок обстеження від учора.", "1. Закрити міст."):
        assert words in page
    assert page.count(">виконано<") + page.count(" виконано") >= 4
    assert fields["title"] in client.get(reverse("acts:urgent_acts")).text


def test_its_page_says_what_the_law_asks_and_what_is_missing(client, fields, ofi):
    """16(1), 16(2): of a row that came otherwise than through the action."""
    late = UrgentAct.objects.create(
        by=ofi, **(fields | {"adopted_on": fields["adopted_on"] - timedelta(days=1)})
    )
    asked = asked_of_urgent(late)
    assert [item.is_done for item in asked] == [True, True, True, False]
    page = client.get(late.get_absolute_url()).text
    assert "Закон №\u00a03841-IX, ст. 16 ч. 1" in page
    assert "бракує" in page


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("number", "act.number_missing"),
        ("ground", "act.need_missing"),
        ("need", "act.need_missing"),
        ("justification", "act.justification_missing"),
        ("text", "act.text_missing"),
    ],
    ids=lambda value: f"3841-IX art. 16 {value}",
)
def test_it_is_refused_without(fields, ofi, refused, name, code):
    with refused(code):
        actions.publish(by=ofi, fields=fields | {name: " "})


@pytest.mark.parametrize(("days", "code"), [(-1, "act.published_late"), (1, "act.in_the_future")])
def test_it_is_published_on_the_day_of_its_adoption(fields, ofi, refused, days, code):
    day = fields["adopted_on"] + timedelta(days=days)
    with refused(code):
        actions.publish(by=ofi, fields=fields | {"adopted_on": day})


def test_it_is_published_once_and_by_its_department(fields, ofi, stranger, olena, refused):
    for person in (stranger, olena):
        with refused("consultation.officers_only"):
            actions.publish(by=person, fields=fields)
    actions.publish(by=ofi, fields=fields)
    with refused("act.published_already"):
        actions.publish(by=ofi, fields=fields)


def test_the_database_wants_the_words(fields, ofi):
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentAct.objects.create(by=ofi, **(fields | {"need": ""}))


def test_the_form_shows_the_refusal_at_its_field(client, fields, ofi):
    client.force_login(ofi)
    late = fields["adopted_on"] - timedelta(days=1)
    sent = fields | {"department": fields["department"].pk, "adopted_on": late.isoformat()}
    answer = client.post(reverse("desk:new_urgent_act"), sent)
    assert answer.status_code == 422
    assert "adopted_on" in answer.context["form"].errors
    sent["adopted_on"] = fields["adopted_on"].isoformat()
    assert client.post(reverse("desk:new_urgent_act"), sent).status_code == 302
