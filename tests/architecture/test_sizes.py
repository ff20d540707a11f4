"""Sizes that may fall and not grow: crumbs of modules, long files, words of documents.

Whoever makes one smaller writes the smaller figure here.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from .test_words import tracked_files

#: A module of fewer lines is a crumb, but for those that Django or the layout asks for by name.
CRUMB, MOST_CRUMBS = 25, 30
NAMED = ("__init__", "apps", "jobs", "urls")
#: A longer file is split.
LONGEST = 400
#: Those that are longer yet: path -> how many lines they may have.
LONGER = {
    "consultations/evidence/verifier/verify.py": 1490,  # one file, which anybody downloads
}
#: Words of docs/, CONTRIBUTING.md and README.md.
MOST_WORDS = 80_000


def product() -> dict[str, int]:
    """The modules of the product and of its commands: path -> lines."""
    found = {}
    for path in tracked_files():
        parts = path.relative_to(settings.BASE_DIR).parts
        is_product = parts[0] not in ("tests", "benchmarks") and "migrations" not in parts
        if is_product and path.suffix == ".py" and path.is_file():
            found["/".join(parts)] = len(path.read_text(encoding="utf-8").splitlines())
    return found


def test_there_are_no_more_crumbs() -> None:
    crumbs = [
        path
        for path, lines in product().items()
        if lines < CRUMB and not Path(path).stem.startswith(NAMED)
    ]
    assert len(crumbs) <= MOST_CRUMBS, "put it into a module of its feature:\n" + "\n".join(crumbs)


def test_long_files_are_split() -> None:
    longer = {path: lines for path, lines in product().items() if lines > LONGEST}
    assert {path for path, lines in longer.items() if lines > LONGER.get(path, 0)} == set()


def test_documents_are_no_longer() -> None:
    documents = [*settings.BASE_DIR.glob("docs/**/*.md")]
    documents += [settings.BASE_DIR / name for name in ("CONTRIBUTING.md", "README.md")]
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in documents)
    assert words <= MOST_WORDS, f"{words} words: say less, or say it once"
