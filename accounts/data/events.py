"""Events of downloads and erasures. Ids only."""

from __future__ import annotations

from accounts.events import UserEvent


class ExportAsked(UserEvent):
    """Somebody wants everything about themselves; a job makes it."""

    export_id: int


class ExportReady(UserEvent):
    """It can be downloaded, until it expires."""

    export_id: int


class ExportEnded(UserEvent):
    """Its file is gone: deleted, expired, or it could not be made."""

    export_id: int


class UserErased(UserEvent):
    """A person was erased; their contributions stay, as of a deleted user."""
