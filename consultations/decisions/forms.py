"""Forms of a decision and its steps. They gather; the rules judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consultations.decisions.actions import COLUMNS
from consultations.decisions.events import DecisionChanged, DecisionEntered, StepAdded, StepNoted
from consultations.decisions.models import VOTES, Decision, ExecutionStep, StepNote
from consultations.models import Consultation
from core.web.form_drafts import DeviceDrafts
from core.web.forms import DateField, DateInput, RefusableForm, TextField, offer
from core.web.optimistic_lock import OptimisticLockForm
from drafts.models import Version

if TYPE_CHECKING:
    _VersionField = forms.ModelChoiceField[Version]
    _ModelForm = forms.ModelForm[Decision]
else:
    _VersionField, _ModelForm = forms.ModelChoiceField, forms.ModelForm

#: Long texts that the device keeps until they are sent, by form.
DRAFTS = DeviceDrafts("decision", {"decision": ("reason",)})
_DAY = {"class": "govuk-input--width-10"}
_NUMBER = {"class": "govuk-input--width-4", "inputmode": "numeric"}


class VersionField(_VersionField):
    """A published version by its number and day."""

    def label_from_instance(self, version: Version) -> str:
        published = version.published_at
        day = date_format(localtime(published), "j E Y") if published else ""
        return _("Version %(number)d, published %(day)s") % {"number": version.number, "day": day}


class DecisionForm(OptimisticLockForm, _ModelForm):
    """Form for a decision; for a stored one also the reason for changing it."""

    saved_in = (DecisionEntered, DecisionChanged)
    saved_id = "consultation_id"
    refused_at = {
        "decision.in_the_future": "decided_on",
        "decision.too_early": "decided_on",
        "decision.before_report": "early_ground",
        "decision.no_such_ground": "early_ground",
        "decision.ground_of_nothing": "early_ground",
        "decision.no_martial_law": "early_ground",
        "decision.number_missing": "number",
        "decision.signed_nothing": "signed_on",
        "decision.signed_out_of_time": "signed_on",
        "decision.reason_missing": "reason",
        "decision.text_of_nothing": "text",
        "decision.text_elsewhere": "text",
        "decision.nothing_in_force": "in_force_from",
        "decision.in_force_since_when": "in_force_from",
        "decision.in_force_out_of_order": "in_force_until",
        "decision.ended_when": "in_force_until",
        "decision.ended_by_missing": "ended_by",
        "decision.no_members": "members",
        "decision.votes_missing": "votes_for",
        "decision.more_votes_than_members": "members",
        "decision.no_majority": "votes_for",
        "decision.correction_without_reason": "why",
    }

    decided_on = DateField(
        label=_("Day of the decision"),
        widget=DateInput(attrs=_DAY),
        help_text=_("The day of the sitting, which is the date of the act."),
    )
    signed_on = DateField(
        label=_("Signed on"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_(
            "From this day the five working days for publishing an act are counted "
            "(law 2939-VI art. 15); without it, from the day of the decision."
        ),
    )
    text = VersionField(
        Version.objects.none(),
        label=_("Adopted text"),
        required=False,
        empty_label=_("Not there yet"),
        help_text=_(
            "The text as it was adopted, published as the last version of the draft. Everybody "
            "sees what it changed, and which remarks live in it."
        ),
    )
    in_force_from = DateField(
        label=_("In force from"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_("As the act or the law says; leave it empty while that is not known."),
    )
    in_force_until = DateField(
        label=_("In force until"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_(
            "The first day on which it is no longer in force. The materials of the consultation "
            "are kept until then, and 5 years."
        ),
    )
    why = forms.CharField(
        label=_("Why it is corrected"),
        required=False,
        max_length=500,
        help_text=_(
            "Everybody reads it, with what stood there before. Not needed where what was "
            "postponed is decided now."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Decision
        fields = COLUMNS
        field_classes = {"reason": TextField}
        widgets = {
            "outcome": forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            "early_ground": forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            "number": forms.TextInput(attrs=_DAY),
            "reason": forms.Textarea(attrs={"rows": 4}),
            **{name: forms.NumberInput(attrs=_NUMBER) for name in VOTES},
        }
        labels = {
            "votes_for": _("For"),
            "members": _("Members of the council in all"),
            "ended_by": _("Act by which it ceased to be in force"),
            "ended_by_url": _("Link to that act"),
        }
        help_texts = {
            "early_ground": _(
                "Only of what was decided before the day of the report. Everybody reads it with "
                "the decision."
            ),
            "number": _("Of the act that was adopted."),
            "url": _("Where the act is published."),
            "reason": _("Needed where it was not adopted, or is postponed: why, and what follows."),
            "members": _("An act is adopted by more than half of them (law 280/97-ВР art. 59)."),
            "roll_call_url": _("Where everybody sees who voted how."),
            "ended_by": _("Its name, day and number; empty where its own term has ended."),
        }

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = Version.objects.published().filter(draft=consultation.draft_id)
        offer(self, "text", versions.latest_first())
        outcome = self.fields["outcome"]
        if isinstance(outcome, forms.ChoiceField):
            outcome.choices = Decision.Outcome.choices
        ground = self.fields["early_ground"]
        if isinstance(ground, forms.ChoiceField):
            none = _("none: decided on the day of the report or later")
            ground.choices = [("", none), *Decision.EarlyGround.choices]
        if self.instance.pk is None:
            del self.fields["why"]

    def _post_clean(self) -> None:
        """The rules judge, not the model."""

    def current_values(self, row: Decision) -> dict[str, Any]:
        return {name: getattr(row, name) for name in COLUMNS}

    def seen_values(self) -> dict[str, Any]:
        """The stored values, also where the form is filled from a vote."""
        return self.current_values(self.instance) if self.instance.pk else {}

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.consultation_id)

    def content(self) -> dict[str, Any]:
        """The ``fields`` of the actions."""
        return {name: self.cleaned_data[name] for name in COLUMNS}


class StepForm(RefusableForm):
    """Form for a step: content, responsible body, due day."""

    text = forms.CharField(
        label=_("What will be done"), max_length=ExecutionStep._meta.get_field("text").max_length
    )
    responsible = forms.CharField(
        label=_("Who answers for it"),
        max_length=ExecutionStep._meta.get_field("responsible").max_length,
        help_text=_("A department, or a post."),
    )
    due_on = DateField(label=_("By when"), required=False, widget=DateInput(attrs=_DAY))


class StepNoteForm(OptimisticLockForm):
    """Form for the progress of a step. One of several on a page, hence the prefix."""

    saved_in = (StepAdded, StepNoted)
    saved_id = "step_id"
    refused_at = {
        "decision.done_in_the_future": "done_on",
        "decision.moved_without_reason": "text",
        "decision.step_note_empty": "text",
    }

    text = forms.CharField(
        label=_("What became of it"),
        required=False,
        max_length=StepNote._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    done_on = DateField(
        label=_("Done on"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_("Leave it empty while it is not done yet."),
    )
    due_on = DateField(
        label=_("By when"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_("Another day needs words above: the former one stays to be read."),
    )

    def __init__(self, *args: Any, step: ExecutionStep, **kwargs: Any) -> None:
        kwargs["initial"] = self.current_values(step)
        super().__init__(*args, prefix=f"s{step.pk}", **kwargs)

    def current_values(self, row: Any) -> dict[str, Any]:
        return {"done_on": row.done_on, "due_on": row.due_on}
