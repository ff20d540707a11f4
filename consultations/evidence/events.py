"""Events of evidence bundles. Ids and hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultations.events import ConsultationEvent


@dataclass(frozen=True, slots=True)
class EvidenceAsked(ConsultationEvent):
    audited: ClassVar[bool] = True
    bundle_id: int


@dataclass(frozen=True, slots=True)
class EvidenceMade(ConsultationEvent):
    """The bundle is ready; ``manifest``: the SHA-256 by which anybody knows it again."""

    audited: ClassVar[bool] = True
    bundle_id: int
    manifest: str
