"""Queries of a consultation in which somebody speaks or reacts: what the rules ask, in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Expression,
    QuerySet,
    Value,
)

from consultations.models import (
    Consultation,
    Remark,
)
from core.db.statements import Asked, IsAnyOf, Statement
from core.domain.clock import Now
from discussions import said_before, voices

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from accounts.models import User
from typing import TYPE_CHECKING

from consultations.queries import newest_text

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from accounts.models import User


class SpeakingFacts(TypedDict):
    """Facts read by ``to_speak_in`` beside a consultation's own columns."""

    now: datetime
    text_id: int | None
    has_voices: bool
    is_said: bool


@dataclass(frozen=True, slots=True)
class ConsultationToSpeakIn:
    """A consultation as the form of a remark needs it, at the database's time ``now``.

    ``text_id``: the id of the newest published version; ``has_voices``: whether the person may
    speak for any organisation; ``is_said``: whether they have said these very words here today.
    """

    consultation: Consultation
    now: datetime
    text_id: int | None
    has_voices: bool
    is_said: bool


def to_speak_in(pk: int, user: User, words: str = "") -> ConsultationToSpeakIn | None:
    """The consultation as the form of a remark needs it, if ``user`` may see it: one query.

    ``words``: what is about to be said, as discussions.said_before folds it.
    """
    if user.grants_in_force:
        visible = Consultation.objects.visible_to(user).filter(pk=pk)
        row = _for_speaking(visible, user.pk, Value(words)).first()
    else:
        row = _TO_SPEAK_IN.first(pk=pk, user=user.pk, words=words)
    return _to_speak_in(row) if row else None


def _to_speak_in(row: WithAnnotations[Consultation, SpeakingFacts]) -> ConsultationToSpeakIn:
    return ConsultationToSpeakIn(row, row.now, row.text_id, row.has_voices, row.is_said)


def _for_speaking(
    consultations: QuerySet[Consultation], user_id: int | Asked, words: Expression
) -> QuerySet[WithAnnotations[Consultation, SpeakingFacts]]:
    # By its author alone: else PostgreSQL goes through the index of the whole thread too, which
    # takes longer with each remark that anybody makes.
    same = said_before.of_author(user_id, words).filter(parent=None)
    return (
        consultations.select_related("procedure")
        .only(
            "procedure__participants",
            "procedure__min_age",
            "title",
            "report_due_on",
            "draft",
            "thread",
            "department",
            "opens_at",
            "closes_at",
            "announced_at",
            "reported_at",
            "withdrawn_at",
            "asks_full_name",
            "names_with_proposals",
            "premoderates",
            "premoderated_until",
            "premoderation_reason",
        )
        .annotate(
            now=Now(),
            text_id=newest_text("pk"),
            has_voices=voices.any_of(user_id),
            is_said=IsAnyOf("thread", same),
        )
    )


def to_react_to(pk: int, remark_pk: int, user: User) -> Remark | None:
    """A remark of the consultation, with what supporting it takes, if ``user`` may see it: one
    query."""
    if user.grants_in_force:
        remarks = Remark.objects.visible_to(user).filter(pk=remark_pk, consultation=pk)
        return _for_reacting(remarks).first()
    return _TO_REACT_TO.first(pk=pk, remark=remark_pk)


def _for_reacting(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    return remarks.select_related("comment", "consultation__procedure").only(
        "comment__author", "consultation__procedure__participants",
        "consultation__procedure__min_age", "consultation__thread",
    )  # fmt: skip


#: For everybody but staff: people post in crowds. (What visible_to gives whoever holds no grant.)
_TO_SPEAK_IN = Statement(
    lambda: _for_speaking(
        Consultation.objects.published().filter(pk=Asked("pk")), Asked("user"), Asked("words")
    )
)


_TO_REACT_TO = Statement(
    lambda: _for_reacting(
        Remark.objects.public().filter(pk=Asked("remark"), consultation=Asked("pk"))
    )
)
