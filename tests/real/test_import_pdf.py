"""Real acts set as PDFs come back as the same clauses, without a word lost."""

import pytest

from drafts import importing
from tests.drafts import pdfs
from tests.real.test_import_texts import TEXTS, pytestmark  # noqa: F401 - skips without the data


@pytest.mark.cpu(20)
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_an_act_set_as_a_pdf_has_the_same_clauses(path):
    text = path.read_text()
    read = importing.read(
        pdfs.typeset(pdfs.lines(text.splitlines(), titles=False), page=pdfs.NUMBERED)
    )
    expected = importing.read(path.read_bytes(), path.name).nodes
    assert [(n.label, n.kind, n.printed, " ".join(n.text.split())) for n in read.nodes] == [
        (n.label, n.kind, n.printed, " ".join(n.text.split())) for n in expected
    ]
