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
class EditionFilesMade(ConsultationEvent):
    """The files of an edition are there, and what they say is what it says now."""

    audited: ClassVar[bool] = True
    edition_id: int


@dataclass(frozen=True, slots=True)
class EditionFilesDropped(ConsultationEvent):
    """The files of an edition say too much by now, and are made anew."""

    audited: ClassVar[bool] = True
    edition_id: int


@dataclass(frozen=True, slots=True)
class VoiceChanged(ConsultationEvent):
    """Whoever said this comment is called otherwise now, or nobody knows who they were.

    One for each: an entry that named several would say that one person had said them.
    """

    audited: ClassVar[bool] = True
    comment_id: int


@dataclass(frozen=True, slots=True)
class VoicesChanged(ConsultationEvent):
    """The same of some comments of the consultation."""


@dataclass(frozen=True, slots=True)
class EvidenceMade(ConsultationEvent):
    """The bundle is ready; ``manifest``: the SHA-256 by which anybody knows it again."""

    audited: ClassVar[bool] = True
    bundle_id: int
    manifest: str


@dataclass(frozen=True, slots=True)
class EvidenceReplaced(ConsultationEvent):
    """A public bundle is no longer to be downloaded; its manifest's hash stays listed."""

    audited: ClassVar[bool] = True
    bundle_id: int
