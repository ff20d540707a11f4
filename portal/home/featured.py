"""The one matter that moves now, which the first page shows larger than the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultations.presenters import ListedConsultation
from meetings.presenters import ShownMeeting
from petitions.presenters import ListedPetition
from votes.presenters import ShownPoll

type Shown = ListedConsultation | ListedPetition | ShownMeeting | ShownPoll


@dataclass(frozen=True, slots=True)
class Pulse:
    """Data of the first page to choose from. ``live``: open consultations with how many remarks
    each got lately, the most first.
    """

    meetings: Sequence[ShownMeeting]
    live: Sequence[tuple[ListedConsultation, int]]
    petitions: Sequence[ListedPetition]
    polls: Sequence[ShownPoll]
    consultations: Sequence[ListedConsultation]


@dataclass(frozen=True, slots=True)
class Featured:
    """A matter as its presenter shows it. ``kind``: meeting, consultation, petition or poll;
    ``count``: of the last hours' remarks, or of the last week's signatures."""

    kind: str
    shown: Shown
    count: int = 0


def choose_featured(pulse: Pulse) -> Featured | None:
    """A meeting that goes on; else where most people speak now; else the petition that most signed
    in the last week; else the poll or the consultation that closes soonest; None: nothing is open.
    """
    for meeting in pulse.meetings:
        if meeting.is_running:
            return Featured("meeting", meeting)
    for consultation, count in pulse.live:
        return Featured("consultation", consultation, count)
    signed = [(_week(each), each) for each in pulse.petitions if _week(each)]
    if signed:
        count, petition = max(signed, key=lambda pair: pair[0])
        return Featured("petition", petition, count)
    choices: list[tuple[str, Sequence[Any]]] = [
        ("poll", pulse.polls),
        ("consultation", pulse.consultations),
        ("petition", pulse.petitions),
        ("meeting", pulse.meetings),
    ]
    return next((Featured(kind, rows[0]) for kind, rows in choices if rows), None)


def _week(shown: ListedPetition) -> int:
    total = getattr(shown.petition, "total", None)
    return total.week if total else 0
