"""Markdown-light: what it understands, and that nothing else gets through."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.web.markup import html, plain

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("Просто текст.", "<p>Просто текст.</p>"),
        ("один\nдва\r\nтри", "<p>один<br>\nдва<br>\nтри</p>"),
        ("один\n\n\nдва", "<p>один</p>\n<p>два</p>"),
        (
            "*так* **й** _ось_ __як__",
            "<p><em>так</em> <strong>й</strong> <em>ось</em> <strong>як</strong></p>",
        ),
        ("назва_файлу_тут", "<p>назва_файлу_тут</p>"),
        ("- лавки\n- світло", "<ul>\n<li>лавки</li>\n<li>світло</li>\n</ul>"),
        ("3. три\n4. чотири", '<ol start="3">\n<li>три</li>\n<li>чотири</li>\n</ol>'),
        ("1) раз\n2) два", "<ol>\n<li>раз</li>\n<li>два</li>\n</ol>"),
        ("> цитата\n\nмоє", "<blockquote>\n<p>цитата</p>\n</blockquote>\n<p>моє</p>"),
        (r"\*зірка\*", "<p>*зірка*</p>"),
        ("5 < 7 & 8 > 6", "<p>5 &lt; 7 &amp; 8 &gt; 6</p>"),
        ("&copy; &#60;", "<p>&amp;copy; &amp;#60;</p>"),
        # and what is not understood stays
        ("# Заголовок", "<p># Заголовок</p>"),
        ("Заголовок\n===", "<p>Заголовок<br>\n===</p>"),
        ("Рядок\n---", "<p>Рядок<br>\n---</p>"),
        ("`код`", "<p>`код`</p>"),
        ("```\nкод\n```", "<p>```<br>\nкод<br>\n```</p>"),
        ("    відступ", "<p>відступ</p>"),
        ("<b>жирно</b>", "<p>&lt;b&gt;жирно&lt;/b&gt;</p>"),
        ("| а | б |\n|---|---|", "<p>| а | б |<br>\n|---|---|</p>"),
        ("[ref]: http://a.example", None),
    ],
)
def test_html(text, expected):
    if expected is None:
        assert html(text).startswith("<p>[ref]: ")
    else:
        assert html(text) == expected


def link(address, words=None):
    return f'<a href="{address}" {REL}>{words or address}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("див. https://rada.example/a_b_c?x=1.", f"див. {link('https://rada.example/a_b_c?x=1')}."),
        ("(http://a.example/шлях_(1))", f"({link('http://a.example/%D1%88%D0%BB%D1%8F%D1%85_(1)', 'http://a.example/шлях_(1)')})"),
        ("«https://a.example»", f"«{link('https://a.example')}»"),
        ("<https://a.example/>", link("https://a.example/")),
        ("[тут](https://a.example/ 'назва')", link("https://a.example/", "тут")),
        ("[https://b.example](https://a.example/)", link("https://a.example/", "https://b.example")),
        ("https://a.example, https://b.example!", f"{link('https://a.example')}, {link('https://b.example')}!"),
        ("**https://a.example**", f"<strong>{link('https://a.example')}</strong>"),
        ("http://", "http://"),
        ("https://rada.example@evil.example/", "https://rada.example@evil.example/"),
        ("[рада](https://rada.example@evil.example/)", "[рада](https://rada.example@evil.example/)"),
        ("mailto:a@b.example <a@b.example>", "mailto:a@b.example &lt;a@b.example&gt;"),
        ("[файл](ftp://a.example)", "[файл](ftp://a.example)"),
        ("[сторінка](/admin/)", "[сторінка](/admin/)"),
        ("[інше](//evil.example)", "[інше](//evil.example)"),
        ("http://[1", "http://[1"),
    ],
)  # fmt: skip
def test_links(text, expected):
    assert html(text) == f"<p>{expected}</p>"


def test_a_picture_becomes_a_link_at_most():
    assert (
        html("![кіт](https://a.example/c.png)")
        == f"<p>!{link('https://a.example/c.png', 'кіт')}</p>"
    )


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "<form action=//evil.example><button>x</button></form>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "[x](https://a.example/\"onmouseover=\"alert(1))",
    "[x](https://a.example/'onmouseover='alert(1) \"t\" onclick=alert(1))",
    "https://a.example/\"><script>alert(1)</script>",
    "https://a.example/'onmouseover='alert(1)",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "![x](x\"onerror=\"alert(1))",
    "[a](https://a.example)[b](https://b.example \"><script>alert(1)</script>\")",
    "*<img src=x* onerror=alert(1)>",
    "> <script>\n> alert(1)\n> </script>",
    "- <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\ufeff<script>alert(1)</script>",
    "<<script>script>alert(1)</script>",
    "<img/src/onerror=alert(1)//",
    "{{ constructor.constructor('alert(1)')() }} {% load x %}",
    "<div hx-get=/admin hx-trigger=load>x</div>",
]  # fmt: skip


class Seen(HTMLParser):
    """Refuses every tag, attribute and address that should not be there."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert tag in {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
        if tag == "a":
            found = dict(attrs)
            assert {"rel"} <= set(found) <= {"href", "rel"}  # nh3 takes an impossible address out
            assert re.match(r"https?://[^@/]+(/|$|\?|#|:)", found.get("href", "http://none"))
            assert found["rel"] == "nofollow ugc noopener"
            assert "a" not in self.open
        elif tag == "ol":
            assert all(name == "start" and value.isdigit() for name, value in attrs)
        else:
            assert not attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def is_clean(rendered):
    seen = Seen()
    seen.feed(rendered)
    seen.close()
    return seen.open == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_gets_through(attack):
    for text in (attack, f"**{attack}**", f"> {attack}\n\n1. {attack}", f"[x]({attack})"):
        assert is_clean(html(text))
        assert "<script" not in html(text).lower()


