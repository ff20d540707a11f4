"""Forms of the desk's pages of petitions. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from city.models import Department, Theme
from core.domain.rules import Verdict
from core.web.form_drafts import DeviceDrafts
from core.web.forms import DateField, DateInput, FilterForm, RefusableForm, TextField, offer
from core.web.optimistic_lock import OptimisticLockForm
from discussions.grounds import EVERYWHERE, LONGEST_QUOTE
from petitions.events import PetitionChanged, PetitionPublished, PutOnAgenda, ReviewStarted
from petitions.models import Answer, Ground, Petition, Step

_DAY = {"class": "govuk-input--width-10"}
#: Long texts that the device keeps until they are sent, by form.
DRAFTS = DeviceDrafts("petition", {"refuse": ("quote", "note"), "answer": ("asked", "decided")})
#: Rows for steps on an answer's form, before more are asked for; and the most of them.
STEP_ROWS = 3
MOST_STEPS = 12


class QuotingRadios(forms.RadioSelect):
    """Radios that show under each ground the act that sets it and its words."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        ground = getattr(value, "instance", None)
        if isinstance(ground, Ground):
            option["hint"] = format_html("{}: «{}»", ground.article, ground.quote)
            if identity := option["attrs"].get("id"):
                option["attrs"]["aria-describedby"] = f"{identity}-hint"
        return option


