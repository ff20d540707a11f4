"""What belongs to what in the texts of councils."""

import pytest

from drafts import importing
from tests.drafts.files import DECISION


def tree(text: str) -> list[str]:
    """The tree as lines: two spaces a level, the kind, the label, the printed number."""
    nodes = importing.read(text.encode()).nodes
    return [f"{'  ' * n.depth}{n.kind} [{n.label}] {n.printed}".rstrip() for n in nodes]


def labels(text: str) -> list[str]:
    return [node.label for node in importing.read(text.encode()).nodes]


def test_a_decision_with_an_approved_document_and_an_annex():
    assert tree(DECISION) == [
        "preamble [преамбула, абз. 1]",
        "preamble [преамбула, абз. 2]",
        "preamble [преамбула, абз. 3]",
        "preamble [преамбула, абз. 4]",
        "clause [п. 1] 1.",
        "clause [п. 2] 2.",
        "  clause [п. 2.1] 2.1.",
        "  clause [п. 2.2] 2.2.",
        "    subclause [п. 2.2, підп. 1] 1)",
        "    subclause [п. 2.2, підп. 2] 2)",
        "      subclause [п. 2.2, підп. 2, підп. «а»] а)",
        "      subclause [п. 2.2, підп. 2, підп. «б»] б)",
        "        paragraph [п. 2.2, підп. 2, підп. «б», абз. 2]",
        "clause [п. 3] 3.",
        "paragraph [реквізити, рядок 1]",
        "paragraph [реквізити, рядок 2]",
        "annex [Правила] ЗАТВЕРДЖЕНО",
        "  heading [Правила, назва]",
        "  section [Правила, розд. I] Розділ I.",
        "    clause [Правила, розд. I, п. 1] 1.",
        "    clause [Правила, розд. I, п. 2] 2.",
        "  section [Правила, розд. II] Розділ II",
        "    clause [Правила, розд. II, п. 1] 1.",
        "      subclause [Правила, розд. II, п. 1, підп. 1] 1)",
        "      subclause [Правила, розд. II, п. 1, підп. 2-1] 2-1)",
        "annex [дод. 1] Додаток 1",
        "  heading [дод. 1, назва]",
        "  clause [дод. 1, п. 1] 1.",
        "  clause [дод. 1, п. 2] 2.",
    ]


def test_articles_have_parts_points_and_sub_points():
    assert labels(
        "Стаття 1. Назва\n1. Частина:\n1) пункт:\nа) підпункт;\nСтаття 2. Далі\nАбзац."
    ) == [
        "ст. 1",
        "ст. 1, ч. 1",
        "ст. 1, ч. 1, п. 1",
        "ст. 1, ч. 1, п. 1, підп. «а»",
        "ст. 2",
        "ст. 2, абз. 1",
    ]


def test_paragraphs_of_a_clause_are_counted_from_its_own_words():
    assert labels("1. Перший абзац:\nдругий;\nтретій.\n2. Далі.") == [
        "п. 1",
        "п. 1, абз. 2",
        "п. 1, абз. 3",
        "п. 2",
    ]


def test_numbers_inserted_between_others_stay_in_their_list():
    text = "1. Голова:\n1) скликає;\n10) призначає;\n11 -1 ) вносить;\n12) веде.\n2. Далі."
    assert labels(text) == ["п. 1", *(f"п. 1, підп. {n}" for n in (1, 10, "11-1", 12)), "п. 2"]


def test_sections_are_named_in_labels_only_where_numbers_start_anew():
    on = "I. Перше\n1. А.\n2. Б.\nII. Друге\n3. В."
    assert labels(on) == ["розд. I", "п. 1", "п. 2", "розд. II", "п. 3"]
    anew = "I. Перше\n1. А.\nII. Друге\n1. Б."
    assert labels(anew) == ["розд. I", "розд. I, п. 1", "розд. II", "розд. II, п. 1"]


def test_a_numbered_heading_in_capitals_holds_its_clauses():
    text = "1. ЗАГАЛЬНІ ПОЛОЖЕННЯ\n1.1. Мета.\n1.2. Завдання.\n2. ПОРЯДОК\n2.1. Строки."
    assert tree(text) == [
        "section [розд. 1] 1.",
        "  clause [п. 1.1] 1.1.",
        "  clause [п. 1.2] 1.2.",
        "section [розд. 2] 2.",
        "  clause [п. 2.1] 2.1.",
    ]


def test_letters_may_hold_numbers():
    assert tree("1. Рада:\nа) вирішує:\n1) одне;\n2) друге;\nб) доручає.") == [
        "clause [п. 1] 1.",
        "  subclause [п. 1, підп. «а»] а)",
        "    subclause [п. 1, підп. «а», підп. 1] 1)",
        "    subclause [п. 1, підп. «а», підп. 2] 2)",
        "  subclause [п. 1, підп. «б»] б)",
    ]


def test_words_put_into_another_act_do_not_break_the_list():
    text = (
        '1. У Положенні:\n1) пункт 5 викласти так:\n"5. Нове слово.\n6. Ще одне.";\n'
        "2) пункт 7 виключити.\n2. Це рішення діє з дня прийняття."
    )
    assert tree(text) == [
        "clause [п. 1] 1.",
        "  subclause [п. 1, підп. 1] 1)",
        '    subclause [п. 1, підп. 1, «5.»] "5.'.replace("subclause", "clause"),
        "    clause [п. 1, підп. 1, «6.»] 6.",
        "  subclause [п. 1, підп. 2] 2)",
        "clause [п. 2] 2.",
    ]


