"""No two clauses of a text have one label; the label says what the text itself tells apart."""

from __future__ import annotations

import pytest
from docx import Document

from drafts import importing
from drafts.importing.labels import feminine, masculine
from tests.drafts import files
from tests.drafts.test_build import labels, tree

CODE = """1. Затвердити Кодекс, що додається.
ЗАТВЕРДЖЕНО
Постанова комісії
30 вересня 2025 року № 24
КОДЕКС
газосховищ
I. Загальні положення
1. Сфера дії
1. Цей Кодекс визначає правила.
2. Дія Кодексу поширюється на всіх.
2. Визначення термінів
1. Терміни вживаються так:
1) доба - час з 07:00;
2) місяць - календарний місяць.
2. Інші терміни вживаються за законом.
II. Правила доступу
1. Порядок укладення договорів
1. Договір укладається письмово.
2. Договір діє рік.
2. Розподіл потужності
1. Потужність розподіляється щороку.
"""


def test_chapters_in_roman_sections_are_told_by_the_numbers_that_start_anew():
    assert tree(CODE)[1:] == [
        "annex [Кодекс] ЗАТВЕРДЖЕНО",
        "  heading [Кодекс, назва]",
        "  section [Кодекс, розд. I] I.",
        "    chapter [Кодекс, розд. I, гл. 1] 1.",
        "      clause [Кодекс, розд. I, гл. 1, п. 1] 1.",
        "      clause [Кодекс, розд. I, гл. 1, п. 2] 2.",
        "    chapter [Кодекс, розд. I, гл. 2] 2.",
        "      clause [Кодекс, розд. I, гл. 2, п. 1] 1.",
        "        subclause [Кодекс, розд. I, гл. 2, п. 1, підп. 1] 1)",
        "        subclause [Кодекс, розд. I, гл. 2, п. 1, підп. 2] 2)",
        "      clause [Кодекс, розд. I, гл. 2, п. 2] 2.",
        "  section [Кодекс, розд. II] II.",
        "    chapter [Кодекс, розд. II, гл. 1] 1.",
        "      clause [Кодекс, розд. II, гл. 1, п. 1] 1.",
        "      clause [Кодекс, розд. II, гл. 1, п. 2] 2.",
        "    chapter [Кодекс, розд. II, гл. 2] 2.",
        "      clause [Кодекс, розд. II, гл. 2, п. 1] 1.",
    ]


def test_chapters_in_bold_have_the_same_labels():
    made = Document()
    for line in CODE.splitlines():
        if line.strip() and line[0] in "12I" and line[-1] not in ".;:":
            files.heading(made, line)
        else:
            made.add_paragraph(line)
    nodes = importing.read(files.word(made)).nodes
    assert [node.label for node in nodes] == labels(CODE)


def test_a_chapter_may_have_nothing_numbered_in_it():
    text = "I. Перше\n1. Назва\n1. Так.\n2. Ні.\n2. Друга назва\nАбзац.\n3. Третя назва\n1. Є."
    assert [label for label in labels(text) if label.endswith(("гл. 2", "гл. 3"))] == [
        "розд. I, гл. 2",
        "розд. I, гл. 3",
    ]


def test_sentences_that_numbers_go_on_from_are_no_chapters():
    text = "I. Перше\n1. Створити комісію\n2. Доручити управлінню\n3. Контроль."
    assert labels(text) == ["розд. I", "п. 1", "п. 2", "п. 3"]


def test_subsections_and_paragraph_signs_are_called_by_their_names():
    text = (
        "Розділ I. Право\nПідрозділ 1. Речі\nГлава 4. Купівля\n§ 1. Загальні положення\n"
        "Стаття 1. Договір\n1. Частина.\n§ 2. Роздріб\nСтаття 2. Інше\nГлава 5. Міна\n"
        "Стаття 3. Договір міни"
    )
    assert tree(text) == [
        "section [розд. I] Розділ I.",
        "  chapter [розд. I, підрозд. 1] Підрозділ 1.",
        "    chapter [розд. I, підрозд. 1, гл. 4] Глава 4.",
        "      chapter [розд. I, підрозд. 1, гл. 4, § 1] § 1.",
        "        article [ст. 1] Стаття 1.",
        "          clause [ст. 1, ч. 1] 1.",
        "      chapter [розд. I, підрозд. 1, гл. 4, § 2] § 2.",
        "        article [ст. 2] Стаття 2.",
        "    chapter [розд. I, підрозд. 1, гл. 5] Глава 5.",
        "      article [ст. 3] Стаття 3.",
    ]


@pytest.mark.parametrize("numerals", [("І", "ІІ", "ІІІ", "IV"), ("I", "II", "III", "IV")])
def test_annexes_with_roman_numbers(numerals):
    text = "1. Так.\n" + "\n".join(f"Додаток {n}\nПЕРЕЛІК\n1. Річ {n}." for n in numerals)
    assert [label for label in labels(text) if label.count(",") == 0][1:] == [
        *("дод. I", "дод. II", "дод. III", "дод. IV"),
    ]


