"""Forms of registration. They gather what was said; the rules judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.domain.retention import period_of
from core.web.forms import DateTimeField, DateTimeInput, RefusableForm, TextField, offer
from core.web.optimistic_lock import OptimisticLockForm
from meetings.models import Item, Meeting, Registration, Speaker
from meetings.registration.events import RegistrationClosingSet
from meetings.registration.models import LONGEST_NEEDS

_Attendance = Registration.Attendance


class RegisterForm(RefusableForm):
    """Form for a registration: the way to attend, speaking, and needs."""

    refused_at = {
        "registration.no_stream": "attendance",
        "registration.another_item": "speaks_on",
        "registration.consent_missing": "consents",
    }

    attendance = forms.ChoiceField(
        label=_("How will you attend?"),
        choices=[
            (_Attendance.HALL.value, _("In the hall")),
            (_Attendance.REMOTE.value, _("Remotely, by the live stream: this takes no place")),
        ],
        initial=_Attendance.HALL.value,
        widget=forms.RadioSelect,
    )
    speaks_on = forms.ModelChoiceField(
        label=_("Do you want to speak?"),
        queryset=Item.objects.none(),
        required=False,
        empty_label=_("no, I will listen"),
        help_text=_(
            "Choose the item. When it is opened, you stand on its list of speakers, in the order "
            "of registration; everybody reads your public name there."
        ),
    )
    stance = forms.ChoiceField(
        label=_("If you speak: for or against?"),
        choices=[
            (Speaker.Stance.FOR.value, _("For")),
            (Speaker.Stance.AGAINST.value, _("Against")),
            ("none", _("Neither: a question or a fact")),
        ],
        initial="none",
        widget=forms.RadioSelect,
    )
    needs = TextField(
        label=_("What do you need in order to take part?"),
        max_length=LONGEST_NEEDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consents = forms.BooleanField(
        label=_("I agree that those who run the meeting read what I need"),
        required=False,
        help_text=_(
            "It may tell of your health. They use it for this meeting alone; you take your consent "
            "back by withdrawing your registration."
        ),
    )

    def __init__(self, data: Any, meeting: Meeting) -> None:
        super().__init__(data)
        planned = meeting.items.filter(state=Item.State.PLANNED).order_by("order")
        offer(self, "speaks_on", planned)
        if not meeting.stream_url:
            del self.fields["attendance"]
        days = period_of("accessibility_needs").days
        self.fields["needs"].help_text = ngettext(
            "For example: a place for a wheelchair, sign language, a hearing loop. Nobody else "
            "reads it; it is deleted %(days)d day after the meeting, or at once if you withdraw.",
            "For example: a place for a wheelchair, sign language, a hearing loop. Nobody else "
            "reads it; it is deleted %(days)d days after the meeting, or at once if you withdraw.",
            days,
        ) % {"days": days}

    def clean_stance(self) -> str:
        stance = str(self.cleaned_data["stance"])
        return "" if stance == "none" else stance


class ClosingForm(OptimisticLockForm):
    """When registration closes; empty: when the meeting is opened."""

    saved_in = (RegistrationClosingSet,)
    saved_id = "meeting_id"
    refused_at = {"registration.closing_out_of_reach": "closes_at"}

    closes_at = DateTimeField(
        label=_("Registration closes"),
        required=False,
        help_text=_("Leave this empty if people register until the meeting is opened."),
        widget=DateTimeInput(attrs={"class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs["initial"] = {"closes_at": meeting.registration_closes_at}
        super().__init__(*args, **kwargs)

    def current_values(self, row: Meeting) -> Mapping[str, Any]:
        return {"closes_at": row.registration_closes_at}
