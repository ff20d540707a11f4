"""Streets, put in from the council's description or from the table that it publishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from city.models import Change, Department, District, Street
from city.streets.finding import find

pytestmark = pytest.mark.django_db

DISTRICTS = """
[[district]]
slug = "tsentr"
name = "Центр"
[[district]]
slug = "stepove"
name = "Степове"
"""


@pytest.fixture
def load_csv(tmp_path, load):
    load(DISTRICTS)

    def load_csv(text: str, encoding: str = "utf-8") -> None:
        file = tmp_path / "streets.csv"
        file.write_bytes(text.encode(encoding))
        call_command("load_city", str(file))

    return load_csv


def test_the_description_names_a_district_by_its_slug_wherever_it_stands(load):
    load(
        '[[street]]\nname = "вулиця Садова"\ndistrict = "stepove"\n'
        'former_names = ["вулиця Леніна"]\nlatitude = 47.5\nlongitude = 33\n'
        f'[[street]]\nslug = "rudna"\nname = "вулиця Рудна"\n{DISTRICTS}'
        '[[department]]\nslug = "letters"\nname = "Відділ звернень"\nregisters_appeals = true\n'
    )
    street = Street.objects.get(slug="vulytsia-sadova")
    assert (street.district.name, street.latitude, street.longitude) == ("Степове", 47.5, 33.0)
    assert find("вул. Леніна").street == street
    assert Street.objects.get(slug="rudna").district is None
    assert Department.objects.get().registers_appeals
    change = Change.objects.get(table="street", row=street.pk)
    assert change.values["district"] == [None, "Степове"]


def test_a_table_is_loaded_and_loaded_again(load_csv, capsys):
    text = (
        "Назва;Район;Колишні назви;Широта;Довгота;Примітка\n"
        "вулиця Садова;Центр;вулиця Леніна | вул. Зелена;47,5;33,1;a\n"
        "вулиця Садова;степове;;;;\n"
    )
    for encoding in ("utf-8-sig", "cp1251"):
        load_csv(text, encoding)
        assert "street: 2." in capsys.readouterr().out
        one, other = Street.objects.order_by("pk")
        assert (one.slug, other.slug) == ("vulytsia-sadova", "vulytsia-sadova-2")
        assert one.former_names == ["вулиця Леніна", "вул. Зелена"]
        assert (one.latitude, one.longitude) == (47.5, 33.1)
    assert Change.objects.filter(table="street").count() == 2
    load_csv("name,district,closed\nвулиця Садова,tsentr,так\n")
    assert Street.objects.open().get() == other


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("район\nЦентр\n", "streets.csv: .*назва"),
        ("назва;район\nвулиця Рудна;Ніде\n", "streets.csv:2: вулиця Рудна: .*Ніде"),
        ("назва;широта\n\nвулиця Рудна;47.5\n", "streets.csv:3: вулиця Рудна: .*обидві"),
        ("назва;широта;довгота\nвулиця Рудна;97;33\n", "streets.csv:2: .*90"),
        ("назва;широта;довгота\nвулиця Рудна;nan;nan\n", "streets.csv:2: .*90"),
        ("назва;широта;довгота\nвулиця Рудна;північ;33\n", "streets.csv:2: .*latitude"),
        ("назва\nвулиця Рудна\nвулиця Рудна\n", "streets.csv:3: .*двічі"),
        ("назва\n…\n", "streets.csv:2: .*словами"),
    ],
)
def test_a_wrong_table_is_refused_whole_with_its_line(load_csv, text, said):
    with pytest.raises(CommandError, match=said) as told:
        load_csv(text)
    assert "\n" not in str(told.value)
    assert not Street.objects.exists()


def test_no_district_is_taken_out_that_has_streets(load, load_csv):
    load_csv("назва;район\nвулиця Рудна;Центр\n")
    with pytest.raises(CommandError, match=r"tsentr: .*Закрийте"):
        load('[[district]]\nslug = "tsentr"\nremoved = true\n')


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": 47.5},
        {"longitude": 33.0},
        {"latitude": 90.5, "longitude": 33.0},
        {"latitude": float("nan"), "longitude": 33.0},
    ],
)
def test_postgresql_takes_both_coordinates_on_earth_or_none(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Street.objects.create(slug="a", name="вулиця Рудна", **wrong)


def test_postgresql_takes_a_name_once_in_a_district():
    district = District.objects.create(slug="tsentr", name="Центр")
    for place, where in enumerate((None, district)):
        Street.objects.create(slug=f"a{place}", name="вулиця Садова", district=where)
        with pytest.raises(IntegrityError), transaction.atomic():
            Street.objects.create(slug=f"b{place}", name="вулиця Садова", district=where)


def test_the_demo_has_streets(load):
    from demo.city import load_city
    from demo.streets import load_streets

    load_city()
    load_streets()
    assert Street.objects.count() == len(Path("demo/streets.csv").read_text().splitlines()[1:])
    assert not Street.objects.filter(district=None).exists()
