"""Forms of secret ballots on paper. They gather what was said; the rules judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import LinesField, RefusableForm, TextField, offer
from meetings.control.forms import SeenItemForm
from meetings.models import Deputy, Meeting, PaperBallot, SecretMatter
from meetings.paper_ballots.arithmetic import NAMES, Figures, chosen_option
from meetings.paper_ballots.presenters import LABELS, name_of
from meetings.paper_ballots.queries import repeatable
from meetings.queries import members_of

if TYPE_CHECKING:
    _DeputiesField = forms.ModelMultipleChoiceField[Deputy]
    _BallotField = forms.ModelChoiceField[PaperBallot]
else:
    _DeputiesField, _BallotField = forms.ModelMultipleChoiceField, forms.ModelChoiceField

#: The largest number on paper.
_MOST = 10_000


class BallotForm(SeenItemForm):
    """Which matter it is, what stands on the ballot, who counts."""

    refused_at = {
        "paper_ballot.not_secret": "matter",
        "paper_ballot.question_missing": "question",
        "paper_ballot.options": "options",
        "paper_ballot.commission": "commission",
        "paper_ballot.not_to_repeat": "repeats",
    }

    matter = forms.ChoiceField(
        label=_("Which of the matters of art. 59(3)"),
        choices=SecretMatter.choices,
        help_text=_(
            "Every other decision is made by an open vote by name. Art. 59(3) refers to arts 26, "
            "43, 55 and 56, whose words here are not checked against the text: compare them."
        ),
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What is decided"), choices=PaperBallot.Kind.choices, widget=forms.RadioSelect
    )
    question = TextField(
        label=_("What stands on the ballot"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    options = LinesField(
        label=_("Candidates, one a line"),
        required=False,
        max_length=6000,
        help_text=_("Of a decision nothing: it is for or against."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    commission = _DeputiesField(
        Deputy.objects.none(),
        label=_("Counting commission, chosen by the council"),
        help_text=_("At least three; two of them enter the protocol by their own accounts."),
        widget=forms.CheckboxSelectMultiple,
    )
    repeats = _BallotField(
        PaperBallot.objects.none(),
        label=_("Repeats a ballot that has chosen nothing"),
        required=False,
        empty_label=_("no, it is the first one"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "commission", members_of(meeting).order_by("name_key", "pk"))
        undecided = [
            row.pk
            for row in repeatable(meeting)[:50]
            if row.protocol is not None and chosen_option(row, row.protocol.votes) is None
        ]
        offer(self, "repeats", PaperBallot.objects.filter(pk__in=undecided))
        if not undecided:
            del self.fields["repeats"]


class ProtocolForm(RefusableForm):
    """The figures of the commission's protocol, one field for each option."""

    refused_at = {
        "paper_ballot.receipts": "issued",
        "paper_ballot.issued": "issued",
        "paper_ballot.in_box": "in_box",
        "paper_ballot.votes": "valid",
    }

    def __init__(self, *args: Any, ballot: PaperBallot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = range(len(ballot.options))
        for name in NAMES:
            self.fields[name] = _number(LABELS[name])
        for place in self.places:
            self.fields[f"votes_{place}"] = _number(name_of(ballot, place))

    @property
    def figures(self) -> Figures:
        data = self.cleaned_data
        votes = tuple(data[f"votes_{place}"] for place in self.places)
        issued, in_box, not_returned, valid, spoiled = (data[name] for name in NAMES)
        return Figures(issued, in_box, not_returned, valid, spoiled, votes)

    @staticmethod
    def initial_of(figures: Figures) -> dict[str, int]:
        """Former entries of a member."""
        votes = {f"votes_{place}": number for place, number in enumerate(figures.votes)}
        return {**{name: getattr(figures, name) for name in NAMES}, **votes}


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=_MOST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )


class ScanForm(RefusableForm):
    """The signed protocol."""

    refused_at = dict.fromkeys(
        (
            *("file.empty", "file.too_large", "file.type", "file.macros", "file.damaged"),
            *("file.too_many_pixels", "file.busy"),
        ),
        "file",
    )

    file = forms.FileField(
        label=_("Scan of the signed protocol"),
        help_text=_("The protocol alone, never a ballot: PDF, PNG or JPEG, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )


class CancelForm(RefusableForm):
    """Why it is annulled."""

    refused_at = {"paper_ballot.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        error_messages={"required": _("Please give the reason.")},
    )
