"""Personal data in discussions."""

from __future__ import annotations

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    Row,
    impersonal,
    register,
    staff_references,
)
from accounts.models import User
from discussions.models import Comment, Correction, Edit, Flag, Reaction, SpeechSalt, Thread
from discussions.speech.receipts import receipt_of

#: How many characters of somebody’s words say which these are.
EXCERPT = 120

RECORD = _(
    "Part of the record of a public consultation, kept for at least five years "
    "(law 3841-IX arts 7, 14, 15, 20; 2939-VI art. 15)"
)


def _shown_words(of: str) -> Combinable:
    """Beginning of a comment, unless nobody may read it any more: «of» leads there from the row."""
    taken_away = Q(**{f"{of}__hidden_at__isnull": False}) | Q(
        **{f"{of}__deleted_at__isnull": False}
    )
    said = Case(When(**{f"{of}__text": ""}, then=F(f"{of}__proposal")), default=F(f"{of}__text"))
    return Case(
        When(taken_away, then=Value("")),
        default=Left(said, EXCERPT),
        output_field=CharField(),
    )


def _beginning(said: str) -> str:
    """As much of somebody’s words as says which these are, in quotation marks."""
    if not said:
        return gettext("words that are no longer shown")
    return f"«{Truncator(said).chars(EXCERPT - 1)}»"


def _empty_taken_back(user: User) -> None:
    """Delete the words of withdrawn comments that are in no record any more."""
    Comment.objects.filter(author=user, deleted_at__isnull=False).update(
        text="",
        html="",
        proposal="",
        interest="",
        search=None,
        hidden_note="",
        hidden_quote="",
        # What a moderator said of it goes with the words.
        is_hiding_explained=False,
    )


def _with_receipt(row: Row) -> Row:
    """The receipt instead of the salt that it comes from."""
    return {**row, "salt": receipt_of(row["salt"], row["comment"])}


register(
    PersonalData(
        model=Comment,
        purpose=Purpose.PARTICIPATION,
        title=_("Remarks and replies"),
        whose=("author",),
        shown={
            "text": _("text"),
            "proposal": _("proposed wording"),
            "organisation__short_name": _("on behalf of"),
            "interest": _("declared interest"),
            "parent": _("number of what it answers"),
            "answers_to": _("in reply to"),
            "created_at": _("when"),
            "edited_at": _("changed"),
            "deleted_at": _("taken back"),
            "unnamed_at": _("name taken off"),
            "hidden_at": _("hidden by a moderator"),
            "hidden_reason": _("reason"),
            "hidden_quote": _("words that break the rule"),
            "hidden_note": _("the moderator’s note"),
            "agrees": _("agree"),
            "disagrees": _("disagree"),
        },
        beside={"answers_to": _shown_words("parent")},
        said={"answers_to": _beginning},
        for_programs=("parent",),
        on_erasure=OnErasure.KEPT,
        erase=_empty_taken_back,
        kept_because=RECORD,
    ),
    PersonalData(
        model=SpeechSalt,
        purpose=Purpose.PARTICIPATION,
        title=_("Receipts of what you said, in the ledger of speech"),
        whose=("comment__author",),
        shown={"comment": _("number of the remark"), "salt": _("receipt")},
        change=_with_receipt,
        for_programs=("comment",),
    ),
    PersonalData(
        model=Edit,
        purpose=Purpose.PARTICIPATION,
        title=_("What your remarks said before you changed them"),
        whose=("comment__author",),
        shown={
            "comment": _("number of the remark"),
            "text": _("text"),
            "proposal": _("proposed wording"),
            "until": _("until"),
        },
        for_programs=("comment",),
    ),
    PersonalData(
        model=Correction,
        purpose=Purpose.PARTICIPATION,
        title=_("What your official replies said before they were corrected"),
        whose=("comment__author",),
        shown={
            "comment": _("number of the remark"),
            "text": _("text"),
            "at": _("until"),
        },
        for_programs=("comment",),
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
    ),
    PersonalData(
        model=Reaction,
        purpose=Purpose.PARTICIPATION,
        title=_("Agreement and disagreement"),
        shown={
            "comment": _("number of the remark"),
            "remark": _("remark"),
            "value": _("for or against"),
            "at": _("when"),
        },
        beside={"remark": _shown_words("comment")},
        said={"remark": _beginning, "value": words.opinion},
        for_programs=("comment",),
        on_erasure=OnErasure.KEPT,
        counts=True,
        kept_because=_(
            "Counts of a consultation do not change when somebody leaves; no name stays"
        ),
    ),
    PersonalData(
        model=Flag,
        purpose=Purpose.PARTICIPATION,
        title=_("Reports to the moderators"),
        shown={
            "comment": _("number of the remark"),
            "remark": _("remark"),
            "reason": _("reason"),
            "details": _("in your own words"),
            "at": _("when"),
        },
        beside={"remark": _shown_words("comment")},
        said={"remark": _beginning},
        for_programs=("comment",),
        recipients=_("you; the moderators"),
        on_erasure=OnErasure.EMPTIED,
        emptied={"details": ""},
        kept_because=_("What the moderators decided upon; no name and no words of yours stay"),
    ),
)
staff_references(Comment, "hidden_by", "standing_in_for")
staff_references(Correction, "by")
staff_references(Flag, "settled_by")
impersonal(Thread, why="the time when a conversation began")
