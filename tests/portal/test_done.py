"""«You said – the council did»: on the first page, and by theme, as everybody may read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from city.models import Theme
from consultations.decisions import actions, done
from consultations.models import Disposition
from consultations.remarks import actions as remark_actions
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from discussions import actions as discussion
from petitions.answer import actions as answers
from tests import factories
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db

PAGE = reverse("portal:done")


@pytest.fixture
def taken(department, olena, ofi):
    """Three of olena's remarks: taken, taken in part, rejected; the report is published."""
    consultation = factories.consultation(department)
    clause = consultation.draft.versions.get().clauses.get(number="2")
    now = database_clock.now()
    remarks = []
    for number, kind in enumerate(("accepted", "partly", "rejected")):
        said = remark_actions.remark(consultation, by=olena, text=f"Пропоную {number}.")
        remarks.append(said)
        Disposition.objects.create(
            remark=said,
            kind=kind,
            reason="Слушно.",
            resulting_key=clause.key,
            by=ofi,
            decided_at=now + timedelta(seconds=number),
        )
    consultation.closes_at = consultation.reported_at = database_clock.now()
    consultation.save()
    act = {"outcome": "adopted", "decided_on": local_date(now), "number": "17"}
    actions.enter(consultation, by=ofi, fields=act)
    return remarks


def test_the_newest_stands_first_with_its_clause_and_decision(
    taken, client, django_assert_max_num_queries
):
    accepted, partly, rejected = taken
    rows = done.newest(5)
    assert [row.remark for row in rows] == [partly, accepted]
    assert rows[0].clause_label
    assert rows[0].act == "17"
    client.get(PAGE)
    with django_assert_max_num_queries(5):
        page = client.get(PAGE, {"after": ""}).text
    assert partly.get_absolute_url() in page
    assert rejected.get_absolute_url() not in page


def test_on_the_first_page(taken, client):
    home = client.get(reverse("portal:home")).text
    assert taken[0].get_absolute_url() in home
    assert PAGE in home


def test_only_what_is_approved_or_reported_and_visible(taken, mo, olena):
    accepted, partly, _rejected = taken
    discussion.hide(partly.comment, by=mo, reason="spam", note="Порушує правила")
    assert [row.remark for row in done.newest(5)] == [accepted]
    consultation = accepted.consultation
    consultation.decision.delete()
    consultation._meta.model.objects.filter(pk=consultation.pk).update(reported_at=None)
    assert done.newest(5) == []
    Disposition.objects.filter(remark=accepted).update(
        approved_at=database_clock.now(), approved_by=olena
    )
    assert [row.remark for row in done.newest(5)] == [accepted]


def test_nothing_of_a_consultation_that_was_withdrawn(taken):
    consultation = taken[0].consultation
    assert len(done.newest(5)) == 2
    consultation.withdrawn_at = database_clock.now()
    consultation.withdrawn_reason = "Змінився закон."
    consultation.save()
    assert done.newest(5) == []


def test_by_theme_and_page_by_page(taken, client):
    theme = Theme.objects.create(name="Благоустрій", slug="beauty")
    Theme.objects.create(name="Спорт", slug="sport")
    taken[0].consultation.themes.add(theme)
    assert len(done.page_of_taken("beauty", "").items) == 2
    assert done.page_of_taken("sport", "").items == []
    assert "Благоустрій" in client.get(PAGE).text


def test_the_answers_to_petitions(client, olena, ofi, department):
    petition = petitions.petition(olena, "supported", title="Про лави", department=department)
    answers.answer(petition, by=ofi, asked="Лави.", decided="Поставимо.", signed_as="Голова")
    page = client.get(PAGE, {"of": "petitions"}).text
    assert reverse("petitions:answer", args=[petition.pk]) in page
    assert "Про лави" not in client.get(PAGE, {"of": "petitions", "district": "none"}).text
