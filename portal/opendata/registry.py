"""All datasets of the catalogue, in the order in which it lists them."""

from __future__ import annotations

from django.http import Http404

from portal.opendata.datasets import Dataset
from portal.opendata.tables import (
    appeals,
    consultations,
    documents,
    indicators,
    meetings,
    petitions,
    polls,
    services,
)

DATASETS: tuple[Dataset, ...] = (
    consultations.CONSULTATIONS,
    consultations.REMARKS,
    consultations.DISPOSITIONS,
    consultations.DECISIONS,
    petitions.PETITIONS,
    petitions.SIGNATURES,
    polls.POLLS,
    polls.RESULTS,
    meetings.ROLL_CALLS,
    appeals.ANSWERS,
    indicators.INDICATORS,
    documents.DOCUMENTS,
    services.SERVICES,
    services.SERVICE_USES,
)
_BY_SLUG = {dataset.slug: dataset for dataset in DATASETS}


def load_dataset(slug: str) -> Dataset:
    """The dataset of this slug; Http404 where there is none."""
    try:
        return _BY_SLUG[slug]
    except KeyError:
        raise Http404 from None
