"""Former names that were replaced: none of their paths is left in the tree.

Whole paths, not bare words: `note`, `hold` and `face` are ordinary words. The words that are used
now are in docs/glossary.md. History may name them: CHANGELOG.md, migrations, docs/adr.
"""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: Modules and packages that were moved or renamed. `core.jobs` is not among them: queued jobs
#: may still have a name of it, and their tasks keep it as an alias. Nor is `core.idempotency`, with
#: which keys of forms are signed.
_CORE = """
    actions address api_idempotency api_schema atom audit ballot_faults calendar cells clock
    collation connections context converters council counters email_addresses events fault_reports
    forms haste heartbeat ical kept limits log_context logs mail markup messages metrics
    middleware numbers ods opendata optimistic_lock outbox pages paging personal_parts pictures
    prints requests rules scopes scripts search signs statements static tables topics turns words
"""
_OTHERS = """
    accounts.data.looking accounts.models.privacy accounts.privacy accounts.residence.privacy
    accounts.staff.scopes consultations.privacy core.web.middleware.missing
    core.web.middleware.privacy discussions.privacy drafts.privacy notifications.privacy
    organisations.privacy petitions.defence.marks petitions.defence.sieve petitions.privacy
    realtime.channels realtime.truth tests.access.doors tests.house tests.pages.looks
    tests.pages.town tests.plugins.deeds tokens.privacy votes.privacy
"""
MODULES = [*(f"core.{name}" for name in _CORE.split()), *_OTHERS.split()]
#: Classes and functions, by the package in which they must not come back.
SYMBOLS = {
    "accounts": {"Fate", "Holding", "Look", "Standing", "Sweep", "hindrances", "looked"},
    "accounts.staff.grant_targets": {"Kind", "offered", "offered_by"},
    "accounts.security": {
        "carried_out",
        "judged",
        "lift",
        "noted_already",
        "take_person",
        "user_of",
    },
    "appeals.desk": {"Clock", "clocks_of", "given_to"},
    "consultations": {"drawable", "given_to", "is_given_to", "with_place"},
    "core": {"Busy", "Haste", "HasTurn", "last_is_right", "mark_turn"},
    "core.web.semaphore": {"turn"},
    "meetings.log": {"Considered"},
    "meetings.minutes": {"Considered", "foot_of", "head_of"},
    "organisations": {"Scope", "rivals_of", "standing", "standing_of"},
    "petitions": {"Considered", "Mark", "Sieve", "drawable"},
    "petitions.desk": {"Clock", "Next", "clocks_of"},
    "petitions.signing.audiences": {"standing"},
    "realtime": {"Clerk", "Truth", "doorkeeper", "opened"},
    "tests.access": {"Door"},
    "tests.pages": {"Town"},
    "votes": {"Mark"},
}
#: Modules imported under a word that says nothing of them.
ALIASES = {("serializers", "told"), ("query", "words"), ("search_query", "words")}
PROGRAMS = ("bin/house", "tests/house", "house.checking")
HISTORY = re.compile(
    r"CHANGELOG\.md|docs/adr/.*|.*/migrations/.*|tests/faults/.*|tests/architecture/test_former.*"
)
KINDS = {".py", ".md", ".html", ".js", ".toml", ".txt", ""}


@cache
def texts() -> dict[str, str]:
    """The source and documentation files of the tree, by their paths."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in listed
        if Path(name).suffix in KINDS and not HISTORY.fullmatch(name) and (ROOT / name).is_file()
    }


def test_no_former_module_is_there():
    files = {f"{module.replace('.', '/')}{end}" for module in MODULES for end in (".py", "/")}
    assert [
        name for name in texts() if name in files or any(name.startswith(f) for f in files)
    ] == []


def test_no_former_module_is_named():
    # The longest of what begins like another one, and nothing that only begins like it.
    dotted = "|".join(re.escape(name) for name in sorted(MODULES, reverse=True))
    as_file = "|".join(re.escape(name.replace(".", "/")) for name in sorted(MODULES, reverse=True))
    named = re.compile(rf"(?<![\w./])(?:(?:{dotted})(?!\w)|(?:{as_file})\.py\b)")
    # A path has a point or a stroke: a tenth of the words of a file.
    paths = {
        name: " ".join(word for word in {*text.split()} if "." in word or "/" in word)
        for name, text in texts().items()
    }
    assert [(name, found[0]) for name, text in paths.items() if (found := named.search(text))] == []


def test_no_former_name_is_defined_or_imported():
    words = rf"\b(?:{'|'.join(sorted(set().union(*SYMBOLS.values())))})\b"
    # Only such a file is worth a syntax tree; most of the words are ordinary ones.
    near = re.compile(rf"\b(?:class|def) {words}|\bimport (?:\([^)]*|[^\n]*){words}")
    found = []
    for name, text in texts().items():
        if not name.endswith(".py") or not near.search(text):
            continue
        module = name.removesuffix(".py").replace("/", ".")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                found += [f"{module}:{node.name}"] if _is_former(module, node.name) else []
            elif isinstance(node, ast.ImportFrom):
                owner = node.module or ""
                found += [
                    f"{name}: {owner}:{n.name}" for n in node.names if _is_former(owner, n.name)
                ]
    assert found == []


def _is_former(module: str, symbol: str) -> bool:
    return any(
        symbol in symbols and f"{module}.".startswith(f"{package}.")
        for package, symbols in SYMBOLS.items()
    )


def test_no_module_is_imported_under_a_former_alias():
    pattern = "|".join(f"{module} as {alias}" for module, alias in sorted(ALIASES))
    aliased = re.compile(rf"\bimport .*\b(?:{pattern})\b")
    assert [name for name, text in texts().items() if aliased.search(text)] == []


def test_no_former_program_is_named():
    assert [(name, old) for name, text in texts().items() for old in PROGRAMS if old in text] == []
