"""Forms of the audit log: the search of the desk, a receipt to be looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.audit_log.anchors import seals
from core.web.forms import DateField, FilterForm, RefusableForm
from discussions.speech.receipts import digits_of

#: What an entry can be about: the key of its number in the entry.
OBJECTS = {
    "consultation_id": _("consultation"),
    "comment_id": _("remark or comment"),
    "remark_id": _("remark (with its replies)"),
    "petition_id": _("petition"),
    "appeal_id": _("appeal"),
    "poll_id": _("poll"),
    "organisation_id": _("organisation"),
    "version_id": _("version of a draft"),
    "grant_id": _("role of staff"),
}


class SearchForm(FilterForm):
    """By object, person, time and event; nothing is asked for at first."""

    kind = forms.ChoiceField(
        label=_("About"), choices=[("", _("anything")), *OBJECTS.items()], required=False
    )
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=2**62, required=False)
    person = forms.CharField(
        label=_("Person"),
        help_text=_("Their e-mail, or the number of their account."),
        max_length=254,
        required=False,
    )
    event = forms.ChoiceField(label=_("What happened"), required=False)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def __init__(self, *args: Any, events: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["event"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("anything")), *events]

    def clean_person(self) -> int | None:
        typed = self.cleaned_data["person"].strip()
        if not typed:
            return None
        if typed.isascii() and typed.isdecimal() and len(typed) < 19:
            return int(typed)
        found = User.objects.of_email(typed).first() if "@" in typed else None
        if found is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return found.pk

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, number = self.cleaned_data.get("kind"), self.cleaned_data.get("number")
        if kind and not number and "number" not in self.errors:
            self.add_error("number", _("Write the number of what you look for."))
        elif number and not kind and "kind" not in self.errors:
            self.add_error("kind", _("Choose what the number is of."))
        return cleaned


class ReceiptForm(RefusableForm):
    """A receipt, however its digits are grouped."""

    receipt = forms.CharField(
        label=_("Receipt"),
        help_text=_("24 digits, as they stood beside the thanks and stand on your page."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}
        ),
    )

    def clean_receipt(self) -> str:
        typed: str = self.cleaned_data["receipt"]
        if not digits_of(typed):
            raise forms.ValidationError(_("A receipt has 24 digits."))
        return typed


class SealForm(RefusableForm):
    """The head file of a day, sealed."""

    refused_at: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("file.empty", "file.too_large", "seal.again"),
            *(each.code for each in seals.REFUSALS.values()),
        ),
        "file",
    )

    file = forms.FileField(
        label=_("Sealed file"),
        help_text=_(".asice or .p7s, up to 2 MB. Everybody will be able to download it."),
        widget=forms.FileInput(attrs={"accept": ".asice,.p7s"}),
        allow_empty_file=True,
    )
