"""What is held about people in discussions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Fate, Holding, Purpose, deeds, hold, impersonal
from discussions.models import Comment, Edit, Flag, Reaction, Thread

RECORD = _(
    "Part of the record of a public consultation, kept for at least five years "
    "(law 3841-IX arts 7, 14, 15, 20; 2939-VI art. 15)"
)


def _empty_taken_back(user: User) -> None:
    """What she had taken back was in no record any more: its words go."""
    Comment.objects.filter(author=user, deleted_at__isnull=False).update(
        text="", html="", proposal="", interest="", search=None, hidden_note=""
    )


hold(
    Holding(
        model=Comment,
        purpose=Purpose.PARTICIPATION,
        title=_("Remarks and replies"),
        whose=("author",),
        shown={
            "text": _("text"),
            "proposal": _("proposed wording"),
            "organisation__short_name": _("on behalf of"),
            "interest": _("declared interest"),
            "parent": _("in reply to"),
            "created_at": _("when"),
            "edited_at": _("changed"),
            "deleted_at": _("taken back"),
            "hidden_at": _("hidden by a moderator"),
            "hidden_reason": _("reason"),
            "hidden_note": _("the moderator’s note"),
            "agrees": _("agree"),
            "disagrees": _("disagree"),
        },
        fate=Fate.KEPT,
        erase=_empty_taken_back,
        kept_because=RECORD,
    ),
    Holding(
        model=Edit,
        purpose=Purpose.PARTICIPATION,
        title=_("What your remarks said before you changed them"),
        whose=("comment__author",),
        shown={
            "comment": _("remark"),
            "text": _("text"),
            "proposal": _("proposed wording"),
            "until": _("until"),
        },
    ),
    Holding(
        model=Reaction,
        purpose=Purpose.PARTICIPATION,
        title=_("Agreement and disagreement"),
        shown={"comment": _("remark"), "value": _("for (1) or against (−1)"), "at": _("when")},
        fate=Fate.KEPT,
        counts=True,
        kept_because=_(
            "Counts of a consultation do not change when somebody leaves; no name stays"
        ),
    ),
    Holding(
        model=Flag,
        purpose=Purpose.PARTICIPATION,
        title=_("Reports to the moderators"),
        shown={
            "comment": _("remark"),
            "reason": _("reason"),
            "details": _("in your own words"),
            "at": _("when"),
        },
        fate=Fate.EMPTIED,
        emptied={"details": ""},
        kept_because=_("What the moderators decided upon; no name and no words of yours stay"),
    ),
)
deeds(Comment, "hidden_by", "standing_in_for")
deeds(Flag, "settled_by")
impersonal(Thread, why="the time when a conversation began")
