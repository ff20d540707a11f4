"""Saved answers: of a department, for those who work in it."""

from __future__ import annotations

import pytest

from appeals.answers.models_saved import SavedAnswer

pytestmark = pytest.mark.django_db
TEXTS = "/desk/appeals/texts/"


@pytest.fixture
def saved(staff):
    return SavedAnswer.objects.create(
        department=staff.department, title="Оскарження", text="Можна оскаржити.", by=staff.worker
    )


def test_one_is_saved_changed_and_deleted(client, staff):
    client.force_login(staff.sec)
    words = {"department": staff.department.pk, "title": "Строк", "text": "Місяць."}
    assert client.post(f"{TEXTS}new/", words).status_code == 302
    made = SavedAnswer.objects.get()
    assert made.by == staff.sec
    url = f"{TEXTS}{made.pk}/"
    drawn = client.get(url).context["form"]["drawn_from"].value()
    found = client.post(url, words | {"text": "Один місяць.", "drawn_from": drawn})
    assert found.status_code == 302
    assert "Один місяць." in client.get(TEXTS).text
    stale = client.post(url, words | {"text": "Ні.", "drawn_from": drawn})
    assert stale.status_code == 409
    assert client.post(f"{url}delete/").status_code == 302
    assert not SavedAnswer.objects.exists()


def test_a_title_is_there_once_in_a_department(client, staff, saved):
    client.force_login(staff.worker)
    words = {"department": staff.department.pk, "title": saved.title, "text": "Інше."}
    found = client.post(f"{TEXTS}new/", words)
    assert found.status_code == 422
    assert "title" in found.context["form"].errors
    assert "Інше." in found.text


def test_others_neither_see_nor_change_it(client, staff, saved):
    client.force_login(staff.other)
    assert saved.title not in client.get(TEXTS).text
    assert client.get(f"{TEXTS}{saved.pk}/").status_code == 404
    assert client.post(f"{TEXTS}{saved.pk}/delete/").status_code == 404
    words = {"department": staff.department.pk, "title": "Чуже", "text": "Ні."}
    assert client.post(f"{TEXTS}new/", words).status_code == 422
    assert SavedAnswer.objects.get() == saved
