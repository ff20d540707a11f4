"""Events of panels. Ids only; an answer is no event."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class PanelEvent(Event):
    """Base of events of a panel; ``by_id`` is None where a job did it."""

    audited: ClassVar[bool] = True
    panel_id: int
    by_id: int | None


class PanelPrepared(PanelEvent):
    """Question, source of the seed and times are named."""


class PanelListed(PanelEvent):
    """The list of keys is public."""


class PanelDrawn(PanelEvent):
    """The lot is drawn: its members may answer from now on."""


class PanelClosed(PanelEvent):
    """A panel was closed: its results are public, and no key is linked to a person any more."""


class PanelConsentGiven(Event):
    """Somebody agreed to be drawn."""

    audited: ClassVar[bool] = True
    user_id: int
    by_id: int


class PanelConsentTakenBack(Event):
    """Somebody withdrew their consent to be drawn."""

    audited: ClassVar[bool] = True
    user_id: int
    by_id: int
