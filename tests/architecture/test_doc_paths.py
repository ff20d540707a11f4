"""Documents name only files and folders that there are."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

from .test_words import tracked_files

#: A path between backticks or in the brackets of a link: with a folder, or a Python file.
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?|[\w-]+\.py|[\w-]+/)(?:[:#][^`]*)?`")
LINKED = re.compile(r"\]\(([^)#:\s]+)(?:#[\w-]*)?\)")
#: Kinds of files that a document names by their paths; others are addresses and media types.
KINDS = (".py", ".html", ".js", ".css", ".toml", ".md", ".txt", ".json", ".sh", ".conf", ".service")
#: What a run or an administrator makes, and files of others.
MADE = re.compile(
    r"\.?local/.*|\.venv/.*|node_modules/.*|.*\.example|etc/.*|var/.*|srv/.*|opt/.*|media/.*"
)


@cache
def paths() -> frozenset[str]:
    """Every tracked path and folder, and what one may call it from a folder above: its ends."""
    found = set()
    for file in tracked_files():
        parts = file.relative_to(settings.BASE_DIR).parts
        for end in range(1, len(parts) + 1):
            found |= {"/".join(parts[begin:end]) for begin in range(end)}
    return frozenset(found)


def test_documents_name_files_that_there_are() -> None:
    stale = []
    for document in tracked_files():
        name = str(document.relative_to(settings.BASE_DIR))
        if document.suffix != ".md" or name == "CHANGELOG.md" or not document.is_file():
            continue
        if name.startswith("demo/"):
            continue
        text = re.sub(r"^(    |```).*$", "", document.read_text(encoding="utf-8"), flags=re.M)
        stale += [f"{name}: {path}" for path in NAMED.findall(text) if is_stale(path)]
        for link in LINKED.findall(text):
            if not (document.parent / link).exists():
                stale.append(f"{name}: ({link})")
    assert stale == []


def is_stale(path: str) -> bool:
    """Whether a path is one of the project's, and there is no such file or folder."""
    is_file = path.endswith(KINDS)
    is_folder = path.rstrip("/").partition("/")[0] in paths() and "/" in path and "." not in path
    if MADE.fullmatch(path) or not (is_file or is_folder):
        return False
    return path.rstrip("/") not in paths()


def test_a_stale_path_is_found() -> None:
    assert is_stale("petitions/starting/no_such_limits.py")
    assert not is_stale("tests/architecture/test_doc_paths.py")
    assert not is_stale("architecture/")
