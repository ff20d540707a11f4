"""Statement of reasons: what the author of hidden words is told of the decision, page and mail.

The model is art. 17 of the EU's Digital Services Act: the rule, the facts, whether a program picked
the words out, and the ways to contest it. The author alone reads it: it may quote their words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from discussions.grounds import rule_of
from discussions.models import Comment
from moderation.models import Ruling, Why
from moderation.places import Place

#: By what nobody but a program picks words out to be read.
_BY_PROGRAM = frozenset({Why.WORD, Why.REPEAT, Why.BURST, Why.LINK, Why.FIRST})


@dataclass(frozen=True, slots=True)
class Statement:
    """The reasons of a hiding that is in force."""

    ground: str
    #: On which rule and act the ground stands.
    rule: str
    #: Of a proposal that is not considered for this: the article; of another: "".
    article: str
    #: Whether it is a proposal on which the council decides all the same.
    is_considered: bool
    quote: str
    note: str
    #: Whether people or a program had picked it out to be read, in a sentence.
    picked: str
    #: The last day on which the reader may contest it here; None: they may not.
    until: date | None


def statement_of(
    comment: Comment, ruling: Ruling, place: Place | None, *, is_owner: bool
) -> Statement:
    """Statement about a comment that ``ruling`` hid, for its author; ``is_owner``: they may
    contest.
    """
    unconsidered = place.unconsidered if place and comment.parent_id is None else None
    article = (unconsidered or {}).get(ruling.rule, "")
    return Statement(
        ground=ruling.get_rule_display(),
        rule=rule_of(ruling.rule),
        article=article,
        is_considered=unconsidered is not None and not article,
        quote=comment.hidden_quote,
        note=comment.hidden_note,
        picked=_picked_words(ruling),
        until=ruling.contest_last_day if is_owner else None,
    )


def _picked_words(ruling: Ruling) -> str:
    if ruling.picked_by is None:
        return _("It was not kept whether a program had picked it out. A moderator decided.")
    program = [str(Why(why).label) for why in ruling.picked_by if why in _BY_PROGRAM]
    if program:
        words = _("A program had picked it out to be read: %(why)s. A moderator decided.")
        return words % {"why": "; ".join(program)}
    if Why.REPORTED in ruling.picked_by:
        return _("Readers had reported it; no program picked it out. A moderator decided.")
    if Why.HELD in ruling.picked_by:
        return _(
            "Moderators read everything there before it is shown; no program picked it out. A "
            "moderator decided."
        )
    return _("A moderator found it and decided; no program picked it out.")
