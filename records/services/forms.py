"""Forms of electronic services. They gather what was written; the rules judge it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from city.models import Department
from core.web.forms import DateField, DateInput, RefusableForm, TextField, offer, offer_choices
from core.web.optimistic_lock import OptimisticLockForm
from records.events import ServiceAdded, ServiceChanged, ServiceConcluded
from records.models import Conclusion, Service, ServiceUse
from records.services.models import LONGEST_WORDS, MOST_USES

#: The months back for which a figure can be entered in the form.
MONTHS_OFFERED = 36
FIELDS = ("department", "name", "name_en", "about", "url", "since", "pilot_until")

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Service]
else:
    _ModelForm = forms.ModelForm


class ServiceForm(RefusableForm, _ModelForm):
    """A service that the list has not yet."""

    refused_at = {
        "service.in_the_future": "since",
        "service.pilot_too_short": "pilot_until",
    }

    since = DateField(
        label=_("Offered since"), widget=DateInput(attrs={"class": "govuk-input--width-10"})
    )
    pilot_until = DateField(
        label=_("Last day of the pilot"),
        required=False,
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_("Empty: the service is offered for good. After this day you conclude of it."),
    )

    class Meta:
        model = Service
        fields = FIELDS
        field_classes = {"about": TextField, "url": forms.URLField}
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Department.objects.offered([self.instance.department_id])
        if not by.is_administrator:
            offered = offered.filter(pk__in=by.department_ids)
        offer(self, "department", offered)

    def validate_constraints(self) -> None:
        """The rule says what is wrong."""


class EditServiceForm(OptimisticLockForm, ServiceForm):
    """The description of a service; its pilot is changed by a conclusion alone."""

    saved_in = (ServiceAdded, ServiceChanged, ServiceConcluded)
    saved_id = "service_id"

    def __init__(self, *args: Any, instance: Service, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        del self.fields["pilot_until"]

    def current_values(self, row: Service) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in FIELDS if name in self.fields}


class UseForm(RefusableForm):
    """A month's figure of a service, or the correction of one."""

    refused_at = {
        "service.month_runs": "month",
        "service.not_offered_then": "month",
        "service.reason_missing": "reason",
    }

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    number = forms.IntegerField(
        label=_("How many times it was used"),
        min_value=0,
        max_value=MOST_USES,
        help_text=_("By all people together. Nothing of a single person is entered."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=ServiceUse._meta.get_field("reason").max_length,
        required=False,
        help_text=_("Only where there is a figure for this month. Everybody reads it."),
    )

    def __init__(self, *args: Any, service: Service, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = _months_before(today, until=service.since)
        named = [(each.isoformat(), date_format(each, "F Y")) for each in months]
        offer_choices(self, "month", named)


def _months_before(today: date, *, until: date) -> list[date]:
    """The first days of the months that are over, the newest first, back to that of ``until``."""
    found: list[date] = []
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    while month >= until.replace(day=1) and len(found) < MONTHS_OFFERED:
        found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found


class ConclusionForm(RefusableForm):
    """The form of a public conclusion of a service."""

    refused_at = {
        "service.words_missing": "words",
        "service.no_pilot": "outcome",
        "service.day_missing": "last_day",
        "service.not_longer": "last_day",
        "service.ends_before_its_beginning": "last_day",
    }

    outcome = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    last_day = DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_("Of the pilot that goes on, or of the service that is ended."),
    )
    words = TextField(
        label=_("How it was judged, and why"),
        max_length=LONGEST_WORDS,
        help_text=_("Everybody reads it: how often it was used, what people said of it."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = Conclusion.Outcome.choices
        if not service.is_pilot:
            outcomes = [(Conclusion.Outcome.ENDED.value, Conclusion.Outcome.ENDED.label)]
        offer_choices(self, "outcome", outcomes)