def test_an_article_put_into_another_act_stands_under_what_puts_it():
    text = (
        "1. Доповнити Статут статтею 7:\n«Стаття 7. Молодіжна рада\n1. Рада є дорадчою.\n"
        "2. Рада збирається щомісяця».\n2. Оприлюднити."
    )
    assert tree(text) == [
        "clause [п. 1] 1.",
        "  article [п. 1, «ст. 7»] «Стаття 7.",
        "    clause [п. 1, «ст. 7», «1.»] 1.",
        "    clause [п. 1, «ст. 7», «2.»] 2.",
        "clause [п. 2] 2.",
    ]


def test_notes_in_braces_are_text():
    assert tree("1. Чинне.\n{Пункт 2 виключено на підставі рішення № 5}\n3. Чинне.") == [
        "clause [п. 1] 1.",
        "  paragraph [п. 1, примітка]",
        "clause [п. 3] 3.",
    ]


def test_annexes_of_an_approved_programme_are_its_own():
    text = (
        "1. Затвердити.\nЗАТВЕРДЖЕНО\nрішенням ради\nПРОГРАМА\nозеленення\n1. Мета.\n"
        "Додаток 1\nдо Програми\nПАСПОРТ\n1. Замовник.\nДодаток 1\nдо рішення\n1. Склад."
    )
    assert tree(text) == [
        "clause [п. 1] 1.",
        "annex [Програма] ЗАТВЕРДЖЕНО",
        "  heading [Програма, назва]",
        "  clause [Програма, п. 1] 1.",
        "  annex [Програма, дод. 1] Додаток 1",
        "    heading [Програма, дод. 1, назва]",
        "    clause [Програма, дод. 1, п. 1] 1.",
        "annex [дод. 1] Додаток 1",
        "  clause [дод. 1, п. 1] 1.",
    ]


def test_headings_without_numbers_hold_their_paragraphs():
    text = (
        "1. Затвердити.\nЗАТВЕРДЖЕНО\nРішення ради\nКОНЦЕПЦІЯ\nМета\nЗробити місто зеленішим.\n"
        "Шляхи досягнення\nСаджати дерева."
    )
    assert tree(text)[1:] == [
        "annex [Концепція] ЗАТВЕРДЖЕНО",
        "  heading [Концепція, назва]",
        "  heading [Концепція, «Мета»]",
        "    paragraph [Концепція, «Мета», абз. 1]",
        "  heading [Концепція, «Шляхи досягнення»]",
        "    paragraph [Концепція, «Шляхи досягнення», абз. 1]",
    ]


@pytest.mark.parametrize("signature", ["І. ІВАНЕНКО", "Х. Приклад", "В. ЗЕЛЕНЬ"])
def test_initials_of_who_signs_are_not_a_roman_number(signature):
    assert (
        tree(f"1. Оприлюднити.\nМіський голова\n{signature}")[-1]
        == "paragraph [реквізити, рядок 2]"
    )


def test_a_text_without_numbers_is_paragraphs():
    assert tree("Перше речення.\nДруге речення.") == [
        "paragraph [абз. 1]",
        "paragraph [абз. 2]",
    ]


def test_lines_inside_a_paragraph_are_divided_where_a_number_starts(tmp_path):
    from tests.drafts.files import document, word

    data = word(document("1. Перше\n2. Друге\nі далі", "3. Третє"))
    nodes = importing.read(data).nodes
    assert [(n.printed, n.text) for n in nodes] == [
        ("1.", "Перше"),
        ("2.", "Друге\nі далі"),
        ("3.", "Третє"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. ПОДАТИ ЗАЯВКУ до 20 листопада.\n2. ЗАЯВКИ ПРИЙМАЮТЬСЯ ПОШТОЮ\n3. ВИСЛАТИ твір.",
            ["п. 1", "п. 2", "п. 3"],
        ),
        ("1. ПОДАТИ ЗАЯВКУ\n2. Заявки приймаються.\n3. Вислати.", ["п. 1", "п. 2", "п. 3"]),
        (
            "Розділ I. Назва\n1. Так є.\n2. ПРАВА ЖИТЕЛІВ\n3. Так.",
            ["розд. I", "п. 1", "п. 2", "п. 3"],
        ),
        (
            "1. ЗАГАЛЬНІ ПОЛОЖЕННЯ\n1. А.\n2. Б.\n2. ПРАВА\n1. В.\n3. Порядок оскарження\n3.1. Є.",
            ["розд. 1", "розд. 1, п. 1", "розд. 1, п. 2", "розд. 2", "розд. 2, п. 1"]
            + ["розд. 3", "розд. 3, п. 3.1"],
        ),
    ],
    ids=["between rules", "before a rule", "in a section", "titles stay titles"],
)
def test_capitals_alone_make_no_section_of_a_number_among_rules(text, expected):
    assert [node.label for node in importing.read(text.encode(), "a.txt").nodes] == expected
