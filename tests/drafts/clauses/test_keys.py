"""Short keys of clauses: pages name a clause by them, and whole keys are understood too."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from drafts.clauses.keys import anchor_of, range_of, short_key_of
from drafts.models import Clause
from drafts.versions import actions as drafts
from drafts.versions.published import key_named, text_of
from tests import factories

KEY = UUID("1a2b3c4d-0000-4000-8000-000000000001")


def test_the_first_eight_digits():
    assert short_key_of(KEY) == "1a2b3c4d"
    assert anchor_of(KEY) == "c-1a2b3c4d"


@pytest.mark.parametrize("asked", ["", "1a2b3c4", "1A2B3C4D", "xxxxxxxx", "1a2b3c4d5", "\0" * 8])
def test_what_is_no_key_names_nothing(asked):
    assert range_of(asked) is None


def test_a_clause_is_found_by_both(db):
    version = factories.draft().versions.get()
    text = text_of(version.pk)
    clause = text.clauses[2]
    for asked in (clause.short_key, str(clause.key)):
        assert text.find(asked) == clause
        assert key_named(version.draft_id, asked) == clause.key
    unknown = uuid4()
    assert text.find("x") is text.find(str(unknown)) is None
    assert key_named(version.draft_id, "x") is key_named(None, clause.short_key) is None
    assert key_named(version.draft_id, str(unknown)) == unknown  # of a clause that is gone, perhaps


def test_two_of_a_version_never_begin_alike(ofi):
    version = drafts.import_draft(factories.DRAFT.encode(), name="v1.txt", by=ofi)
    first, second, *_rest = version.outline()
    alike = UUID(first.short_key + second.key.hex[8:])
    with pytest.raises(IntegrityError, match="short_key"), transaction.atomic():
        Clause.objects.filter(pk=second.pk).update(key=alike)
