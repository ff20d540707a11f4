"""HTML pages and Markdown: blocks in order, numbers as shown, tables, nothing that runs."""

from drafts import importing
from drafts.importing import markup


def read(html: str):
    return importing.read(f"<html><body>{html}</body></html>".encode()).nodes


def printed(html: str):
    return [f"{node.printed} {node.text}".strip() for node in read(html)]


def test_paragraphs_headings_and_inline_marks():
    nodes = read(
        "<h1>Рішення</h1><p>1. Затвердити\n  <b>тариф</b>&nbsp;&amp; <script>alert(1)</script>ціну."
        "<div>2. Далі<p>1) перше;</p>хвіст</div>"
    )
    assert [(n.kind, n.printed, n.text) for n in nodes] == [
        ("heading", "", "Рішення"),
        ("clause", "1.", "Затвердити тариф & ціну."),
        ("clause", "2.", "Далі"),
        ("subclause", "1)", "перше;"),
        ("paragraph", "", "хвіст"),
    ]
    assert markup.of_text(nodes[1].text, nodes[1].spans) == "Затвердити <b>тариф</b> &amp; ціну."


def test_lists_show_the_numbers_that_a_reader_sees():
    assert printed(
        "<ol><li>перше:<ol><li>а<li>б:<ol><li>в</ol></ol><li><p>друге</p></li></ol>"
        '<ol start="5"><li>п’яте<li value="9">дев’яте</ol><ol type="I"><li>розділ</ol>'
        "<ul><li>тире</ul><ol><li></li><li>друге</ol>"
    ) == [
        *("1. перше:", "1) а", "2) б:", "а) в", "2. друге"),
        *("5. п’яте", "9. дев’яте", "I. розділ", "• тире", "2. друге"),
    ]


def test_line_breaks_divide_where_a_number_starts():
    assert printed("<p>1. Перше<br>2. Друге<br>і далі</p>") == ["1. Перше", "2. Друге\nі далі"]


def test_a_table_with_its_headings():
    clause, node = read(
        "<p>1. Ціни:</p><table><tr><th>Послуга<th>Ціна<tr><td colspan=2>разом"
        "<tr><td rowspan='2'>в<br>дужках<td><p>5</p></table>"
    )
    assert (node.kind, node.parent) == ("table", clause)
    assert node.text == "Послуга\tЦіна\nразом\nв\nдужках\t5"
    assert markup.of_table(node.rows) == (
        '<table><thead><tr><th scope="col">Послуга</th>\t<th scope="col">Ціна</th></tr>\n'
        '</thead><tbody><tr><td colspan="2">разом</td></tr>\n'
        '<tr><td rowspan="2">в<br>\nдужках</td>\t<td>5</td></tr></tbody></table>'
    )


def test_a_table_of_one_column_only_lays_the_page_out():
    assert printed("<table><tr><td><p>1. А.</p><p>2. Б.</p></td></tr></table><p>3. В.</p>") == [
        "1. А.",
        "2. Б.",
        "3. В.",
    ]


def test_what_is_not_shown_is_not_read():
    assert printed(
        "<style>p{}</style><p hidden>ні</p><p style='display: none'>ні</p><!-- ні -->"
        "<template>ні</template><p>1. Так.</p>"
    ) == ["1. Так."]


def test_raised_digits_do_not_join_the_number():
    assert [n.number for n in read("<p>6<sup>1</sup>) вставлено;</p>")] == ["6-1"]


def test_markdown_keeps_the_numbers_that_are_written():
    text = (
        "# Рішення\n\nПро **тарифи**\n\n1. Перше\n2-1) вставлене\n3. Третє:\n    1) друге\n\n"
        "7. Сьоме\n\n## Додаткові норми\n\n- тире\n\n| Послуга | Ціна |\n|---|---|\n| Вивіз | 5 |\n"
    )
    imported = importing.read(text.encode(), "рішення.md")
    assert imported.format == "markdown"
    assert [(n.kind, f"{n.printed} {n.text}".strip()) for n in imported.nodes] == [
        ("heading", "Рішення"),
        ("preamble", "Про тарифи"),
        ("clause", "1. Перше"),
        ("subclause", "2-1) вставлене"),
        ("clause", "3. Третє:"),
        ("subclause", "1) друге"),
        ("clause", "7. Сьоме"),
        ("heading", "Додаткові норми"),
        ("paragraph", "• тире"),
        ("table", "Послуга\tЦіна\nВивіз\t5"),
    ]


def test_html_in_markdown_stays_text():
    _, node = importing.read(b"# A\n\n1. <script>x</script> **b**").nodes
    assert node.text == "<script>x</script> b"
    assert markup.of_text(node.text, node.spans) == "&lt;script&gt;x&lt;/script&gt; <b>b</b>"
