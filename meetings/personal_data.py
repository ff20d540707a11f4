"""The register of personal data in meetings (280/97-ВР arts 46, 59)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    impersonal,
    register,
    staff_references,
)
from accounts.models import User
from meetings.models import (
    Body,
    Deputy,
    Faction,
    Item,
    LogEntry,
    Meeting,
    Outcome,
    Presence,
    Question,
    QuestionAppeal,
    QuestionSupport,
    RollCall,
    Seat,
    Speaker,
    Vote,
)

DEPUTIES = _(
    "Who sits in the council, who was present and who voted how is public and kept for ever "
    "(280/97-ВР arts 46, 59); only the link to your account goes"
)
RECORD = _(
    "What was asked and who spoke in an open meeting is part of its record (280/97-ВР art. 46): "
    "it stays without your name. What was never shown is emptied"
)


def _empty_unshown(user: User) -> None:
    """What nobody but who ran the meeting has read goes."""
    Question.objects.filter(author=user).exclude(state__in=Question.PUBLIC).update(text="")


register(
    PersonalData(
        model=Deputy,
        purpose=Purpose.PARTICIPATION,
        title=_("You as a deputy"),
        shown={
            "name": _("full name"),
            "faction__name": _("faction"),
            "since": _("since"),
            "until": _("until"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={"user": None},
        kept_because=DEPUTIES,
    ),
    PersonalData(
        model=Seat,
        purpose=Purpose.PARTICIPATION,
        title=_("Your seats in bodies of the council"),
        whose=("deputy__user",),
        shown={"body__name": _("body"), "since": _("since"), "until": _("until")},
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
    ),
    PersonalData(
        model=Presence,
        purpose=Purpose.PARTICIPATION,
        title=_("Meetings at which you were present"),
        whose=("deputy__user",),
        shown={"meeting__title": _("meeting"), "came_at": _("from"), "left_at": _("until")},
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
    ),
    PersonalData(
        model=Vote,
        purpose=Purpose.PARTICIPATION,
        title=_("Your votes in roll-calls"),
        whose=("deputy__user",),
        shown={
            "roll_call__question": _("question"),
            "choice": pgettext_lazy("noun", "vote"),
            "at": _("when"),
        },
        said={"choice": lambda choice: Vote.Choice(choice).label},
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
    ),
    PersonalData(
        model=Question,
        purpose=Purpose.PARTICIPATION,
        title=_("Your questions to meetings"),
        whose=("author",),
        shown={
            "meeting__title": _("meeting"),
            "text": _("question"),
            "state": _("what became of it"),
            "asked_at": _("when"),
            "hidden_reason": _("why it is not shown"),
            "answer": _("answer"),
            "answered_at": _("answered"),
        },
        said={"state": lambda state: Question.State(state).label},
        on_erasure=OnErasure.KEPT,
        erase=_empty_unshown,
        kept_because=RECORD,
    ),
    PersonalData(
        model=QuestionSupport,
        purpose=Purpose.PARTICIPATION,
        title=_("Questions of others that you support"),
        shown={"question__text": _("question"), "at": _("when")},
    ),
    PersonalData(
        model=QuestionAppeal,
        purpose=Purpose.PARTICIPATION,
        title=_("Your questions that went on as appeals"),
        whose=("question__author",),
        shown={
            "question__text": _("question"),
            "appeal__number": _("number of the appeal"),
            "at": _("when"),
        },
    ),
    PersonalData(
        model=Speaker,
        purpose=Purpose.PARTICIPATION,
        title=_("Where you asked to speak"),
        shown={
            "item__title": _("item of the agenda"),
            "stance": _("stance"),
            "asked_at": _("when"),
            "began_at": _("began to speak"),
            "ended_at": _("ended"),
        },
        said={"stance": lambda stance: Speaker.Stance(stance).label},
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
    ),
)
staff_references(Outcome, "by", why=_("who published what followed from a meeting"))
staff_references(Vote, "by", why=_("who entered the vote: the deputy themselves or the secretary"))
impersonal(Body, Faction, why="the council's own structure")
impersonal(Meeting, Item, RollCall, why="what the council puts on the agenda")
impersonal(LogEntry, why="ids of what happened, without names")
