"""A dataset whose columns change gets a new version: programs read them by name and kind.

After a change raise the dataset's ``version`` and write down here what it has now.
"""

from __future__ import annotations

from hashlib import sha256

import pytest

from portal.opendata.datasets import KINDS, Dataset
from portal.opendata.registry import DATASETS

#: Dataset -> its version, and the fingerprint of its columns.
KNOWN = {
    "consultations": (1, "0d6eaa472614f127"),
    "remarks": (1, "7d52e8981813f6ab"),
    "dispositions": (1, "875a6847d767c6c6"),
    "decisions": (2, "697f65a67223397f"),
    "petitions": (1, "fe57da8450274a16"),
    "signatures": (1, "4f404d093cdbe9b2"),
    "polls": (1, "0833a4247ca3943d"),
    "poll-results": (1, "9c6079e1c575a0db"),
    "roll-calls": (2, "38c1be622376ba50"),
    "answers": (1, "58a94c6529b3711b"),
    "indicators": (2, "8b3b053f88db2caf"),
    "documents": (1, "29d97648dc0ecf70"),
    "services": (1, "d946a87354e53d1c"),
    "service-uses": (1, "57c5010e249c5644"),
}


def fingerprint(dataset: Dataset) -> str:
    columns = [f"{each.name} {each.kind} {each.filled}" for each in dataset.columns]
    return sha256("\n".join(columns).encode()).hexdigest()[:16]


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.slug)
def test_other_columns_are_another_version(dataset):
    assert (dataset.version, fingerprint(dataset)) == KNOWN[dataset.slug]


def test_columns_are_named_once_and_explained():
    assert [*KNOWN] == [dataset.slug for dataset in DATASETS]
    for dataset in DATASETS:
        assert len({*dataset.names}) == len(dataset.names), dataset.slug
        for column in dataset.columns:
            assert column.kind in KINDS
            assert str(column.title), column.name