class DepartmentFilter(FilterForm):
    """Whose petitions: one of the departments that the person may see."""

    department = forms.ChoiceField(label=_("Department"), required=False)

    def __init__(self, *args: Any, departments: Iterable[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.slug, each.name) for each in departments]
        field = self.fields["department"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All")), *named]


class PetitionForm(OptimisticLockForm):
    """A form that edits what the staff saved of a petition."""

    saved_in = (PetitionChanged, PetitionPublished, PutOnAgenda, ReviewStarted)
    saved_id = "petition_id"

    def __init__(self, *args: Any, petition: Petition | None = None, **kwargs: Any) -> None:
        """``petition``: it keeps a department and themes that were closed since."""
        super().__init__(*args, **kwargs)
        if petition is None:
            return
        if "department" in self.fields:
            offer(self, "department", Department.objects.offered([petition.department_id]))
        if "themes" in self.fields:
            named = petition.themes.values_list("pk", flat=True)
            offer(self, "themes", Theme.objects.offered(named))

    def current_values(self, row: Petition) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if "department" in self.fields:
            values["department"] = row.department_id
        if "themes" in self.fields:
            values["themes"] = list(row.themes.all())
        return values


class PublishForm(PetitionForm):
    """Form for publication: the body that answers, and the themes."""

    department = forms.ModelChoiceField(
        Department.objects.open(),
        label=_("Responsible department"),
        empty_label=_("Choose a department"),
        error_messages={"required": _("Choose who answers it.")},
        help_text=_("It reviews the petition and answers it."),
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.open(),
        label=_("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )


class SortForm(PublishForm):
    """The same of what is published already. It may stand beside another form of a department."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sort_%s", **kwargs)


class RefuseForm(RefusableForm):
    """On which ground it is not published, by which words of it, and what the author is told."""

    one_of = ("quote", "note")
    refused_at = {
        "moderation.facts_missing": "quote",
        "moderation.quote_not_found": "quote",
    }

    ground = forms.ModelChoiceField(
        Ground.objects.filter(in_force=True),
        label=_("Ground"),
        empty_label=None,
        widget=QuotingRadios(attrs={"class": "govuk-radios--small"}),
        error_messages={"required": _("Choose the ground.")},
        help_text=_("The author reads the ground with the words of the act."),
    )
    quote = TextField(
        label=_("Words that are against the ground"),
        max_length=LONGEST_QUOTE,
        required=False,
        help_text=_("Copied from the petition. The author alone reads them."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = TextField(
        label=_("Note to the author"),
        max_length=2000,
        required=False,
        help_text=_(
            "What exactly is wrong, and what they can do about it. Needed where no words are "
            "quoted."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReviewForm(PetitionForm):
    """The notice that the review begins: who reviews it."""

    department = forms.ModelChoiceField(
        Department.objects.open(),
        label=_("Responsible department"),
        empty_label=_("Choose a department"),
        error_messages={"required": _("Choose who answers it.")},
    )


class AgendaForm(PetitionForm):
    """On the agenda of which session it stands."""

    refused_at = {"petition.session_in_the_past": "session_on"}

    session_on = DateField(label=_("Day of the session"), widget=DateInput(attrs=_DAY))

    def current_values(self, row: Petition) -> dict[str, Any]:
        return {"session_on": row.session_on}


class DecisionForm(RefusableForm):
    """Form for the announced decision."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Petition.Decision, widget=forms.RadioSelect
    )


class AnswerForm(RefusableForm):
    """Form for the answer: the question, the decision and the reason. The steps stand beside it."""

    asked = TextField(
        label=_("What you asked"),
        max_length=Answer._meta.get_field("asked").max_length,
        help_text=_("In a sentence or two, as the signers would say it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decided = TextField(
        label=_("What was decided, and why"),
        max_length=Answer._meta.get_field("decided").max_length,
        help_text=_("With the reasons, in words that everybody understands."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    signed_as = forms.CharField(
        label=_("Who answers"),
        max_length=Answer._meta.get_field("signed_as").max_length,
        help_text=_("Post and name, as they stand under a letter."),
    )

    def refuse(self, verdict: Verdict) -> None:
        """At the text that names a contact of the author."""
        error = forms.ValidationError(str(verdict.message), code=verdict.code)
        field = verdict.params.get("field")
        self.add_error(field if field in self.fields else None, error)


class StepForm(RefusableForm):
    """Something that will be done, and by when."""

    text = forms.CharField(
        label=_("What will be done"), max_length=Step._meta.get_field("text").max_length
    )
    due_on = DateField(label=_("By when"), required=False, widget=DateInput(attrs=_DAY))


class StepNoteForm(PetitionForm):
    """Form for the progress of a step. One of several on a page, hence the prefix."""

    done_on = DateField(
        label=_("Done on"),
        required=False,
        widget=DateInput(attrs=_DAY),
        help_text=_("Leave it empty while it is not done yet."),
    )
    note = forms.CharField(
        label=_("What became of it"),
        required=False,
        max_length=Step._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        kwargs["initial"] = self.current_values(step)
        super().__init__(*args, prefix=f"s{step.pk}", **kwargs)

    def current_values(self, row: Any) -> dict[str, Any]:
        return {"done_on": row.done_on, "note": row.note}

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.petition_id)


class HideNewsForm(RefusableForm):
    """Why something that the author told is hidden. One of several on a page."""

    reason = forms.ChoiceField(
        label=_("Reason, shown to all"), choices=EVERYWHERE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, news_pk: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": f"n{news_pk}"})


if TYPE_CHECKING:
    _StepForms = forms.BaseFormSet[StepForm]
else:
    _StepForms = forms.formset_factory(
        StepForm, extra=STEP_ROWS, max_num=MOST_STEPS, absolute_max=MOST_STEPS
    )


class StepFormSet(_StepForms):
    """The steps of an answer: rows left empty are none."""

    def steps(self) -> list[tuple[str, date | None]]:
        """Filled-in steps, as ``actions.answer`` takes them."""
        return [
            (form.cleaned_data["text"], form.cleaned_data["due_on"])
            for form in self.forms
            if form.has_changed()
        ]


def steps_of(data: Any = None, *, more: int = 0) -> StepFormSet:
    """The rows for steps; ``more`` empty ones beyond what was sent."""
    if data is None or not more:
        return StepFormSet(data, prefix="steps")
    longer = data.copy()
    total = longer.get("steps-TOTAL_FORMS", "")
    rows = int(total) if total.isdecimal() and len(total) < 4 else STEP_ROWS
    longer["steps-TOTAL_FORMS"] = str(min(rows + more, MOST_STEPS))
    return StepFormSet(longer, prefix="steps")
