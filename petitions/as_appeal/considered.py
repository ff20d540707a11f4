"""The appeal as which a petition without enough signatures is considered: what everybody may know.

An appeal is private. Of one that was a petition, which everybody has read, its number, its term and
when it ended are public, and whether by an answer or by being forwarded; its texts, its other
endings and the answer itself are not (docs/adr/0063-petitions-as-appeals.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from appeals.models import OPEN_STATES, Appeal, State
from core.domain.calendar import last_date
from petitions.models import Petition

_READ = frozenset(
    {
        *("id", "registered_on", "number", "due_at", "closed_at", "answered_at", "accepted_at"),
        *("reopened_at", "withdrawn_at", "returned_at", "forwarded_at", "refused_at", "moved_at"),
        "given_back_at",
    }
)
#: What pages of a petition do not read of its appeal, for ``defer()`` beside
#: ``select_related("appeal")``.
UNREAD = tuple(
    f"appeal__{field.name}" for field in Appeal._meta.concrete_fields if field.name not in _READ
)


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """An appeal at one moment, as pages of its petition tell of it."""

    appeal_id: int
    label: str
    state: State
    due_on: date
    closed_at: datetime | None

    @classmethod
    def of(cls, appeal: Appeal, now: datetime) -> AppealFacts:
        state, due_on = appeal.state_at(now), last_date(appeal.due_at)
        return cls(appeal.pk, appeal.label, state, due_on, appeal.closed_at)

    @property
    def is_open(self) -> bool:
        """The council owes its answer."""
        return self.state in OPEN_STATES

    @property
    def is_answered(self) -> bool:
        """Its author has the answer."""
        return self.state == State.ANSWERED

    @property
    def words(self) -> str:
        """The appeal's public state, in words."""
        told = {
            State.ANSWERED: _("Appeal № %(number)s: the author has got the answer"),
            State.FORWARDED: _("Appeal № %(number)s: forwarded to the competent body"),
        }
        ended = _("Appeal № %(number)s: its consideration has ended")
        words = (
            _("Considered as appeal № %(number)s") if self.is_open else told.get(self.state, ended)
        )
        # The sign stays with its number.
        return (words % {"number": self.label}).replace("№ ", "№\u00a0")


def considered_as(petition: Petition, now: datetime) -> AppealFacts | None:
    """The appeal as which a petition is considered, where it was read with it (``select_related``);
    None where it is none, or a list did not read it. Asks no database."""
    is_read = Petition._meta.get_field("appeal").is_cached(petition)
    return load_considered(petition, now) if is_read else None


def answer_due_on(petition: Petition, now: datetime) -> date | None:
    """By when the council answers, to what it decided or as an appeal that was read with it."""
    considered = considered_as(petition, now)
    return considered.due_on if considered else petition.answer_due_on


def load_considered(petition: Petition, now: datetime) -> AppealFacts | None:
    """The appeal as which a petition is considered, unless it was given back; a query where the
    petition was read without it."""
    if petition.reached_at or petition.appeal is None:
        return None
    return AppealFacts.of(petition.appeal, now)
