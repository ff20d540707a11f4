"""A council's own departments, themes, districts and periods, put in by its administrator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from city.models import Change, Department, District, MartialLawPeriod, Theme
from tests import factories

pytestmark = pytest.mark.django_db

EXAMPLE = Path(__file__).parents[3] / "deploy" / "city.example.toml"


def test_the_example_loads_and_loads_again(capsys):
    MartialLawPeriod.objects.all().delete()
    for _again in range(2):
        call_command("load_city", str(EXAMPLE))
        assert (
            "department: 1, theme: 1, district: 1, street: 1, age: 3, martial_law: 1."
            in capsys.readouterr().out
        )
        assert Department.objects.count() == Theme.objects.count() == 1
        assert District.objects.get().population == 10_000
        assert MartialLawPeriod.objects.get().ends_on is None


def test_corrects_what_is_there_and_takes_nothing_out(load, department):
    load('[[theme]]\nslug = "water"\nname = "Вода"\n')
    load('[[theme]]\nslug = "water"\nname = "Їжа й вода"\n[[department]]\nslug = "w"\nname = "Є"\n')
    assert Theme.objects.get().name == "Їжа й вода"
    assert [row.name for row in Department.objects.all()] == [department.name, "Є"]


def test_the_end_of_martial_law_is_recorded(load):
    MartialLawPeriod.objects.all().delete()
    MartialLawPeriod.objects.create(starts_on=date(2022, 2, 24), act="Указ № 64/2022")
    load("[[martial_law]]\nstarts_on = 2022-02-24\nends_on = 2027-05-03\n")
    period = MartialLawPeriod.objects.get()
    assert (period.ends_on, period.act) == (date(2027, 5, 3), "Указ № 64/2022")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[avenue]]\nname = "Рудна"', ": .*avenue"),
        ('[[theme]]\nname = "Вода"', r":5: \[\[theme\]\] 1: .*slug"),
        ('[[theme]]\nslug = "water"\nname = "Вода"\ncolour = "red"', ":5: .* = water: .*colour"),
        ('[[theme]]\nslug = "water"\nname = "Вода"\nname_key = "a"', ":5: .*name_key"),
        ('[[theme]]\nslug = "water"', r":5: \[\[theme\]\] slug = water: name: .*поле"),
        ('[[theme]]\nslug = "вода"\nname = "Вода"', r":5: \[\[theme\]\] slug = вода: slug: "),
        ('\n\n[[ district ]]\nslug = "two"\nname = "Перший"', ":7: .* slug = two: name: "),
        ('[[district]]\nslug = "one"\nname = "Другий"', ":5: .* slug = one: .*двічі"),
        ('[[district]]\nslug = "two"\nname = "Другий"\npopulation = 1.5', ":5: .*population"),
        ('[[district]]\nslug = "two"\nname = "Другий"\npopulation = -1', ":5: .*population: "),
        ('[[district]]\nslug = "two"\nname = "Дру\\nгий"', ":5: .*name"),
        ('[[age]]\nsince = "many"\npopulation = 5', r":5: \[\[age\]\] since = many: "),
        ("[[age]]\nsince = 15\npopulation = 5", r":5: \[\[age\]\] since = 15: "),
        (
            "[[martial_law]]\nstarts_on = 2030-01-02\nends_on = 2030-01-01\nact = 'а'",
            ":5: .* = 2030",
        ),
        ("[[martial_law]]\nstarts_on = 'весна'\nact = 'а'", ":5: .* = весна: "),
        ('theme = "water"', r"\[\[department\]\].*theme"),
        ("[[theme", "TOML"),
    ],
)
def test_a_wrong_file_is_refused_whole_and_the_row_named_in_a_line(load, text, said):
    whole = '[[district]]\nslug = "one"\nname = "Перший"\n\n'
    with pytest.raises(CommandError, match=f"/city.toml.*{said}") as told:
        load(whole + text if text.startswith(("[[", "\n")) else text)
    assert "\n" not in str(told.value)
    assert not District.objects.exists()
    assert not Theme.objects.exists()


def test_no_file_is_one_plain_sentence():
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("load_city", "nowhere.toml")


def test_renames_closes_opens_again_and_takes_out(load, department):
    load('[[theme]]\nslug = "vodaa"\nname = "Водаа"\n[[theme]]\nslug = "old"\nname = "Старе"\n')
    load(
        '[[theme]]\nwas = "vodaa"\nslug = "water"\nname = "Вода"\n'
        '[[theme]]\nslug = "old"\nname = "Старе"\nclosed = true\n'
    )
    assert {row.slug: row.closed_at is None for row in Theme.objects.all()} == {
        "water": True,
        "old": False,
    }
    load('[[theme]]\nslug = "old"\nclosed = false\nname = "Давнє"\n')
    assert Theme.objects.get(slug="old").name == "Давнє"
    load('[[theme]]\nslug = "old"\nremoved = true\n')
    assert [row.slug for row in Theme.objects.all()] == ["water"]


def test_leaves_a_trace_of_what_became_another_thing_and_of_nothing_else(load):
    text = '[[theme]]\nslug = "water"\nname = "Вода"\n'
    for name in ("Вода", "Вода", "Їжа й вода"):
        load(text.replace("Вода", name))
    added, changed = Change.objects.order_by("pk")
    assert (added.verb, added.values["name"], added.by) == ("added", [None, "Вода"], None)
    assert (changed.verb, changed.values) == ("changed", {"name": ["Вода", "Їжа й вода"]})


def test_what_is_used_is_not_taken_out(load, department, olena):
    theme = Theme.objects.create(slug="water", name="Вода")
    factories.consultation(department, "open").themes.add(theme)
    for table, slug in (("theme", "water"), ("department", department.slug)):
        with pytest.raises(CommandError, match=f"slug = {slug}: .*Закрийте"):
            load(f'[[{table}]]\nslug = "{slug}"\nremoved = true\n')
    assert Theme.objects.get().consultation_set.count() == 1
