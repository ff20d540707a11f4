"""Faults of what documents tell, each with the test that is named for catching it."""

from __future__ import annotations

from tests.faults.fault import Fault

_LISTS = "tests/architecture/test_published_fields.py"

DOCUMENT_FAULTS = (
    Fault(
        "a new column that every document forgets",
        "consultations/papers/models.py",
        '    url = models.URLField(_("address"), max_length=500)\n',
        '    url = models.URLField(_("address"), max_length=500)\n'
        '    note = models.CharField(max_length=100, default="")\n',
        f"{_LISTS}::test_each_editable_column_is_told_or_left_out",
    ),
    Fault(
        "a column that the evidence tells no more",
        "consultations/evidence/things.py",
        "facts(is_cover=each.is_cover, sha256=",
        "facts(sha256=",
        f"{_LISTS}::test_the_documents_code_names_what_is_told",
    ),
)
