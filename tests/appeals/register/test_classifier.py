"""The classifier comes from a file of the council's own, as often as it likes."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from appeals.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, capsys):
    def run(text, encoding="utf-8"):
        file = tmp_path / "categories.csv"
        file.write_bytes(text.encode(encoding))
        call_command("load_categories", str(file))
        return capsys.readouterr().out.strip()

    return run


def test_a_file_is_imported_corrected_and_run_again(load):
    first = "code;name\n01;Дороги\n02;Вода\n"
    assert load(first) == "added: 2, renamed: 0, offered again: 0, closed: 0."
    assert load(first) == "added: 0, renamed: 0, offered again: 0, closed: 0."
    said = load("код;назва\n01;Дороги й мости\n03;Тепло\n", "cp1251")
    assert said == "added: 1, renamed: 1, offered again: 0, closed: 1."
    assert Category.objects.get(code="02").closed_at
    assert load(first) == "added: 0, renamed: 1, offered again: 1, closed: 1."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nДороги\n", "code"),
        ("code;name\n01;\n", "2"),
        ("code;name\n01;А\n01;Б\n", "01"),
        (f"code;name\n{'1' * 21};А\n", "20"),
        (f"code;name;name_en\n02;А;{'a' * 301}\n", "300"),
        ("code;name\n", "."),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_why(load, text, said):
    load("code;name\n01;Дороги\n")
    with pytest.raises(CommandError, match=said):
        load(text)
    assert list(Category.objects.values_list("code", "closed_at")) == [("01", None)]


def test_english_names_come_in_a_column_of_their_own(client, ofi, load):
    load("code;name\n01;Дороги\n02;Вода\n")
    said = load("код;назва;назва англійською\n01;Дороги;Roads\n02;Вода;\n")
    assert said == "added: 0, renamed: 1, offered again: 0, closed: 0."
    assert load("code;name\n01;Дороги\n02;Вода\n").startswith("added: 0, renamed: 0")
    assert Category.objects.get(code="01").name_en == "Roads", "a file without the column keeps it"
    client.force_login(ofi)
    page = client.get("/en/desk/appeals/categories/").text
    assert ">Roads</td>" in page and "Дороги" not in page
    assert '<span lang="uk">Вода</span>' in page
    assert "Roads" not in client.get("/desk/appeals/categories/").text
    load("code;name;name_en\n01;Дороги;\n02;Вода;Water\n")
    assert list(Category.objects.values_list("name_en", flat=True)) == ["", "Water"]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("load_categories", str(tmp_path / "none.csv"))


def test_it_is_listed_at_the_desk(client, ofi, load):
    load("code;name\n01;Дороги\n")
    client.force_login(ofi)
    assert "Дороги" in client.get("/desk/appeals/categories/").text
