"""Districts pasted at the desk: the trail, the words of a preview, and what is stored."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from city.models import District

pytestmark = pytest.mark.django_db


def test_districts_are_pasted_and_found_by_their_names_again(client, admin):
    old = District.objects.create(slug="old", name="Старий", population=5)
    client.force_login(admin)
    url = reverse("city_desk:paste", args=["districts"])
    table = "Назва;Населення\nСтарий;12 400\nНовий;900\nПоганий;багато\n"
    shown = client.post(url, {"table": table}).text
    assert "буде додано" in shown.lower()
    assert "буде змінено" in shown.lower()
    assert "населення" in shown, "a refusal names the column in the person's words"
    assert "population" not in shown
    assert "Райони</a>" in shown, "the trail leads to the list"
    table = table.replace("Поганий;багато\n", "")
    seen = re.search(r'name="seen" value="(\w+)"', client.post(url, {"table": table}).text)[1]
    there = client.post(url, {"table": table, "seen": seen})
    assert there["Location"] == reverse("city_desk:rows", args=["districts"])
    old.refresh_from_db()
    assert (old.population, District.objects.get(name="Новий").population) == (12400, 900)
    assert client.get(reverse("city_desk:paste", args=["themes"])).status_code == 404
