"""docs/environment.md: each variable that the product reads, its default, and where it is read.

    bin/test tests/architecture/test_environment.py --rewrite

writes the table anew. The meanings are kept, for they are written by hand: a new variable gets an
empty one, with which the test fails until somebody says what it is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

TABLE = settings.BASE_DIR / "docs/environment.md"
HEAD = "| variable | default | what it is | read in |\n|---|---|---|---|\n"
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) ?\| (.*?) \|$", re.MULTILINE)
#: What bin/serve reads before there are settings, and its defaults.
OF_SERVE = {
    "HOST": "`127.0.0.1`",
    "PORT": "8000",
    "LIVE_PORT": "8001",
    "WORKERS": "as many as cores",
    "THREADS": "8",
    "MALLOC_ARENA_MAX": "2",
}


class Reading(NamedTuple):
    """A place where a variable is read; ``default`` as the table shows it, "" for none."""

    name: str
    default: str
    place: str


def readings() -> Iterator[Reading]:
    """By settings and apps, in the order of paths."""
    folders = [
        settings.BASE_DIR / "config",
        *(p.parent for p in settings.BASE_DIR.glob("*/apps.py")),
    ]
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*.py")):
            text = path.read_text()
            if "migrations" in path.parts or not re.search(r"\b(env|keep)\b", text):
                continue
            place = str(path.relative_to(settings.BASE_DIR))
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and (found := read_by(node)):
                    yield Reading(*found, place)
    for name, default in OF_SERVE.items():
        yield Reading(name, default, "bin/cli/serve.py")


def read_by(call: ast.Call) -> tuple[str, str] | None:
    """The variable that a call reads, and its default."""
    match call:
        case ast.Call(func=ast.Name("keep"), args=[ast.Constant(str(kind))], keywords=[days]):
            return f"KEEP_{kind.upper()}_DAYS", shown(days.value)
        case ast.Call(
            func=ast.Name("env") | ast.Attribute(value=ast.Name("env")),
            args=[ast.Constant(str(name)), *_],
            keywords=keywords,
        ):
            defaults = [each.value for each in keywords if each.arg == "default"]
            return name, shown(defaults[0]) if defaults else ""
    return None


def shown(default: ast.expr) -> str:
    """A default in the table: what is constant as it is typed, the rest as code."""
    if "NOTSET" in ast.unparse(default):
        return "none: it must be set"
    match default:
        case ast.BinOp(ast.Constant(int(left)), ast.Mult(), ast.Constant(int(right))):
            return str(left * right)
        case ast.BinOp(left, ast.Add(), ast.Constant(int(right))):
            return str(int(shown(left)) + right)
        case ast.Call(func=ast.Name("str"), args=[ast.BinOp(right=ast.Constant(str(inside)))]):
            return f"`{inside}` in the clone"
    try:
        value = ast.literal_eval(default)
    except ValueError:
        return f"`{ast.unparse(default)}`"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        value = ",".join(value)
    if isinstance(value, str):
        return f"`{value}`" if value else "empty"
    return f"{value:g}"


def rows(meanings: dict[str, str]) -> str:
    """The table, by the names of the variables."""
    found: dict[str, list[Reading]] = {}
    for reading in readings():
        found.setdefault(reading.name, []).append(reading)
    lines = []
    for name, all_of in sorted(found.items()):
        default = next((each.default for each in all_of if each.default), "")
        places = ", ".join(f"`{place}`" for place in dict.fromkeys(each.place for each in all_of))
        lines.append(f"| `{name}` | {default} | {meanings.get(name, '')} | {places} |\n")
    return HEAD + "".join(lines)


def test_the_table_is_what_is_read(request):
    text = TABLE.read_text()
    before, _head, table = text.partition(HEAD)
    meanings = {name: meaning for name, _default, meaning, _places in ROW.findall(table)}
    expected = rows(meanings)
    if request.config.getoption("--rewrite"):
        TABLE.write_text(before + expected)
    else:
        assert _head + table == expected, (
            "bin/test tests/architecture/test_environment.py --rewrite"
        )
    assert [
        name
        for name in dict.fromkeys(re.findall(r"^\| `(\w+)`", expected, re.M))
        if not meanings.get(name)
    ] == [], "say what they are"


def test_each_name_of_serve_stands_in_it():
    text = Path(settings.BASE_DIR / "bin/cli/serve.py").read_text()
    assert [name for name in OF_SERVE if f'"{name}"' not in text] == []


def test_a_settings_file_imports_no_app_and_stays_short():
    apps = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    for path in (settings.BASE_DIR / "config/settings").glob("*.py"):
        text = path.read_text()
        imported = {
            alias.name if isinstance(node, ast.Import) else str(node.module)
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert {name.split(".")[0] for name in imported} & apps == set(), path
        assert text.count("\n") < 200, path


def test_no_other_place_reads_the_environment():
    """But where a process is asked what it is, before or beside its settings."""
    allowed = {
        "config/asgi.py",
        "config/wsgi.py",
        "core/apps.py",
        "core/web/metrics.py",
        "portal/management/commands/release.py",
        "sealing/opener.py",
    }
    folders = [
        settings.BASE_DIR / "config",
        *(p.parent for p in settings.BASE_DIR.glob("*/apps.py")),
    ]
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for folder in folders
        for path in folder.rglob("*.py")
        if re.search(r"os\.environ|getenv", path.read_text())
    }
    assert found <= allowed
