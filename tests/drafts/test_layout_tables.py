"""Tables that only lay a page out become paragraphs; tables of data stay tables.

The documents are twins of real ones, built here: an order with 27 tables and 7 annexes, an act
inside a table of one column and 33 rows, approvals in tables of one row.
"""

from __future__ import annotations

from docx import Document

from drafts import importing
from tests.drafts import files

ANNEXES = 7


def read(made):
    return importing.read(files.word(made), "розпорядження.docx").nodes


def squeezed(text: str) -> str:
    return "".join(text.split())


def put_table(made, *rows, bold=False):
    """Add a table; a cell's lines are its paragraphs."""
    table = made.add_table(rows=len(rows), cols=max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(at, column)
            for line_at, line in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if line_at == 0 else cell.add_paragraph()
                paragraph.add_run(line).bold = bold and at == 0
    return table


def source_of(made) -> str:
    """All words of the document, tables included, in the order in which they are written."""
    return "".join(
        element.text or "" for element in made.element.body.iter() if element.tag.endswith("}t")
    )


def loses_nothing(made, nodes) -> bool:
    joined = " ".join(f"{node.printed} {node.text}" for node in nodes)
    return squeezed(joined) == squeezed(source_of(made))


def order_with_seven_annexes():
    """27 tables: the head, the approval, the signatures, and in each annex its head and data."""
    made = Document()
    put_table(made, ("РУДНОГІРСЬКА МІСЬКА РАДА\nРОЗПОРЯДЖЕННЯ",))
    made.add_paragraph("Про реєстрацію місця проживання")
    for number in range(1, 6):
        made.add_paragraph(f"{number}. Затвердити порядок {number}, що додається.")
    put_table(made, ("Міський голова", "Олесь ПРИКЛАД"))
    put_table(made, ("", "ЗАТВЕРДЖЕНО\nРозпорядження міського голови\n24 листопада 2026 року № 15"))
    files.heading(made, "ПОЛОЖЕННЯ")
    files.heading(made, "про реєстрацію")
    for number in range(1, 4):
        files.heading(made, f"{number}. Назва розділу {number}")
        for clause in range(1, 5):
            made.add_paragraph(f"{number}.{clause}. Положення пункту {clause} діє.")
    for number in range(1, ANNEXES + 1):
        put_table(made, ("", f"Додаток {number}\nдо Положення про реєстрацію"))
        files.heading(made, f"ЖУРНАЛ № {number}")
        made.add_paragraph(f"1. Журнал {number} ведеться щодня.")
        made.add_paragraph("2. Журнал зберігається рік.")
        header = ("№ з/п", "Прізвище", "Дата")
        put_table(made, header, ("1", "Приклад", "01.02.2026"), ("2", "", ""), bold=True)
        if number <= 3:
            put_table(made, ("Прізвище, ім’я", ""), ("Адреса", ""), ("Телефон", ""))
        else:
            put_table(made, ("Секретар", "__________", "Марія ПРИКЛАД"))
    put_table(made, ("Разом", "7", "журналів"), ("Усього", "14", "пунктів"))
    put_table(made, ("Код", "Назва"), ("А-1", "журнал"), ("А-2", "книга"))
    put_table(made, ("Виконавець",))
    return made


def test_an_order_of_27_tables_has_its_seven_annexes():
    made = order_with_seven_annexes()
    assert len(made.tables) == 27
    nodes = read(made)
    annexes = [node.label for node in nodes if node.kind == "annex"]
    own = [f"Положення, дод. {n}" for n in range(1, ANNEXES + 1)]
    assert annexes in (["Положення", *own], ["Положення", *(f"дод. {n}" for n in range(1, 8))])
    clauses = [node.label for node in nodes if node.kind == "clause"]
    assert clauses[:5] == [f"п. {n}" for n in range(1, 6)]
    assert [c for c in clauses if c.startswith("Положення, п.")] == [
        f"Положення, п. {n}.{m}" for n in range(1, 4) for m in range(1, 5)
    ]
    assert len(clauses) == 5 + 12 + 2 * ANNEXES
    # Data and forms stay tables: seven journals, three forms, two tables after them.
    assert sum(node.kind == "table" for node in nodes) == 12
    assert len({node.label for node in nodes}) == len(nodes)
    assert loses_nothing(made, nodes)


def test_an_act_inside_a_table_of_one_column_is_read_clause_by_clause():
    lines = ["РОЗПОРЯДЖЕННЯ", "Про заходи", "З метою безпеки:"]
    lines += [f"{n}. Управлінню {n}:\n{n}.1. скласти план;\n{n}.2. звітувати." for n in range(1, 6)]
    lines += ["Голова", "Олесь ПРИКЛАД"] + [""] * 23
    made = Document()
    put_table(made, *((line,) for line in lines))
    assert len(made.tables[0].rows) == 33
    nodes = read(made)
    assert [n.label for n in nodes if n.number] == [
        label for n in range(1, 6) for label in (f"п. {n}", f"п. {n}.1", f"п. {n}.2")
    ]
    assert [n.text for n in nodes if n.closing] == ["Голова", "Олесь ПРИКЛАД"]
    assert loses_nothing(made, nodes)


def test_approvals_side_by_side_are_read_column_by_column():
    made = files.document("1. Затвердити.")
    put_table(
        made,
        ("ПОГОДЖЕНО", "ЗАТВЕРДЖЕНО"),
        ("Голова ради старост", "Рішення міської ради"),
        ("20 листопада 2026 року", "24 листопада 2026 року № 15"),
    )
    files.heading(made, "Положення")
    files.heading(made, "про раду старост")
    made.add_paragraph("1. Рада збирається щомісяця.")
    nodes = read(made)
    annex = next(node for node in nodes if node.kind == "annex")
    assert annex.text == "Рішення міської ради\n24 листопада 2026 року № 15"
    assert [n.label for n in nodes][-3:] == ["Положення", "Положення, назва", "Положення, п. 1"]
    assert "20 листопада 2026 року" in [n.text for n in nodes[: nodes.index(annex)]]


def test_the_head_of_an_annex_in_its_table_of_data():
    made = files.document("1. Затвердити.")
    put_table(
        made,
        ("", "", "Додаток 2\nдо рішення"),
        ("№", "Послуга", "Ціна"),
        ("1", "Вивіз", "50"),
    )
    nodes = read(made)
    assert [(n.kind, n.label) for n in nodes[1:]] == [
        ("annex", "дод. 2"),
        ("table", "дод. 2, табл. 1"),
    ]
    assert nodes[-1].text == "№\tПослуга\tЦіна\n1\tВивіз\t50"


def test_a_list_of_annexes_is_data():
    made = files.document("1. Затвердити додатки:")
    put_table(made, ("Перелік майданчиків", "Додаток 1"), ("Тарифи", "Додаток 2"))
    assert [n.kind for n in read(made)] == ["clause", "table"]


def test_a_table_inside_a_layout_table_stays_one():
    made = Document()
    outer = put_table(made, ("1. Затвердити тарифи:",), ("",), ("2. Оприлюднити.",))
    inner = outer.cell(1, 0).add_table(rows=2, cols=2)
    for at, text in enumerate(("Послуга", "Ціна", "Вивіз", "50")):
        inner.cell(at // 2, at % 2).text = text
    assert [(n.kind, n.label) for n in read(made)] == [
        ("clause", "п. 1"),
        ("table", "табл. 1"),
        ("clause", "п. 2"),
    ]


def test_emphasis_and_automatic_numbers_are_kept_in_a_layout_table():
    made = Document()
    files.define_list(made, 50, ("decimal", "%1."))
    table = made.add_table(rows=2, cols=1)
    for at, text in enumerate(("Перший.", "Другий.")):
        files.listed(table.cell(at, 0), text, 50)
    table.cell(1, 0).paragraphs[-1].runs[0].bold = True
    nodes = read(made)
    assert [(n.printed, n.text) for n in nodes] == [("1.", "Перший."), ("2.", "Другий.")]
    assert [len(n.spans) for n in nodes] == [0, 1]


def test_pages_are_laid_out_by_tables_too():
    html = (
        "<p>1. Затвердити.</p><table><tr><td></td><td><p>ЗАТВЕРДЖЕНО</p><p>рішенням ради</p></td>"
        "</tr></table><p>ПОРЯДОК</p><p>1. Мета.</p>"
        "<table><tr><th>№</th><th>Назва</th></tr><tr><td>1</td><td>Парк</td></tr></table>"
    )
    nodes = importing.read(html.encode()).nodes
    assert [(n.kind, n.label) for n in nodes[1:]] == [
        ("annex", "Порядок"),
        ("heading", "Порядок, назва"),
        ("clause", "Порядок, п. 1"),
        ("table", "Порядок, табл. 1"),
    ]


def test_numbers_in_a_column_of_their_own_are_the_numbers_of_clauses():
    made = files.document("1. Затвердити.", "ЗАТВЕРДЖЕНО", "Положення")
    put_table(
        made,
        ("1.", "ЗАГАЛЬНІ ПОЛОЖЕННЯ"),
        ("1.1.", "Рада старост збирається щомісяця."),
        ("1.2.", "Рада вирішує:"),
        ("1)", "про план роботи;"),
        ("2)", "про звіт.\nЗвіт оприлюднюється."),
        ("", "Рішення підписує голова."),
        ("2.", "ПРАВА СТАРОСТ"),
        ("2.1.", "Староста має право слова."),
    )
    nodes = read(made)
    assert [node.label for node in nodes][3:] == [
        *("Положення, розд. 1", "Положення, п. 1.1", "Положення, п. 1.2"),
        *("Положення, п. 1.2, підп. 1", "Положення, п. 1.2, підп. 2"),
        *("Положення, п. 1.2, підп. 2, абз. 2", "Положення, п. 1.2, підп. 2, абз. 3"),
        *("Положення, розд. 2", "Положення, п. 2.1"),
    ]
    assert loses_nothing(made, nodes)


def test_numbers_of_data_stay_in_their_table():
    made = files.document("1. Затвердити перелік:")
    put_table(made, ("1.", "Парк Шахтарський"), ("2.", "Сквер Гірників"))
    put_table(made, ("12.50", "Ціна дня."), ("9.30", "Ціна ночі."))
    put_table(made, ("1.", "Вивіз відходів.", "50"), ("2.", "Прибирання.", "40"))
    nodes = read(made)
    assert [node.kind for node in nodes] == ["clause", "table", "table", "table"]


def test_automatic_numbers_in_a_column_are_not_lost():
    made = files.document("1. Затвердити.")
    table = put_table(made, ("", "Рада збирається."), ("", "Рада вирішує."))
    files.define_list(made, 50, ("decimal", "%1."))
    for row in table.rows:
        files.put_number(row.cells[0].paragraphs[0], 50)
    assert [(n.printed, n.text) for n in read(made)][1:] == [
        ("1.", "Рада збирається."),
        ("2.", "Рада вирішує."),
    ]