SYNTAX = [
    "*",
    "**",
    "_",
    "[",
    "](",
    ")",
    "<",
    ">",
    "-",
    "1.",
    "`",
    "http://a.example",
    "https://",
    "javascript:",
    "&",
    "&lt;",
    "\\",
    '"',
    "'",
    "!",
    "@",
    "<a",
    "href=",
    "<script>",
    "<!--",
    "слово",
    "{{",
    "}}",
] + ["> ", "- ", "1. ", "\n", "\n\n", "    ", "\t", "\x00", "\u202e", "\ufeff"]
pieces = st.lists(st.one_of(st.sampled_from(SYNTAX), st.text(max_size=3)), max_size=30).map("".join)


@given(pieces)
def test_whatever_is_written_comes_out_clean(text):
    rendered = html(text)
    assert is_clean(rendered)
    plain(text)


@given(st.text("абвгїє’ ,.\n", max_size=80))
def test_ordinary_words_come_out_as_they_went_in(text):
    words = re.sub("<[^>]+>", " ", html(text)).split()
    assert words == plain(text).split() == text.split()


def test_signs_that_turn_text_around_are_dropped():
    assert html("за\u202eвтп\u202c \u2066x\u2069") == "<p>завтп x</p>"
    assert plain("за\u202eвтп") == "завтп"


LENGTH = 10_000
PATTERNS = [
    *[">", "*", "[", "<", "\\", "`", "&", "("],
    *[
        "**a",
        "*a_",
        "_a",
        "[](",
        "[a](http://",
        "![[",
        "<http://a",
        "http://",
        "a](",
        "[a](b",
        "<!--",
        "[a](<",
        "http://a)))",
    ],
    *["> ", "- ", "1. ", "http://a.b ", "\t", "\n", "- a\n", "> a\nb\n", "*a_ "],
]


def cost_of(text: str) -> float:
    """Seconds of the processor, the least of three: the others are the machine's."""
    costs = []
    for _ in range(3):
        start = time.process_time()
        assert is_clean(html(text))
        plain(text)
        costs.append(time.process_time() - start)
    return min(costs)


@pytest.mark.long
@pytest.mark.parametrize("pattern", PATTERNS)
def test_hostile_repetition_stays_cheap(pattern):
    """Four times the text may take some four times the processor's time, not sixteen."""
    short, long = (cost_of((pattern * length)[:length]) for length in (LENGTH // 4, LENGTH))
    assert long < max(10 * short, 0.5)


def test_nesting_is_bounded():
    steps = "\n".join("  " * depth + "- a" for depth in range(100))
    assert html(steps).count("<ul>") <= 12
    assert html(">" * LENGTH + " a").count("<blockquote>") <= 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Один\nдва\n\n**три**", "Один\nдва\n\nтри"),
        ("Так:\n\n- раз\n- два\n\nкінець", "Так:\n\n– раз\n– два\n\nкінець"),
        ("3. раз\n   - глибше\n4. два", "3. раз\n  – глибше\n4. два"),
        ("> чуже\n> далі\n\nмоє", "> чуже\n> далі\n\nмоє"),
        ("[тут](https://a.example/)", "тут (https://a.example/)"),
        (
            "https://a.example/шлях і <https://b.example>",
            "https://a.example/шлях і https://b.example",
        ),
        ("<b>5 < 7</b> & &amp;", "<b>5 < 7</b> & &amp;"),
        (r"\*зірка\*", "*зірка*"),
    ],
)
def test_plain(text, expected):
    assert plain(text) == expected


def test_html_may_stand_in_a_template_as_it_is():
    assert html("a & b").__html__() == "<p>a &amp; b</p>"