def test_two_lists_of_an_article_are_told_apart():
    text = (
        "Стаття 92. Виключно законами визначаються:\n1) права;\n2) громадянство;\n3) мови.\n"
        "Виключно законами встановлюються:\n1) бюджет;\nа) доходи;\n2) вільні зони.\n"
        "Стаття 93. Право ініціативи\n1) Президент;"
    )
    assert labels(text) == [
        "ст. 92",
        *(f"ст. 92, перший перелік, п. {n}" for n in (1, 2, 3)),
        "ст. 92, абз. 1",
        "ст. 92, другий перелік, п. 1",
        "ст. 92, другий перелік, п. 1, підп. «а»",
        "ст. 92, другий перелік, п. 2",
        "ст. 93",
        "ст. 93, п. 1",
    ]


def test_headings_in_which_numbers_start_anew_are_named():
    text = (
        "1. Затвердити.\nЗАТВЕРДЖЕНО\nРішення ради\nКОДЕКС\nЦей Кодекс діє.\nПРИНЦИПИ\n1. Чесність."
    )
    text += "\n2. Повага.\nОБОВ’ЯЗКИ\n1. Служити."
    assert labels(text)[-5:] == [
        "Кодекс, «ПРИНЦИПИ»",
        "Кодекс, «ПРИНЦИПИ», п. 1",
        "Кодекс, «ПРИНЦИПИ», п. 2",
        "Кодекс, «ОБОВ’ЯЗКИ»",
        "Кодекс, «ОБОВ’ЯЗКИ», п. 1",
    ]


def test_what_nothing_tells_apart_is_counted():
    assert labels("1. Так.\n2. Ні:\nпри цьому.\n1. Ще.\n2. Є:\nінакше.\n1. Край.") == [
        *("п. 1", "п. 2", "п. 2, абз. 2"),
        *("п. 1 (друга нумерація)", "п. 2 (друга нумерація)"),
        *("п. 2 (друга нумерація), абз. 2", "п. 1 (третя нумерація)"),
    ]
    text = "1. Так.\nДодаток 1\n1. А.\nДодаток 1\n1. Б."
    assert labels(text)[1:] == [
        *("дод. 1", "дод. 1, п. 1"),
        *("дод. 1 (другий додаток)", "дод. 1 (другий додаток), п. 1"),
    ]
    twice = "Положення\n1. Так."
    text = f"1. Так.\nЗАТВЕРДЖЕНО\nРішення ради\n{twice}\nЗАТВЕРДЖЕНО\nРішення ради\n{twice}"
    assert labels(text)[-3:] == [
        "Положення (другий документ)",
        "Положення (другий документ), назва",
        "Положення (другий документ), п. 1",
    ]


def test_long_labels_are_told_apart_within_their_limit():
    quoted = "".join(f"\n«Стаття {n}. А:\n«1. Б:\n«1. В:" for n in range(1, 60))
    found = labels("1. Викласти так:" + quoted + "\n«1. Г:" * 40)
    assert len(set(found)) == len(found)
    assert max(map(len, found)) <= 200


def test_notes_before_the_title_do_not_hide_the_name():
    text = "1. Так.\nЗАТВЕРДЖЕНО\nНаказ Міністерства\n2 липня 2025 року № 947\n"
    text += "(у редакції наказу\nвід 5 липня 2025 року № 950)\nПоложення\nпро раду\n1. Так."
    assert labels(text)[1] == "Положення"


def test_an_article_quoted_in_a_law_is_not_the_laws_own():
    text = (
        "Стаття 8. Своя\n1. Частина.\nСтаття 9. Зміни\n1. У Законі:\n1) статтю 8 викласти так:\n"
        '" Стаття 8. Чужа\n1. Чужа частина.\nВона така:\n1) дитина;\n'
        'Стаття 9. Теж чужа\n1. Слова."\n'
        "2) статтю 10 виключити.\nСтаття 10. Далі"
    )
    assert [
        label for label in labels(text) if label.rsplit(", ", 1)[-1].strip("«»")[:2] == "ст"
    ] == [
        *("ст. 8", "ст. 9", "ст. 9, ч. 1, п. 1, «ст. 8»", "ст. 9, ч. 1, п. 1, «ст. 9»", "ст. 10"),
    ]


def test_a_table_that_came_line_by_line_is_not_a_signature():
    cells = "\n".join(f"Назва {n}\n{n * 7}" for n in range(100))
    nodes = importing.read(f"1. Так.\nДодаток 1\n1. Перелік такий.\n{cells}".encode()).nodes
    assert sum(node.closing for node in nodes) == 0


def test_letters_of_a_list_are_latin_where_its_words_are():
    text = "1. You may:\na) copy;\nb) change;\nc) share;\nd) sell."
    assert labels(text)[1:] == [f"п. 1, підп. «{letter}»" for letter in "abcd"]


def test_ordinals():
    assert [masculine(n) for n in (1, 3, 5, 11)] == ["перший", "третій", "п’ятий", "11-й"]
    assert [feminine(n) for n in (2, 3, 9, 12)] == ["друга", "третя", "дев’ята", "12-та"]
