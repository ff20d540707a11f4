"""Forms of the desk's pages of defence, and of whoever objects. They gather; the rules judge."""

from __future__ import annotations

import ipaddress
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.client_ip import network_of
from core.web.forms import DateTimeField, RefusableForm, TextField
from petitions.defence.networks import format_network
from petitions.defence.signature_filter import SignatureFilter
from petitions.defence.suspicions import NAMES
from petitions.models import Removal


class SignatureFilterForm(RefusableForm):
    """Which signatures a rule means: all that is filled in must hold."""

    marks_optional = False

    networks = forms.CharField(
        label=_("Networks"),
        max_length=500,
        required=False,
        help_text=_("For example 203.0.113.0/24; several are parted by commas."),
    )
    domains = forms.CharField(
        label=_("Mailbox domains"),
        max_length=500,
        required=False,
        help_text=_("For example mail.example; several are parted by commas."),
    )
    mask = forms.CharField(
        label=_("Shape of the name or of the address"),
        max_length=100,
        required=False,
        help_text=_("# is a digit, * is anything: ivan####@*"),
    )
    since = DateTimeField(label=_("Signed from"), required=False)
    until = DateTimeField(label=_("Signed before"), required=False)
    mark = forms.ChoiceField(
        label=_("Marked as"), required=False, choices=[("", _("whatever")), *NAMES.items()]
    )
    waiting = forms.BooleanField(label=_("Only those that wait for a check"), required=False)

    def clean_networks(self) -> tuple[str, ...]:
        found = []
        for word in _words(self.cleaned_data["networks"]):
            try:
                given = ipaddress.ip_interface(word)
            except ValueError:
                raise forms.ValidationError(
                    _("“%(word)s” is neither a network nor an address."), params={"word": word}
                ) from None
            network = str(network_of(str(given.ip)))
            if "/" in word and str(given.network) != format_network(network):
                raise forms.ValidationError(
                    _("Networks are told apart by /24, in IPv6 by /48: %(network)s."),
                    params={"network": format_network(network)},
                )
            found.append(network)
        return tuple(dict.fromkeys(found))

    def clean_domains(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_words(self.cleaned_data["domains"].lower())))

    def signature_filter(self) -> SignatureFilter:
        """The filter asked for."""
        return SignatureFilter(**self.cleaned_data)


class TriedForm(RefusableForm):
    """Form for a sealed dry run (pages.sealed), and the number that it had found."""

    tried = forms.CharField(widget=forms.HiddenInput)
    shown = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RemoveForm(TriedForm):
    """By which rule's name, and why, what was tried is removed."""

    rule = forms.ChoiceField(
        label=_("Rule, shown to everybody"),
        choices=[choice for choice in Removal.Rule.choices if choice[0] != Removal.Rule.SINGLE],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        help_text=_(
            "Say what was found so that people can judge it. Name nobody, and no addresses."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(RefusableForm):
    """Why one signature is removed, or a removal reversed."""

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ObjectionForm(RefusableForm):
    """Why a removed signature should count."""

    text = TextField(
        label=_("Why should your signature count?"),
        max_length=2000,
        help_text=_("For example: that you signed yourself, when, and from where."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why your signature should count.")},
    )


class DecisionForm(RefusableForm):
    """Form for the decision about an objection, and the answer to its signer."""

    upheld = forms.TypedChoiceField(
        label=_("Does the signature count?"),
        choices=[("yes", _("yes, it counts again")), ("no", _("no, it stays removed"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = TextField(
        label=_("Answer to the signer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def initial_of(signature_filter: SignatureFilter) -> dict[str, Any]:
    """Initial values of a SignatureFilterForm for a signature_filter."""
    return {
        "networks": ", ".join(map(format_network, signature_filter.networks)),
        "domains": ", ".join(signature_filter.domains),
        "mask": signature_filter.mask,
        "since": signature_filter.since,
        "until": signature_filter.until,
        "mark": signature_filter.mark,
        "waiting": signature_filter.waiting,
    }


def _words(text: str) -> list[str]:
    return [word for word in (part.strip() for part in text.split(",")) if word]
