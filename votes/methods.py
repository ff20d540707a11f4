"""Sentences for pages: how each kind of question is answered and counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.domain.typography import group_thousands
from votes.models import Question

if TYPE_CHECKING:
    from django.utils.functional import Promise

_SENTENCES: dict[tuple[str, str], Promise] = {
    ("single", ""): _("Choose one option; the one that most people choose wins."),
    ("multiple", ""): _("Choose several options; the one that most people choose wins."),
    ("approval", ""): _(
        "Choose every option that you would agree to; the one that most people agree to wins."
    ),
    ("yes_no", ""): _("Answer yes, no or abstain; whichever of yes and no gets more votes wins."),
    ("ranked", "runoff"): _(
        "Put the options in order. Round by round the weakest option is eliminated and its "
        "ballots go to their next choice, until one option has more than half."
    ),
    ("ranked", "schulze"): _(
        "Put the options in order. Each option is compared with each other; the one that the "
        "others cannot beat, even by a chain of comparisons, wins."
    ),
    ("score", ""): _("Give each option a score from 0 to 5; the highest total wins."),
    ("points", ""): _("Share out your points among the options; the highest total wins."),
    ("text", ""): _("Answer in your own words; answers are read, not counted."),
}


def sentence(question: Question) -> str:
    """Its method in one sentence, and how many options one may choose."""
    words = str(_SENTENCES[question.kind, question.method])
    if question.kind in (Question.Kind.MULTIPLE, Question.Kind.APPROVAL):
        return " ".join([words, *_limits(question)])
    if question.kind == Question.Kind.POINTS and question.budget:
        if question.in_hryvnias:
            limit = ngettext(
                "You have %(number)s hryvnia.", "You have %(number)s hryvnias.", question.budget
            )
        else:
            limit = ngettext(
                "You have %(number)s point.", "You have %(number)s points.", question.budget
            )
        return f"{words} {limit % {'number': group_thousands(question.budget)}}"
    return words


def _limits(question: Question) -> Iterator[str]:
    """Limits of the number of chosen options, where the question has them."""
    if question.least > 1:
        yield ngettext(
            "At least %(number)d option.", "At least %(number)d options.", question.least
        ) % {"number": question.least}
    if question.most:
        yield ngettext(
            "At most %(number)d option.", "At most %(number)d options.", question.most
        ) % {"number": question.most}
