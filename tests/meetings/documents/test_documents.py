"""Documents of a meeting: added, read with the notice, removed with a reason."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.agenda import actions as agenda_actions
from meetings.documents import actions
from meetings.models import Meeting, MeetingDocument, State
from meetings.planning import actions as planning_actions
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def added(meeting: Meeting, title: str = "Проєкт рішення", order: int = 0) -> MeetingDocument:
    item = meeting.items.get(order=order) if order else None
    by = factories.secretary()
    return actions.add(meeting, by=by, title=title, item=item, file=BytesIO(PDF))


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_documents_are_published_with_the_notice(client, media):
    meeting = factories.meeting(State.DRAFT, kind="hearing")
    draft = added(meeting, "Пояснювальна записка", order=1)
    address = draft.get_absolute_url()
    assert client.get(address).status_code == 404
    meeting = planning_actions.publish(meeting, by=factories.secretary())
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Пояснювальна записка" in page
    assert "додано" not in page
    later = added(meeting, "Презентація")
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert page.count("додано") == 1
    answer = client.get(later.get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    found = client.get(f"/api/v1/meetings/{meeting.pk}/").json()["documents"]
    assert [(row["title"], row["item"]) for row in found] == [
        ("Пояснювальна записка", meeting.items.get(order=1).pk),
        ("Презентація", None),
    ]


def test_what_everybody_could_read_goes_with_a_reason_that_stays(
    client, media, django_capture_on_commit_callbacks
):
    meeting = factories.meeting(State.ANNOUNCED, kind="hearing")
    document = added(meeting)
    by = factories.secretary()
    with refused("document.reason_missing"):
        actions.remove(document, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(document, by=by, reason="Містив персональні дані")
    with refused("document.removed"):
        actions.remove(document, by=by, reason="Ще раз")
    assert files(media) == []
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "<s>" in page
    assert "Містив персональні дані" in page
    assert client.get(document.get_absolute_url()).status_code == 404
    (row,) = client.get(f"/api/v1/meetings/{meeting.pk}/").json()["documents"]
    assert (row["url"], row["removed_reason"]) == (None, "Містив персональні дані")


def test_a_draft_loses_its_documents_and_their_files(media, django_capture_on_commit_callbacks):
    meeting = factories.meeting(State.DRAFT, kind="hearing")
    gone, of_item, _third = (added(meeting), added(meeting, order=1), added(meeting))
    by = factories.secretary()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(gone, by=by)
    agenda_actions.delete_item(meeting.items.get(order=1), by=by)
    of_item.refresh_from_db()
    assert of_item.item is None
    assert len(files(media)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        planning_actions.discard(meeting, by=by)
    assert files(media) == []
    assert not MeetingDocument.objects.exists()


def test_only_who_runs_the_meeting_adds_what_belongs_to_it(olena):
    meeting, other = (factories.meeting(kind="hearing") for _number in range(2))
    with refused("meeting.runners_only"):
        actions.add(meeting, by=olena, title="Таблиця", file=BytesIO(PDF))
    by = factories.secretary()
    item = other.items.get(order=1)
    with refused("document.another_meeting"):
        actions.add(meeting, by=by, title="Таблиця", item=item, file=BytesIO(PDF))
    with refused("file.type"):
        actions.add(meeting, by=by, title="Сценарій", file=BytesIO(b"#!/bin/sh"))
    cancelled = planning_actions.cancel(other, by=by, reason="Немає світла")
    with refused("meeting.cancelled"):
        actions.add(cancelled, by=by, title="Таблиця", file=BytesIO(PDF))


def test_the_way_of_the_secretariat(client, media):
    meeting = factories.meeting(State.ANNOUNCED, kind="hearing")
    desk = f"/desk/meetings/{meeting.pk}/documents/"
    client.force_login(factories.secretary())
    wrong = SimpleUploadedFile("note.txt", b"plain")
    answer = client.post(f"{desk}new/", {"title": "Довідка", "file": wrong})
    assert answer.status_code == 422
    assert "Довідка" in answer.content.decode()
    sent = {"title": "Довідка", "file": SimpleUploadedFile("note.pdf", PDF)}
    answer = client.post(f"{desk}new/", sent, follow=True)
    assert "Довідка" in answer.content.decode()
    document = MeetingDocument.objects.get()
    remove = f"{desk}{document.pk}/remove/"
    assert client.post(remove, {"reason": ""}).status_code == 422
    assert client.post(remove, {"reason": "Помилка"}).status_code == 302
    assert "Помилка" in client.get(desk).content.decode()
    assert client.get(remove).status_code == 403
