"""Events of evidence bundles. Ids and hashes only."""

from __future__ import annotations

from typing import ClassVar

from consultations.events import ConsultationEvent


class EvidenceAsked(ConsultationEvent):
    audited: ClassVar[bool] = True
    bundle_id: int


class EditionFilesMade(ConsultationEvent):
    """The files of an edition are there, and what they say is what it says now."""

    audited: ClassVar[bool] = True
    edition_id: int


class EditionFilesDropped(ConsultationEvent):
    """The files of an edition say too much by now, and are made anew."""

    audited: ClassVar[bool] = True
    edition_id: int


class VoiceChanged(ConsultationEvent):
    """Whoever said this comment is called otherwise now, or nobody knows who they were.

    One for each: an entry that named several would say that one person had said them.
    """

    audited: ClassVar[bool] = True
    comment_id: int


class VoicesChanged(ConsultationEvent):
    """The same of some comments of the consultation."""


class EvidenceMade(ConsultationEvent):
    """The bundle is ready; ``manifest``: the SHA-256 by which anybody knows it again."""

    audited: ClassVar[bool] = True
    bundle_id: int
    manifest: str


class EvidenceReplaced(ConsultationEvent):
    """A public bundle is no longer to be downloaded; its manifest's hash stays listed."""

    audited: ClassVar[bool] = True
    bundle_id: int
