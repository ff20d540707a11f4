"""Two real texts, annotated by hand clause by clause, are divided exactly so."""

import os
from pathlib import Path

import pytest

from drafts import importing

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
ANNOTATIONS = sorted((Path(__file__).parent / "annotations").glob("*.txt"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "data/ua_official").exists(), reason=f"no real data: {SHARED}/data"
)


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda path: path.stem)
def test_the_text_is_divided_as_annotated(annotation):
    (source,) = (SHARED / "data").glob(f"*/{annotation.name}")
    nodes = importing.read(source.read_bytes(), source.name).nodes
    lines = [line for line in annotation.read_text().splitlines() if not line.startswith("#")]
    assert len(nodes) == len(lines)
    for node, line in zip(nodes, lines, strict=True):
        label, printed, words = (part.strip() for part in line.split("|"))
        depth = (len(line) - len(line.lstrip(" "))) // 2
        assert (node.depth, node.label, node.printed) == (depth, label, printed)
        assert node.text.startswith(words)
