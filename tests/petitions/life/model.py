"""What a petition's life must be: a model that knows nothing of the database."""

from __future__ import annotations

from datetime import date, datetime

from petitions.models import Signature, State

THRESHOLD = 3
Status = Signature.Status


class Model:
    """What has happened to one petition, and where it must stand therefore."""

    def __init__(self) -> None:
        self.submitted = self.refused = self.published = self.withdrawn = False
        self.reached = self.review = self.agenda = self.answered = self.handed_over = False
        #: The author has the answer to the appeal that it is.
        self.appeal_answered = False
        self.decision = ""
        #: The database's clock, which stands still between steps.
        self.now: datetime
        self.closes_at: datetime | None = None
        self.session_on: date | None = None
        #: Id of a signature -> its status.
        self.status: dict[int, Status] = {}

    @property
    def state(self) -> State:
        if self.withdrawn:
            return State.WITHDRAWN
        if not self.submitted:
            return State.DRAFT
        if not self.published:
            return State.REFUSED if self.refused else State.MODERATION
        if self.answered:
            return State.ANSWERED
        if self.decision:
            return State(self.decision)
        if self.review:
            return State.AGENDA if self.agenda else State.REVIEW
        if self.reached:
            return State.REACHED
        return State.COLLECTING if self.now < self.closes_at else State.NOT_REACHED

    @property
    def is_open(self) -> bool:
        return self.state in (State.COLLECTING, State.REACHED) and self.now < self.closes_at

    def counted(self) -> int:
        return sum(status == Status.COUNTED for status in self.status.values())

    def is_settled(self) -> None:
        """Somebody with the petition's lock has counted."""
        ended = self.withdrawn or self.review or self.answered or self.appeal_answered
        if self.published and not ended:
            self.reached = self.counted() >= THRESHOLD
