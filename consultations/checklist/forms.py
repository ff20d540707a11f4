"""Forms of the checklist: answers about the procedure, public discussions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.checklist.events import ProcedureAnswered
from consultations.checklist.items import asked_of
from consultations.checklist.models import Ground, Platform, PublicDiscussion
from consultations.checklist.queries import answers_of
from consultations.models import Consultation
from core.web.forms import DateField, DateInput, DateTimeField, DateTimeInput, RefusableForm
from core.web.optimistic_lock import OptimisticLockForm

#: The choice that none of the four grounds applies.
NONE = "none"
#: Which field answers for which item of the checklist.
_FIELDS = {
    "notice_board": ("posted_on", "posted_where"),
    "discussion_grounds": ("discussion_grounds",),
    "platform": ("platform", "platform_url"),
    "sme_test": ("needs_sme_test",),
    "revised_draft": ("is_text_unchanged",),
}


class AnswersForm(OptimisticLockForm):
    """Form for an officer's answers about the procedure of one consultation."""

    saved_in = (ProcedureAnswered,)
    saved_id = "consultation_id"
    marks_optional = False
    refused_at = {
        "checklist.posted_in_the_future": "posted_on",
        "checklist.posted_before_announcement": "posted_on",
        "checklist.grounds_fixed": "discussion_grounds",
    }

    discussion_grounds = forms.MultipleChoiceField(
        label=_("Is a public discussion obligatory? The draft concerns:"),
        choices=[*Ground.choices, (NONE, _("none of these"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "In these four cases an event is held beside the electronic consultation (law 3841-IX "
            "art. 12(2))."
        ),
    )
    platform = forms.ChoiceField(
        label=_("National platform for public consultations"),
        choices=Platform.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    platform_url = forms.URLField(
        label=_("Its address on the platform"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    needs_sme_test = forms.TypedChoiceField(
        label=_("Are small businesses more than a tenth of those whom the act meets?"),
        choices=[("True", _("yes: М-тест is asked")), ("False", _("no"))],
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    posted_on = DateField(
        label=_("Day on which the document was put up on notice boards"),
        required=False,
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
    )
    posted_where = forms.CharField(
        label=_("On which notice boards"), max_length=300, required=False
    )
    is_text_unchanged = forms.BooleanField(
        label=_("The text of the draft did not change after the consultation"), required=False
    )
    reason = forms.CharField(
        label=_("Why something recommended is missing"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only where martial law makes the procedure a recommendation. Everybody will read it."
        ),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        self.consultation = consultation
        kwargs["initial"] = self.current_values(consultation)
        super().__init__(*args, **kwargs)
        asked = {item.code for item in asked_of(consultation)}
        for code, names in _FIELDS.items():
            if code not in asked:
                for name in names:
                    del self.fields[name]
        if consultation.announced_at is None:
            self.fields.pop("posted_on", None)
            self.fields.pop("posted_where", None)
            self.fields.pop("is_text_unchanged", None)
        if consultation.procedure.martial_law_duty != "recommended":
            del self.fields["reason"]

    def current_values(self, row: Consultation) -> Mapping[str, Any]:
        answers = answers_of(row)
        values = {name: getattr(answers, name) for names in _FIELDS.values() for name in names}
        grounds = answers.discussion_grounds
        values["discussion_grounds"] = [NONE] if grounds == [] else grounds or []
        return values | {"reason": answers.reason}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        grounds = data.get("discussion_grounds") or []
        if NONE in grounds and len(grounds) > 1:
            self.add_error("discussion_grounds", _("Choose “none of these” alone."))
        is_there = data.get("platform") == Platform.THERE
        if is_there and not data.get("platform_url") and "platform_url" not in self.errors:
            self.add_error("platform_url", _("Give its address there."))
        if "posted_on" in self.fields and not {"posted_on", "posted_where"} & set(self.errors):
            if data.get("posted_on") and not data.get("posted_where"):
                self.add_error("posted_where", _("Say on which notice boards."))
            if data.get("posted_where") and not data.get("posted_on"):
                self.add_error("posted_on", _("Say on which day."))
        return data

    def answers(self) -> dict[str, Any]:
        """Columns of ProcedureAnswers."""
        values = {
            name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data
        }
        if "discussion_grounds" in values:
            grounds = values["discussion_grounds"]
            values["discussion_grounds"] = [] if grounds == [NONE] else grounds or None
        if values.get("platform") != Platform.THERE and "platform_url" in values:
            values["platform_url"] = ""
        return values


class DiscussionForm(RefusableForm):
    """When and where a public discussion is held."""

    prefix = "discussion"
    refused_at = {"checklist.discussion_too_soon": "held_at"}

    form = forms.ChoiceField(label=_("Form"), choices=PublicDiscussion.Form.choices)
    held_at = DateTimeField(
        label=_("Day and time"), widget=DateTimeInput(attrs={"class": "govuk-input--width-20"})
    )
    place = forms.CharField(label=_("Place or link"), max_length=300)


class CancelForm(RefusableForm):
    """Why a public discussion is cancelled."""

    refused_at = {"consultation.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Why it is cancelled"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody will read it."),
    )
