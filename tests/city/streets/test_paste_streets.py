"""Streets pasted at the desk: a preview first, then all of them or none."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from city.models import Change, District, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def paste(client, admin):
    District.objects.get_or_create(slug="tsentr", defaults={"name": "Центр"})
    client.force_login(admin)
    return lambda text, **more: client.post(
        reverse("city_desk:paste", args=["streets"]), {"table": text, **more}
    )


def seen(answer) -> str:
    return re.search(r'name="seen" value="(\w+)"', answer.text)[1]


@pytest.mark.cpu(20)
def test_300_streets_are_shown_first_and_stored_by_the_second_press(paste):
    kept = Street.objects.create(slug="kept", name="вулиця Давня")
    text = "Назва\tРайон\nвулиця Давня\t\n" + "".join(
        f"вулиця Нова {number}\tЦентр\n" for number in range(299)
    )
    shown = paste(text)
    assert "<strong>299</strong>" in shown.text
    assert Street.objects.count() == 1
    assert not Change.objects.exists(), "nothing is written before the confirmation"
    assert paste(text, seen=seen(shown)).status_code == 302
    assert Street.objects.filter(district__slug="tsentr").count() == 299
    assert Street.objects.filter(pk=kept.pk, district=None).exists()
    assert Change.objects.count() == 299


def test_a_refused_line_is_named_with_why_and_nothing_is_stored_or_lost(paste):
    text = "Назва;Район\nвулиця Нова;Центр\nвулиця Інша;Далекий\nвулиця Нова;Центр\n"
    shown = paste(text)
    assert "«Далекий»" in shown.text
    assert '<td data-label="Рядок">3</td>' in shown.text
    assert '<td data-label="Рядок">4</td>' in shown.text
    assert 'name="seen"' not in shown.text
    assert "вулиця Інша;Далекий" in shown.text
    assert not Street.objects.exists()


def test_what_was_not_shown_is_not_stored(paste):
    shown = paste("Назва\nвулиця Нова")
    changed = paste("Назва\nвулиця Нова\nвулиця Інша", seen=seen(shown))
    assert changed.status_code == 200
    assert not Street.objects.exists()
    assert paste("Назва\nвулиця Нова", seen=seen(shown)).status_code == 302
    assert paste("Назва\nвулиця Нова", seen=seen(shown)).status_code == 200, "nothing is left"


def test_a_file_in_the_old_encoding_comes_into_the_field(paste):
    file = SimpleUploadedFile("streets.csv", "Назва\nвулиця Їжакова".encode("cp1251"))
    assert "вулиця Їжакова" in paste("", file=file).text
    assert paste("").status_code == 422
    assert paste("Район\nЦентр").status_code == 422
