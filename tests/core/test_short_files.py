"""Style sheets and scripts are sent without comments and needless white space."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from core.web.static import KnownFiles, shorten_css, shorten_js


@pytest.mark.parametrize(
    ("sheet", "short"),
    [
        ("a {\n  color: red;\n}\n\nb { }", "a{color: red;}b{}"),
        (
            "/* one; two */ a, b > c /* x */ { top: calc(1px + 2px) }",
            "a,b > c{top: calc(1px + 2px)}",
        ),
        (
            'a::after { content: " /* ; " attr(href) ")" }',
            'a::after{content: " /* ; " attr(href) ")"}',
        ),
        ("a :is(b, c) { }", "a :is(b,c){}"),
        ("a::after { content: 'it\\'s  {' }", "a::after{content: 'it\\'s  {'}"),
        ("/* it's */ a { x: 1 } /* isn't */", "a{x: 1}"),
    ],
)
def test_what_is_said_stays(sheet, short):
    assert shorten_css(sheet) == short


def test_every_sheet_keeps_its_rules():
    for path in Path(settings.BASE_DIR, "static/css").glob("*.css"):
        sheet = path.read_text()
        short = shorten_css(sheet)
        assert shorten_css(short) == short, path.name
        assert "/*" not in short, path.name
        assert short.count("{") == short.count("}") > 0, path.name


def test_comments_with_lines_of_their_own_leave_a_script():
    code = ("const a = 1; // stays\n", 'f("//", b /* x */);\n')
    script = f"// What.\n\n{code[0]}  /** How:\n   *  so. */\n  // why\n{code[1]}"
    assert shorten_js(script) == "".join(code)


def test_no_script_loses_more_than_comments():
    """None of the lines that go stands within a string of several lines."""
    for path in Path(settings.BASE_DIR, "static/js").glob("*.js"):
        script = path.read_text()
        assert shorten_js(shorten_js(script)) == shorten_js(script), path.name
        within = re.findall(r"`[^`]*`", shorten_js(script))
        assert all(each in script for each in within), path.name


def test_production_stores_them_short(tmp_path):
    """Also the copy whose name has been made from its content, and so has been read."""
    storage = KnownFiles(location=tmp_path, base_url="/static/")
    storage.save("css/a.css", ContentFile(b"a {\n  top: 0;\n}\n"))
    list(storage.post_process({"css/a.css": (storage, "css/a.css")}))
    stored = [path.read_text() for path in (tmp_path / "css").glob("a*.css")]
    assert stored == ["a{top: 0;}"] * 2
    hashed = storage.hashed_name("css/a.css", ContentFile(b"a { /* x */ top: 0; }"))
    assert (tmp_path / hashed).exists(), "its address says what is stored"
