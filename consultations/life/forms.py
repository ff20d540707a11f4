"""Forms of a consultation's description, dates and end. They gather; the rules judge."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.forms.models import model_to_dict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from city.calendar import work_calendar
from city.models import Department, District, Street, Theme
from city.streets.several import StreetsField, set_current
from consultations.checklist.queries import elections_for
from consultations.events import ConsultationChanged, ConsultationCreated, DatesChanged
from consultations.life import rules_dates
from consultations.models import BRIEF_LINES, Consultation, Procedure, State
from core.domain import clock
from core.domain.calendar import end_of_day, kyiv, local_date
from core.domain.rules import Verdict
from core.web.form_drafts import DeviceDrafts
from core.web.forms import DateField, DateInput, RefusableForm, TextField, offer
from core.web.optimistic_lock import OptimisticLockForm

if TYPE_CHECKING:
    # Django's own classes are generic to a type checker alone.
    _ProcedureField = forms.ModelChoiceField[Procedure]
    _ModelForm = forms.ModelForm[Consultation]
else:
    _ProcedureField, _ModelForm = forms.ModelChoiceField, forms.ModelForm

_DESCRIPTION = (
    *("summary", "brief", "problem", "options", "chosen_option", "affected", "how_held"),
    "on_paper",
)
#: Long texts that the device keeps until they are sent, by page.
DRAFTS = DeviceDrafts(
    "desk",
    {
        "new": _DESCRIPTION,
        "edit": _DESCRIPTION,
        "dates": ("reason",),
        "withdraw": ("reason",),
        "report": ("outcome", "subject", "events", "summary", "changes"),
        "answer": ("text",),
        "correct": ("text",),
    },
)
#: Beside which field the refusal of dates is shown.
_FIELD_OF = {
    "procedure.not_in_force": "procedure",
    "consultation.reason_needed": "short_period_reason",
    "consultation.opens_in_the_past": "opens_on",
}


class ProcedureField(_ProcedureField):
    """Each procedure with its shortest period, who may take part, and where the law says so."""

    def label_from_instance(self, procedure: Procedure) -> str:
        facts = {
            "name": procedure.local_name,
            "period": procedure.shortest_period,
            "basis": procedure.legal_basis,
            "who": procedure.get_participants_display(),
        }
        if not procedure.in_force:
            return _("%(name)s – not in force yet (%(basis)s)") % facts
        return _("%(name)s – at least %(period)s (%(basis)s); for %(who)s") % facts


class BriefField(TextField):
    """Field for a list of changes, a line each: empty lines and spaces around words fall away."""

    def to_python(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return "\n".join(line for line in lines if line)

    def validate(self, value: Any) -> None:
        super().validate(value)
        number = len(value.splitlines())
        if number > BRIEF_LINES:
            raise forms.ValidationError(
                ngettext_lazy(
                    "At most five lines: there is %(number)d.",
                    "At most five lines: there are %(number)d.",
                    number,
                )
                % {"number": number},
                code="too_many_lines",
            )


class DatesMixin(forms.Form):
    """The first and the last day, judged by the procedure, with the earliest that it allows."""

    def _judge_dates(
        self,
        procedure: Procedure | None,
        opens_on: date | None,
        last_day: date | None,
        reason: str,
        *,
        consultation: Consultation,
    ) -> None:
        if procedure is None or opens_on is None:
            return
        calendar = work_calendar()
        if last_day is None:
            earliest = procedure.shortest_period.last_day(opens_on, calendar)
            self.add_error("last_day", self._earliest(procedure, earliest))
            return
        verdict = rules_dates.dates(
            procedure,
            opens_on=opens_on,
            last_day=last_day,
            calendar=calendar,
            reason=reason,
            is_announced=consultation.announced_at is not None,
            elections=elections_for(consultation, procedure),
        )
        if not verdict:
            self._show(verdict)

    def _earliest(self, procedure: Procedure, earliest: date) -> str:
        return _("Say the last day. The earliest is %(day)s: %(period)s, %(basis)s.") % {
            "day": date_format(earliest),
            "period": procedure.shortest_period,
            "basis": procedure.legal_basis,
        }

    def _show(self, verdict: Verdict) -> None:
        field = _FIELD_OF.get(verdict.code, "last_day")
        error = forms.ValidationError(str(verdict.message), code=verdict.code)
        self.add_error(field if field in self.fields else None, error)


class SavedByOfficersForm(OptimisticLockForm):
    """A form that edits what officers saved of a consultation."""

    saved_in = (ConsultationChanged, ConsultationCreated, DatesChanged)
    saved_id = "consultation_id"


class ConsultationForm(DatesMixin, SavedByOfficersForm, _ModelForm):
    """The description; while it is being prepared also the procedure, department and dates."""

    #: Nothing is announced without them (checks.announcement), or at a shorter period.
    needed_later = ("brief", "opens_on", "last_day", "short_period_reason")

    opens_on = DateField(
        label=_("First day"),
        required=False,
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_("Remarks are accepted from the morning of this day."),
    )
    last_day = DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_(
            "Remarks are accepted until the end of this day. The period is counted from the day "
            "after the first one; leave this empty to see the earliest day allowed."
        ),
    )

    streets = StreetsField(label=_("Streets"), required=False)

    class Meta:
        model = Consultation
        fields = (
            "procedure",
            "department",
            "title",
            "summary",
            "brief",
            "brief_en",
            "problem",
            "options",
            "chosen_option",
            "affected",
            "how_held",
            "themes",
            "district",
            "streets",
            "contact_person",
            "contact_details",
            "on_paper",
            "report_how",
            "opens_on",
            "last_day",
            "short_period_reason",
        )
        field_classes = {
            "procedure": ProcedureField,
            "summary": TextField,
            "brief": BriefField,
            "brief_en": BriefField,
            "problem": TextField,
            "options": TextField,
            "chosen_option": TextField,
            "affected": TextField,
            "how_held": TextField,
            "on_paper": TextField,
        }
        widgets = {
            "procedure": forms.RadioSelect,
            "themes": forms.CheckboxSelectMultiple,
            "summary": forms.Textarea(attrs={"rows": 5}),
            "brief": forms.Textarea(attrs={"rows": 5}),
            "brief_en": forms.Textarea(attrs={"rows": 5}),
            "problem": forms.Textarea(attrs={"rows": 5}),
            "options": forms.Textarea(attrs={"rows": 5}),
            "chosen_option": forms.Textarea(attrs={"rows": 5}),
            "affected": forms.Textarea(attrs={"rows": 5}),
            "how_held": forms.Textarea(attrs={"rows": 3}),
            "on_paper": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "district": _("Leave this empty if it is about the whole city."),
            "summary": _("What changes for people, in words that everybody understands."),
            "brief": _(
                "At most five short lines, each a change and whom it meets: “Route 7 no longer "
                "stops at the hospital”. It stands first on the page; nothing is announced "
                "without it."
            ),
            "how_held": _(
                "Electronic consultation until which day; surveys; public discussions with their "
                "day, time and place."
            ),
            "report_how": _(
                "For example: within 30 working days after the last day, on this page and on the "
                "council’s website."
            ),
            "brief_en": _("The same for the English page; without it Ukrainian stands there."),
            "short_period_reason": _(
                "Only where martial law makes the procedure’s period a recommendation. Everybody "
                "will read it."
            ),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = self.instance
        named = instance.themes.values_list("pk", flat=True) if instance.pk else ()
        offer(self, "themes", Theme.objects.offered(named))
        districts = District.objects.offered([instance.district_id])
        offer(self, "district", districts).empty_label = _("The whole city")
        self.initial["streets"] = set_current(self.fields["streets"], _streets_of(instance))
        if instance.announced_at is not None:
            self.fields["brief"].required = bool(instance.brief)
            for name in (
                "procedure",
                "department",
                "opens_on",
                "last_day",
                "short_period_reason",
            ):
                del self.fields[name]
            return
        offer(self, "procedure", Procedure.objects.all()).empty_label = None
        self.initial.update(opens_on=instance.opens_on, last_day=instance.last_day)
        offered = Department.objects.offered([instance.department_id])
        if by.is_administrator:
            offer(self, "department", offered)
            return
        own = by.speaking_department_ids
        offered = offered.filter(Q(pk__in=own) | Q(pk=instance.department_id))
        offer(self, "department", offered)
        of_own = offered.filter(pk__in=own).order_by("pk")
        self.initial.setdefault("department", of_own.values_list("pk", flat=True).first())

    def current_values(self, row: Consultation) -> dict[str, Any]:
        values = model_to_dict(row, fields=self._meta.fields)
        values["streets"] = _streets_of(row)
        return values | {"opens_on": row.opens_on, "last_day": row.last_day}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("brief_en") and data.get("brief") == "":
            self.add_error("brief", _("Say it in Ukrainian too."))
        if "opens_on" not in self.fields or {"opens_on", "last_day"} & set(self.errors):
            return data
        opens_on, last_day = data.get("opens_on"), data.get("last_day")
        if last_day is not None and opens_on is None:
            self.add_error("opens_on", _("Say the first day too."))
        if opens_on is not None and opens_on < local_date(clock.now()):
            self.add_error("opens_on", _("The opening day has passed already."))
            return data
        reason = data.get("short_period_reason", "")
        procedure = data.get("procedure")
        self._judge_dates(procedure, opens_on, last_day, reason, consultation=self.instance)
        return data

    def description(self) -> dict[str, Any]:
        """The ``fields`` of actions.create and actions.revise."""
        values = dict(self.cleaned_data)
        for several in ("themes", "streets"):
            values.pop(several)
        if "opens_on" in values:
            opens_on, last_day = values.pop("opens_on"), values.pop("last_day")
            values["opens_at"] = kyiv(opens_on) if opens_on else None
            values["closes_at"] = end_of_day(last_day) if last_day else None
        return values


def _streets_of(consultation: Consultation) -> list[Street]:
    return list(consultation.streets.select_related("district")) if consultation.pk else []


class DatesForm(DatesMixin, SavedByOfficersForm):
    """A correction or extension of published dates, with its reason."""

    needed_later = ("short_period_reason",)

    opens_on = DateField(
        label=_("First day"), widget=DateInput(attrs={"class": "govuk-input--width-10"})
    )
    last_day = DateField(
        label=_("Last day"), widget=DateInput(attrs={"class": "govuk-input--width-10"})
    )
    reason = forms.CharField(
        label=_("Why the dates change"),
        max_length=500,
        help_text=_("Participants read it on the page and in their mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    short_period_reason = forms.CharField(
        label=_("Reason for the shorter period"),
        max_length=500,
        required=False,
        help_text=_(
            "Only where martial law makes the procedure’s period a recommendation. Everybody "
            "will read it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, consultation: Consultation, state: State, **kwargs: Any) -> None:
        kwargs["initial"] = self.current_values(consultation)
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        if state != State.ANNOUNCED:
            del self.fields["opens_on"]

    def current_values(self, row: Consultation) -> dict[str, Any]:
        return {
            "opens_on": row.opens_on,
            "last_day": row.last_day,
            "short_period_reason": row.short_period_reason,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.setdefault("opens_on", self.consultation.opens_on)
        if not {"opens_on", "last_day"} & set(self.errors):
            self._judge_dates(
                self.consultation.procedure,
                data["opens_on"],
                data.get("last_day"),
                data.get("short_period_reason", ""),
                consultation=self.consultation,
            )
        return data


class WithdrawForm(RefusableForm):
    """Why it is taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=500,
        help_text=_("Participants read it on the page and in their mail."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
