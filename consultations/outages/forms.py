"""The form of an outage that an administrator enters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateTimeField, RefusableForm


class OutageForm(RefusableForm):
    """From when until when the site was away, and why."""

    refused_at = {
        "outage.ends_before_it_begins": "ended_at",
        "outage.not_over": "ended_at",
        "outage.reason_missing": "what",
    }

    began_at = DateTimeField(label=_("From"))
    ended_at = DateTimeField(label=_("Until"))
    what = forms.CharField(
        label=_("What happened"),
        help_text=_("Participants of the consultations that are extended read it."),
        max_length=300,
    )
