"""The folder of bundle files."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from consultations.evidence.models import EvidenceBundle


def folder() -> Path:
    """The private folder of bundles; made on first use, for the server's own account alone."""
    place = Path(settings.PRIVATE_ROOT) / "evidence"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(bundle: EvidenceBundle) -> Path:
    return folder() / Path(bundle.file).name
