"""Suggestions before somebody writes anew: open consultations, petitions, public answers."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appeals.models import Answer
from consultations import queries
from consultations.models import Consultation
from consultations.presenters import ShownConsultation
from core.domain.typography import group_thousands
from petitions import queries as petition_reading
from petitions.models import Petition
from petitions.presenters import ListedPetition
from petitions.querysets import LISTS
from portal.tracks.likeness import Sought, finder
from portal.tracks.presenters import Matter


@finder(gettext_lazy("The city discusses this now"))
def consultations(sought: Sought) -> list[Matter]:
    """Consultations in which one may speak now: one query."""
    rows = sought.candidates(queries.for_page(Consultation.objects.open()))
    found = sought.select(rows, lambda row: f"{row.summary} {row.problem}")
    return [_of_consultation(ShownConsultation.of(row)) for row in found]


def _of_consultation(shown: ShownConsultation) -> Matter:
    consultation = shown.consultation
    return Matter(
        url=consultation.get_absolute_url(),
        title=consultation.title,
        summary=consultation.summary,
        state_kind=shown.state_kind,
        state_label=shown.state_label,
        link=_("Read the draft"),
        closes_at=consultation.closes_at,
        now=shown.now,
        speak_url=reverse("consultations:speak", args=[consultation.pk]),
    )


@finder(gettext_lazy("People have asked for this"))
def petitions(sought: Sought) -> list[Matter]:
    """Petitions that may be signed now or were answered: one query."""
    those = Petition.objects.published().filter(LISTS["collecting"] | LISTS["answered"])
    rows = sought.candidates(petition_reading.for_lists(those))
    found = sought.select(rows, lambda row: row.opening)
    return [_of_petition(ListedPetition.of_list(row)) for row in found]


def _of_petition(shown: ListedPetition) -> Matter:
    petition = shown.petition
    signatures = ngettext("%(number)s signature", "%(number)s signatures", shown.counted)
    return Matter(
        url=petition.get_absolute_url(),
        title=petition.title,
        summary=shown.opening,
        state_kind=shown.state_kind,
        state_label=shown.state_label,
        link=_("Sign this petition") if shown.is_open else _("Read what the council answered"),
        note=signatures % {"number": group_thousands(shown.counted)},
        closes_at=petition.closes_at if shown.is_open else None,
        now=shown.now,
    )


@finder(gettext_lazy("The council has answered this"))
def answers(sought: Sought) -> list[Matter]:
    """Questions and answers that everybody reads, without anything of who asked: one query."""
    published = Answer.objects.published().annotate(title=F("public_subject"))
    rows = sought.candidates(published, "public_search")
    found = sought.select(rows, lambda row: f"{row.public_question} {row.public_text}")
    return [_of_answer(row) for row in found]


def _of_answer(answer: Answer) -> Matter:
    return Matter(
        url=reverse("appeals:answer", args=[answer.pk]),
        title=answer.public_subject,
        summary=answer.public_text,
        state_kind="done",
        state_label=_("answered"),
        link=_("Read what the council answered"),
    )
