"""Events of the audit log itself. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class AuditRead(Event):
    """An administrator has looked into the audit log.

    ``kind`` and ``number``: about what; ``user_id``: about whom; ``is_download``: as a file.
    """

    audited: ClassVar[bool] = True
    by_id: int
    kind: str
    number: int | None
    user_id: int | None
    is_download: bool


class HeadSealed(Event):
    """A sealed file of a day's head was uploaded."""

    audited: ClassVar[bool] = True
    by_id: int
    anchor_id: int
