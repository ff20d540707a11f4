"""Events of the council's registers, with ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class ServiceEvent(Event):
    """Base of events of an electronic service."""

    audited: ClassVar[bool] = True

    service_id: int
    by_id: int


class ServiceAdded(ServiceEvent):
    """A service is in the list of what the council offers."""


class ServiceChanged(ServiceEvent):
    """The name, holder, address or description of a service is other than before."""


class ServiceUseEntered(ServiceEvent):
    """A month's figure was entered, or corrected with a reason."""

    use_id: int


class ServiceConcluded(ServiceEvent):
    """It was publicly concluded what becomes of a service."""

    conclusion_id: int


class DocumentEntryEvent(Event):
    """Base of events of a document that an officer keeps in the register."""

    audited: ClassVar[bool] = True

    document_id: int
    by_id: int


class DocumentRegistered(DocumentEntryEvent):
    """A document was entered into the register by a form or a table."""


class DocumentEntryChanged(DocumentEntryEvent):
    """The entry of a document that officers keep is other than before."""


class DocumentEntryRemoved(DocumentEntryEvent):
    """An entered document is not in the register any more: it was entered by mistake."""
