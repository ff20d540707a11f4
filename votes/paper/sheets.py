"""Paper ballots as PDF: what the form on the screen asks, to be filled in by hand, numbered.

In the order of the list and in the state's language (law 2704-VIII art. 13). Nothing is kept of it:
a number counts when somebody types it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.export.prints import setting
from votes import pages
from votes.ballots.forms import TICKED
from votes.models import Poll, Question
from votes.presenters import ShownQuestion

Kind = Question.Kind
#: Of one file.
MOST = 200

_TEMPLATE = Path(__file__).resolve().parent / "sheet.typ"
#: How each kind is filled in, where it is not ticked.
_MARKS = {Kind.RANKED: "place", Kind.SCORE: "score", Kind.POINTS: "points", Kind.TEXT: "text"}


def sheets_pdf(poll: Poll, numbers: Iterable[int]) -> bytes:
    """A tagged PDF (PDF/UA-1): an empty ballot for each of the numbers."""
    with translation.override(settings.LANGUAGE_CODE):
        return setting.pdf(
            _TEMPLATE,
            settings.LANGUAGE_CODE,
            title=poll.title,
            numbers=[str(number) for number in numbers],
            questions=[_question(asked) for asked in pages.questions_of(poll)],
            words={
                "how": _("Fill the sheet in yourself, by pen. Do not sign it."),
                "end": _(
                    "The poll is advisory. Two people of the office type the sheet, each without "
                    "seeing what the other has typed."
                ),
            },
        )


def _question(asked: ShownQuestion) -> dict[str, Any]:
    question = asked.question
    names = [option.text for option in asked.options]
    if question.kind == Kind.YES_NO:
        names = [str(pages.WORDS[word]) for word in ("yes", "no", "abstain")]
    return {
        "text": question.text,
        "how": f"{_how(question)} {asked.sentence}",
        "kind": "tick" if question.kind in TICKED else _MARKS[Kind(question.kind)],
        "options": names,
        "none": _("none of these") if question.none_of_these else "",
    }


def _how(question: Question) -> str:
    return {
        Kind.SINGLE: _("Mark one box."),
        Kind.YES_NO: _("Mark one box."),
        Kind.MULTIPLE: _("Mark the boxes that you choose."),
        Kind.APPROVAL: _("Mark the boxes that you choose."),
        Kind.RANKED: _("Write 1 beside the option that you like best, then 2, and so on."),
        Kind.SCORE: _("Mark one number beside each option."),
        Kind.POINTS: _("Write beside the options how much you give them."),
        Kind.TEXT: _("Write legibly, on these lines."),
    }[Kind(question.kind)]
