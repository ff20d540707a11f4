"""A consultation that was never announced can be thrown away; no other one."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.events import ConsultationDiscarded
from consultations.life import actions
from consultations.life.checks import last_day_hint
from consultations.models import Attachment, Consultation, State
from consultations.papers import actions as paper_actions
from consultations.presenters import ShownConsultation
from consultations.text import actions as text_actions
from core.domain import clock
from core.domain.calendar import WorkCalendar, end_of_day
from discussions.models import Thread
from drafts.models import Draft
from tests import factories
from tests.meetings import factories as meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared(department):
    return factories.consultation(department, State.PREPARING, text=None)


def test_nothing_of_it_stays(
    prepared, ofi, emitted, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    text_actions.import_text(prepared, by=ofi, file=io.BytesIO("1. Так.".encode()), name="a.txt")
    prepared.refresh_from_db()
    pdf = io.BytesIO(b"%PDF-1.7\n%%EOF")
    attached = paper_actions.attach(prepared, by=ofi, title="Записка", file=pdf)
    storage, name = attached.file.storage, attached.file.name
    emitted.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(prepared, by=ofi)
    assert emitted == [ConsultationDiscarded(prepared.pk, ofi.pk)]
    for rows in (Consultation, Draft, Attachment, Thread):
        assert not rows.objects.exists()
    assert not storage.exists(name)


def test_a_published_text_stays_where_no_page_leads(department, ofi, client):
    prepared = factories.consultation(department, State.PREPARING)
    version = prepared.draft.versions.published().get()
    actions.discard(prepared, by=ofi)
    assert not Consultation.objects.exists()
    assert version.clauses.exists()
    client.force_login(ofi)
    assert "У дні свят" not in client.get(reverse("portal:search"), {"q": "у дні свят"}).text


@pytest.mark.parametrize("state", [state for state in State if state != State.PREPARING])
def test_what_was_announced_stays(department, ofi, refused, state):
    consultation = factories.consultation(department, state)
    with refused("consultation.announced_already"):
        actions.discard(consultation, by=ofi)


def test_what_a_meeting_will_discuss_stays(prepared, ofi, refused):
    meetings.meeting(items=1).items.update(consultation=prepared)
    with refused("consultation.discussed_elsewhere"):
        actions.discard(prepared, by=ofi)


def test_is_for_the_department_alone(prepared, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            actions.discard(prepared, by=person)


def test_it_is_asked_first(prepared, ofi, client):
    client.force_login(ofi)
    address = reverse("desk:discard", args=[prepared.pk])
    assert address in client.get(reverse("desk:detail", args=[prepared.pk])).text
    assert prepared.title in client.get(address).text
    assert Consultation.objects.exists()
    assert client.post(address, follow=True).redirect_chain == [(reverse("desk:list"), 302)]
    assert not Consultation.objects.exists()
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (date(2026, 12, 11), ""),
        (date(2026, 12, 12), "weekend (Saturday"),
        (date(2027, 1, 1), "public holiday"),
    ],
)
def test_a_last_day_off_gets_a_hint(prepared, last_day, words):
    prepared.closes_at = end_of_day(last_day)
    shown = ShownConsultation(prepared, clock.now(), seq=0, text_number=None)
    with translation.override("en"):
        hint = last_day_hint(shown, WorkCalendar())
    assert words.lower() in hint.lower()
    assert bool(hint) == bool(words)


def test_the_hint_stands_beside_the_dates(prepared, ofi, client):
    later = prepared.opens_at.date() + timedelta(days=30)
    saturday = later + timedelta(days=(5 - later.weekday()) % 7)
    Consultation.objects.filter(pk=prepared.pk).update(closes_at=end_of_day(saturday))
    client.force_login(ofi)
    assert "субота" in client.get(reverse("desk:detail", args=[prepared.pk])).text
