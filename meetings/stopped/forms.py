"""The form of a stopped decision. It gathers what was said; the rules judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateField, RefusableForm, TextField, offer
from meetings.models import Meeting, RollCall
from meetings.stopped.queries import adopted_in

if TYPE_CHECKING:
    _RollCallField = forms.ModelChoiceField[RollCall]
else:
    _RollCallField = forms.ModelChoiceField


class StopForm(RefusableForm):
    """Which decision, on which day, by whom, and why."""

    refused_at = {
        "stop.day": "on",
        "stop.too_late": "on",
        "stop.head_missing": "head",
        "stop.remarks_missing": "remarks",
        **dict.fromkeys(
            (
                *("file.empty", "file.too_large", "file.type", "file.macros", "file.damaged"),
                *("file.too_many_pixels", "file.busy"),
            ),
            "file",
        ),
    }

    roll_call = _RollCallField(RollCall.objects.none(), label=_("Which decision"))
    on = DateField(
        label=_("Stopped on"),
        help_text=_("The day of the head’s document: within five days after the decision."),
    )
    head = forms.CharField(label=_("Full name of the head of the city"), max_length=200)
    remarks = TextField(
        label=_("The head’s reasoned remarks"),
        max_length=20_000,
        help_text=_("Everybody reads them."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=_("The document"),
        required=False,
        help_text=_("PDF, .docx, .odt, PNG or JPEG, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [row.pk for row in adopted_in(meeting)]
        offer(self, "roll_call", RollCall.objects.filter(pk__in=found).order_by("pk"))
