"""Forms of moderation: to report, to hide, to contest, to decide on a contest, lists of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from core.web.forms import RefusableForm, TextField, offer_choices
from discussions.grounds import EVERYWHERE, LONGEST_QUOTE
from discussions.models import Comment, HideReason
from moderation.models import LONGEST_CONTEST, Contest
from moderation.places import Place
from votes.models import Text


class ReportForm(RefusableForm):
    """Form for a reader's report of a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=EVERYWHERE, widget=forms.RadioSelect
    )
    details = TextField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        help_text=_("Only moderators read it. Its author is not told who reported it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HideForm(RefusableForm):
    """Why a comment is hidden. One of many on a page, hence the prefix.

    ``place``: of a proposal it says by which grounds the council is free from deciding on it.
    """

    one_of = ("quote", "note")
    refused_at: ClassVar[Mapping[str, str]] = {
        "moderation.facts_missing": "quote",
        "moderation.quote_not_found": "quote",
    }

    reason = forms.ChoiceField(label=_("Reason, shown to all"), widget=forms.RadioSelect)
    quote = TextField(
        label=_("Words that break the rule"),
        max_length=LONGEST_QUOTE,
        required=False,
        help_text=_("Copied from the text. The author alone reads them."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = TextField(
        label=_("Note to the author"),
        max_length=500,
        required=False,
        help_text=_("Goes to the author with the mail. Needed where no words are quoted."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, comment: Comment, place: Place | None = None, **kwargs: Any
    ) -> None:
        kwargs["prefix"] = f"c{comment.pk}"
        super().__init__(*args, **kwargs)
        unconsidered = place.unconsidered if place and comment.parent_id is None else None
        if unconsidered is not None:
            self.fields["reason"].help_text = _(
                "Each hides the words. A decision on the proposal is needed all the same, unless "
                "the ground says that it is not considered."
            )
        offer_choices(self, "reason", _grounds(unconsidered or {}))


def _grounds(unconsidered: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The grounds; of a proposal those by which it is not considered with their articles."""
    told: list[tuple[str, Any]] = []
    for ground, label in HideReason.choices:
        if article := unconsidered.get(ground):
            words = gettext("%(ground)s – not considered: %(article)s")
            told.append((ground, words % {"ground": label, "article": article}))
        elif ground != HideReason.UNNAMED:
            told.append((ground, label))
    return told


class WordsForm(RefusableForm):
    """Words and phrases for the council's list, one a line."""

    words = TextField(
        label=_("Words or phrases, one a line"),
        max_length=5000,
        help_text=_("Each is found in all its forms: «реклама» also as «рекламою»."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SavedReasonForm(RefusableForm):
    """A rule and a note to authors that moderators use again."""

    rule = forms.ChoiceField(label=_("Rule"), choices=EVERYWHERE, widget=forms.RadioSelect)
    note = TextField(
        label=_("Note to the author"),
        max_length=500,
        help_text=_("Say what the author may write instead."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ContestForm(RefusableForm):
    """Why the hiding of one's words was wrong."""

    words = TextField(
        label=_("Why is the decision wrong?"),
        max_length=LONGEST_CONTEST,
        help_text=_("Only moderators read it. Another one than who hid your words decides."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DecideForm(RefusableForm):
    """The decision on a contest. One of many on a page, hence the prefix."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Contest.Outcome.OVERTURNED, _("Show it again: the hiding was wrong")),
            (Contest.Outcome.UPHELD, _("Leave it hidden: the hiding was right")),
        ],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("Reason"),
        max_length=LONGEST_CONTEST,
        help_text=_("The author reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refused_at: ClassVar[Mapping[str, str]] = {"contest.reason_missing": "reason"}

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        kwargs["prefix"] = f"k{contest.pk}"
        super().__init__(*args, **kwargs)


class PremoderationForm(RefusableForm):
    """For how long moderators read first, and why. One of many on a page, hence the prefix."""

    hours = forms.ChoiceField(
        label=_("For how long"),
        choices=[(6, _("6 hours")), (24, _("a day")), (72, _("three days")), (168, _("a week"))],
    )
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Everybody reads it on the consultation’s page."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        kwargs["prefix"] = f"p{consultation.pk}"
        super().__init__(*args, **kwargs)


class HideTextForm(RefusableForm):
    """Why an answer to a poll is not shown. One of many on a page, hence the prefix."""

    reason = forms.ChoiceField(
        label=_("Reason, shown to its author"), choices=EVERYWHERE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        kwargs["prefix"] = f"t{text.pk}"
        super().__init__(*args, **kwargs)
