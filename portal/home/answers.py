"""The latest answers: of petitions, consultations and polls, in one short list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.presenters import ListedConsultation
from petitions.presenters import ListedPetition
from votes.models import Poll

#: So many stand on the first page.
MOST = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the council. ``label``: what it is, in words; ``decided``: the beginning of what
    was decided, where that is short enough to be told in a line."""

    at: datetime
    title: str
    url: str
    label: str
    decided: str = ""


def newest_answers(
    petitions: Iterable[ListedPetition],
    reported: Iterable[ListedConsultation],
    polls: Iterable[Poll],
) -> list[Answer]:
    """The newest of all three kinds, the newest first. No query."""
    found = [
        *(_of_petition(each, at) for each in petitions if (at := each.petition.answered_at)),
        *(_of_report(each, at) for each in reported if (at := each.consultation.reported_at)),
        *(_of_poll(each, at) for each in polls if (at := each.published_at)),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def _of_petition(shown: ListedPetition, at: datetime) -> Answer:
    row = shown.petition
    answer = getattr(row, "answer", None)
    url = reverse("petitions:answer", args=[row.pk])
    return Answer(at, row.title, url, str(shown.state_label), answer.decided if answer else "")


def _of_report(shown: ListedConsultation, at: datetime) -> Answer:
    row = shown.consultation
    return Answer(at, row.title, row.get_absolute_url(), shown.state_label)


def _of_poll(poll: Poll, at: datetime) -> Answer:
    url = reverse("votes:results", args=[poll.pk])
    return Answer(at, poll.title, url, _("results of the poll"))
