"""The form of a procedure: what law or the council's own decision asks of a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.lists.forms import CityRowForm
from consultations.checklist.items import ITEMS
from consultations.models import Procedure
from core.web.forms import LinesField, RefusableForm
from discussions.models import HideReason

_NUMBER = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class GroundsField(LinesField):
    """Grounds of hiding, each with an article: «ground: article», one a line."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{_labels().get(ground, ground)}: {value[ground]}" for ground in value)

    def to_python(self, value: Any) -> Any:
        grounds = {label.casefold(): ground for ground, label in _labels().items()}
        found = {}
        for line in super().to_python(value):
            label, _colon, article = line.partition(":")
            ground = grounds.get(label.strip().casefold())
            if ground is None or not article.strip():
                raise forms.ValidationError(
                    gettext("“%(line)s”: write one of these, a colon, the article: %(grounds)s.")
                    % {"line": line, "grounds": "; ".join(_labels().values())},
                    code="procedure.no_such_ground",
                )
            found[ground] = article.strip()
        return {ground: found[ground] for ground in HideReason.values if ground in found}


def _labels() -> dict[str, str]:
    return {ground: str(label) for ground, label in HideReason.choices}


class ProcedureForm(CityRowForm):
    """A procedure. Of one under which something was announced only the note and the
    English name are edited."""

    table = "procedure"

    report_must_hold = LinesField(
        label=_("What the report must hold, one thing a line"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    checklist = forms.MultipleChoiceField(
        label=_("Checklist: what is asked before each step"),
        choices=lambda: [(each.code, f"{each.name} ({each.source})") for each in ITEMS.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "While something ticked is missing, announcing, the report or the decision is refused. "
            "It holds for what is announced from now on."
        ),
    )
    unconsidered = GroundsField(
        label=_("What is not considered, by the law: ground and article, one a line"),
        max_length=3000,
        required=False,
        help_text=_(
            "For example: “not about the subject: law 3841-IX, art. 15(3)(4)”. What is hidden by "
            "another ground is decided on all the same."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Procedure
        fields = (
            *(
                "name",
                "name_en",
                "legal_basis",
                "shortest",
                "shortest_unit",
                "longest",
                "longest_unit",
            ),
            *("report_within", "report_unit", "participants", "min_age", "martial_law_duty"),
            *("martial_law_basis", "report_must_hold", "asks_full_name", "proposals_within"),
            *("premoderates", "outage_days"),
            *("checklist", "months_after_martial_law", "early_ground"),
            *("edition_within", "unconsidered", "notes_questions_only"),
            "note",
        )
        labels = {
            "name": _("Name"),
            "name_en": _("Name in English"),
            "shortest_unit": _("Days or months of the shortest period"),
            "longest_unit": _("Days or months of the longest period"),
            "report_unit": _("Days or months until the report"),
            "martial_law_basis": _("Where the law says so"),
        }
        help_texts = {
            "name_en": _("English pages show it. Without it they show the Ukrainian name."),
            "legal_basis": _("The law or the council’s decision, with its number and clause."),
            "longest": _("Leave it empty where there is none."),
            "asks_full_name": _(
                "The name is published beside the proposal, in open data and in the report, the "
                "contact never; people are told so where they write. It holds for what is "
                "announced from now on."
            ),
            "premoderates": _(
                "Words wait unseen until a moderator has read them. It holds for what is announced "
                "from now on."
            ),
            "notes_questions_only": _("All else is a proposal: taken into account or rejected."),
            "edition_within": _("After words that the report left out as hidden are shown again."),
            "proposals_within": _("Leave it empty where there is no such term."),
            "outage_days": _(
                "Where the site was away for more than 60 minutes in the last 24 hours of the "
                "term, or for 24 hours in all."
            ),
            "months_after_martial_law": _(
                "Empty: its law is in force. Before that day it is put into force only on a ground."
            ),
            "early_ground": _("For example, the council’s decision with its number and day."),
            "note": _("For officers who choose a procedure."),
        }
        widgets = {
            "name_en": forms.TextInput(attrs={"lang": "en"}),
            "shortest": forms.NumberInput(attrs=_NUMBER),
            "proposals_within": forms.NumberInput(attrs=_NUMBER),
            "outage_days": forms.NumberInput(attrs=_NUMBER),
            "edition_within": forms.NumberInput(attrs=_NUMBER),
            "longest": forms.NumberInput(attrs=_NUMBER),
            "months_after_martial_law": forms.NumberInput(attrs=_NUMBER),
            "report_within": forms.NumberInput(attrs=_NUMBER),
            "participants": forms.RadioSelect,
            "min_age": forms.RadioSelect,
            "martial_law_duty": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, is_in_use: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_in_use:
            for name in self._meta.fields or ():
                if name not in ("note", "name_en") and name in self.fields:
                    del self.fields[name]

    def current_values(self, row: Any) -> Mapping[str, Any]:
        lists = {"report_must_hold": row.report_must_hold, "checklist": row.checklist}
        return {**super().current_values(row), **lists}


class ForceForm(RefusableForm):
    """On what ground a procedure is put into force before its law is."""

    ground = forms.CharField(
        label=_("On what ground the council applies it earlier"),
        max_length=300,
        help_text=_(
            "The council’s decision with its number and day. It stands in the trace of changes."
        ),
    )
