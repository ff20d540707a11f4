"""Form of a browser's push subscription."""

from __future__ import annotations

from django import forms

from core.web.forms import RefusableForm


class SubscriptionForm(RefusableForm):
    """Filled in by static/js/push.js from what the browser gives; judged by rules.subscribe."""

    endpoint = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=90, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=24, widget=forms.HiddenInput)
