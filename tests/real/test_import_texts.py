"""No text of real acts is lost on import: joined back it is the source, up to white space."""

import os
import time
from pathlib import Path

import pytest

from drafts import importing
from drafts.importing.set_aside import words_of
from drafts.versions import actions

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
TEXTS = sorted((SHARED / "data/ua_official").glob("*.txt")) + sorted(
    (SHARED / "data/seed").glob("*.txt")
)

pytestmark = pytest.mark.skipif(not TEXTS, reason=f"no real data: {SHARED}/data")


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_nodes_joined_are_the_source(path):
    imported = importing.read(path.read_bytes(), path.name)
    nodes = imported.nodes
    assert words_of(nodes) == imported.words  # no act of these has a list of contents
    assert not imported.set_aside
    joined = "\n".join(f"{node.printed} {node.text}" for node in nodes)
    assert squeezed(joined) == squeezed(path.read_text())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_two_clauses_have_one_label(path):
    labels = [node.label for node in importing.read(path.read_bytes(), path.name).nodes]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_stored_clauses_joined_are_the_source(path, db):
    version = actions.import_draft(path.read_bytes(), name=path.name)
    joined = "\n".join(clause.printed for clause in version.outline())
    assert squeezed(joined) == squeezed(path.read_text())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_other_encodings_give_the_same_tree(path):
    text = path.read_text()
    expected = [(n.kind, n.printed, n.text) for n in importing.read(text.encode()).nodes]
    for encoding in ("utf-8-sig", "utf-16"):
        nodes = importing.read(text.encode(encoding)).nodes
        assert [(n.kind, n.printed, n.text) for n in nodes] == expected
    try:
        data = text.encode("cp1251")
    except UnicodeEncodeError:
        return
    assert [(n.kind, n.printed, n.text) for n in importing.read(data).nodes] == expected


def test_three_hundred_kilobytes_are_read_in_a_second():
    texts = [path.read_text() for path in TEXTS]
    text = "\n".join(texts)[:300_000]
    started = time.process_time()
    importing.read(text.encode())
    # Some 0.05 s on a slow machine: far enough not to depend on which one.
    assert time.process_time() - started < 1
