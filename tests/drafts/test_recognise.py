"""Numbers printed at the start of a line, and what only looks like one."""

import pytest

from drafts.importing.markers import Form, recognise, roman


@pytest.mark.parametrize(
    ("line", "form", "number", "printed"),
    [
        ("1. Затвердити", Form.DOTTED, "1", "1."),
        ("1.Затвердити", Form.DOTTED, "1", "1."),
        ("12.", Form.DOTTED, "12", "12."),
        ("2.1. Депутати", Form.DOTTED, "2.1", "2.1."),
        ("2.1 Депутати", Form.DOTTED, "2.1", "2.1"),
        ("2.1.10. Депутати", Form.DOTTED, "2.1.10", "2.1.10."),
        ("2-1. Депутати", Form.DOTTED, "2-1", "2-1."),
        ("2¹. Депутати", Form.DOTTED, "2-1", "2¹."),
        ("1) житло;", Form.PAREN, "1", "1)"),
        ("2-1) житло;", Form.PAREN, "2-1", "2-1)"),
        ("6 -1 ) житло;", Form.PAREN, "6-1", "6 -1 )"),
        ("1.1) житло;", Form.PAREN, "1.1", "1.1)"),
        ("а) парки;", Form.LETTER, "а", "а)"),
        ("ґ) пляжі;", Form.LETTER, "ґ", "ґ)"),
        ("d) latin words", Form.LETTER, "d", "d)"),
        ("a) житло латинською a", Form.LETTER, "а", "a)"),
        ("Стаття 5. Назва", Form.ARTICLE, "5", "Стаття 5."),
        ("Стаття 13-1. Назва", Form.ARTICLE, "13-1", "Стаття 13-1."),
        ("СТАТТЯ 5", Form.ARTICLE, "5", "СТАТТЯ 5"),
        ("Розділ I", Form.SECTION, "I", "Розділ I"),
        ("РОЗДІЛ ІІІ. НАЗВА", Form.SECTION, "III", "РОЗДІЛ ІІІ."),
        ("Розділ 2 Назва", Form.SECTION, "2", "Розділ 2"),
        ("IV. Назва", Form.SECTION, "IV", "IV."),
        ("3. ЗАГАЛЬНІ ПОЛОЖЕННЯ", Form.SECTION, "3", "3."),
        ("Глава 2", Form.CHAPTER, "2", "Глава 2"),
        ("§ 3. Назва", Form.CHAPTER, "3", "§ 3."),
        ("Додаток 1", Form.ANNEX, "1", "Додаток 1"),
        ("ДОДАТОК № 2", Form.ANNEX, "2", "ДОДАТОК № 2"),
        ("Додаток", Form.ANNEX, "", "Додаток"),
        ("Додаток ІІ", Form.ANNEX, "II", "Додаток ІІ"),
        ("ДОДАТОК IV. Перелік", Form.ANNEX, "IV", "ДОДАТОК IV."),
        ("Додаток А до рішення", Form.ANNEX, "А", "Додаток А"),
        ("Додаток 1. Перелік", Form.ANNEX, "1", "Додаток 1."),
        ("ЗАТВЕРДЖЕНО", Form.APPROVED, "", "ЗАТВЕРДЖЕНО"),
        ("ЗАТВЕРДЖЕНО рішенням ради", Form.APPROVED, "", "ЗАТВЕРДЖЕНО"),
        ("– тариф;", Form.BULLET, "", "–"),
        ("· тариф;", Form.BULLET, "", "·"),
    ],
)
def test_numbers(line, form, number, printed):
    marker = recognise(line)
    assert (marker.form, marker.number, marker.printed) == (form, number, printed)
    assert line[: marker.length].strip() == printed


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Звичайний абзац.",
        "2017 рік",
        "2017. Рік",
        "07.02.2025 № 24",
        "11.12.2025 Про бюджет",
        "22,5",
        "3004.3",
        "2.1 млн гривень",
        "5 осіб",
        "10-15 відсотків",
        "Стаття 12 цього Закону набирає чинності",
        "Розділ II цього Положення виключити.",
        "Додаток 1 до рішення викласти в новій редакції.",
        "Додатки до рішення",
        "Затверджені плани оприлюднюються",
        "м. Київ",
        "В. о. міського голови",
        "ВІЛ. Профілактика",
        '-"-',
        "(1) примітка",
        "1..2",
    ],
)
def test_what_is_no_number(line):
    assert recognise(line) is None


def test_a_quotation_is_noticed():
    marker = recognise('"18. Засідання ради')
    assert (marker.number, marker.printed, marker.quoted) == ("18", '"18.', True)
    assert not recognise("18. Засідання ради").quoted


@pytest.mark.parametrize(
    ("numeral", "value"), [("IV", 4), ("ІХ", 9), ("XII", 12), ("IIII", 0), ("VX", 0), ("", 0)]
)
def test_roman(numeral, value):
    assert roman(numeral) == value


@pytest.mark.parametrize(
    ("number", "before", "follows"),
    [
        ("2. А", "1. А", True),
        ("3. А", "1. А", False),
        ("2-1. А", "2. А", True),
        ("3. А", "2-1. А", True),
        ("2-2. А", "2-1. А", True),
        ("2.2. А", "2.1. А", True),
        ("3.1. А", "2.9. А", False),
        ("ґ) а", "г) а", True),
    ],
)
def test_the_next_number(number, before, follows):
    assert recognise(number).follows(recognise(before)) is follows
