"""Deputies pasted as a table: a preview first, then all of them or none."""

from __future__ import annotations

import re
from datetime import date

import pytest

from city.models import District
from core.models import AuditEntry
from meetings.models import Body, Deputy, Faction, Seat

pytestmark = pytest.mark.django_db
HEAD = "ПІБ\tФракція\tРайон\tПовноваження з\tПовноваження до\n"


@pytest.fixture
def paste(client, admin):
    District.objects.get_or_create(slug="tsentr", defaults={"name": "Центр"})
    Body.objects.create(name="Рада", kind="council", membership=3)
    client.force_login(admin)
    return lambda table, **more: client.post("/desk/deputies/paste/", {"table": table, **more})


def confirm(paste, table, **more):
    seen = re.search(r'name="seen" value="(\w+)"', paste(table, **more).text)[1]
    return paste(table, seen=seen, **more)


def test_deputies_are_shown_first_then_stored_with_factions_and_seats(paste):
    known = Deputy.objects.create(name="Бойко Іван Петрович", since=date(2025, 11, 1))
    table = (
        f"{HEAD}Бондар Олег Іванович\tНове місто\tЦентр\t01.11.2025\t\n"
        "Ткач Ольга Іванівна\tНове місто\t\t2025-11-02\t31.12.2029\n"
        "БОЙКО Іван  Петрович\tНове місто\t\t\t\n"
    )
    shown = paste(table, has_seats="on")
    assert "буде додано: нова фракція, Нове місто; з місцем у раді" in shown.text
    assert "буде змінено" in shown.text
    assert (Deputy.objects.count(), Faction.objects.count(), Seat.objects.count()) == (1, 0, 0)
    assert not AuditEntry.objects.filter(event="CouncilChanged").exists()

    assert confirm(paste, table, has_seats="on").status_code == 302
    faction = Faction.objects.get()
    olha = Deputy.objects.get(name="Ткач Ольга Іванівна")
    assert (olha.faction, olha.until) == (faction, date(2029, 12, 31))
    assert olha.seats.get().until == date(2029, 12, 31)
    assert Deputy.objects.get(name="Бондар Олег Іванович").district.slug == "tsentr"
    known.refresh_from_db()
    assert (known.faction, known.seats.count()) == (faction, 0)
    again = paste(table, has_seats="on")
    assert again.text.count("без змін") >= 3
    assert Deputy.objects.count() == 3


def test_refused_lines_are_named_and_nothing_is_stored(paste):
    for number in range(2):
        Deputy.objects.create(name="Двійник Іван", since=date(2025, 11, 1 + number))
    former = Deputy.objects.create(
        name="Колишня Ганна", since=date(2020, 1, 1), until=date(2025, 10, 31)
    )
    lines = {
        "Новий Ігор\t\t\t\t\n": "Вкажіть перший день",
        "Новий Ігор\t\tДалекий\t01.11.2025\t\n": "«Далекий»",
        "Новий Ігор\t\t\t31.02.2025\t\n": "«31.02.2025»",
        "Новий Ігор\t\t\t01.11.2025\t01.10.2025\n": "не можуть завершитися",
        "Двійник Іван\tНова\t\t\t\n": "Кілька депутатів",
    }
    for line, why in lines.items():
        shown = paste(HEAD + line).text
        assert why in shown, line
        assert 'name="seen"' not in shown
    twice = "Новий Ігор\t\t\t01.11.2025\t\n"
    assert "двічі" in paste(HEAD + twice * 2).text
    four = "".join(f"Новий {name}\t\t\t01.11.2025\t\n" for name in ("А", "Б", "В", "Г"))
    assert "усі місця" in paste(HEAD + four, has_seats="on").text.lower()
    assert Deputy.objects.count() == 3
    # A former deputy who is elected again is a new row of theirs: the old term stays.
    assert confirm(paste, f"{HEAD}Колишня Ганна\t\t\t01.11.2025\t\n").status_code == 302
    former.refresh_from_db()
    assert former.until == date(2025, 10, 31)
    assert Deputy.objects.filter(name="Колишня Ганна").count() == 2
