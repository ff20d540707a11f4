"""Forms of the exchange with a document system. They gather; the rules judge."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.desk.forms import PeriodForm
from appeals.exchange.document import NoRecipient, check_recipient
from appeals.exchange.reading import Line
from core.web.forms import RefusableForm, TextField

#: A preview can be confirmed for so many seconds.
_PREVIEW_LIVES = 3600
_SALT = "appeals.exchange"


class ExportForm(PeriodForm):
    """A file of the appeals of a period: for whom it is encrypted, and what it is needed for."""

    refused_at = {
        "exchange.reason_missing": "reason",
        "exchange.nothing": "since",
        "exchange.too_many": "since",
    }

    recipient = forms.CharField(
        label=gettext_lazy("Public key of the document system"),
        max_length=100,
        help_text=gettext_lazy(
            "A key of age that begins with age1. Its secret half, which opens the file, never "
            "comes here."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = TextField(
        label=gettext_lazy("What the file is needed for"),
        max_length=500,
        help_text=gettext_lazy("It is kept with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_recipient(self) -> str:
        try:
            return check_recipient(self.cleaned_data["recipient"])
        except NoRecipient as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class NumbersForm(RefusableForm):
    """The table that the document system gave."""

    file = forms.FileField(
        label=gettext_lazy("Table of numbers"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            ".xlsx, .ods or .csv, up to 5 MB, with the columns appeal, answer, number, day. You "
            "see what it changes before it does."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class ConfirmForm(RefusableForm):
    """The lines that were previewed, signed, so that those and no others are carried out."""

    lines = forms.CharField(widget=forms.HiddenInput)

    def clean_lines(self) -> list[Line]:
        try:
            rows: list[list[Any]] = signing.loads(
                self.cleaned_data["lines"], salt=_SALT, max_age=_PREVIEW_LIVES
            )
        except signing.BadSignature as wrong:
            raise forms.ValidationError(
                _("The preview is too old. Choose the file once more.")
            ) from wrong
        return [
            Line(line, appeal, answer, number, date.fromisoformat(day))
            for line, appeal, answer, number, day in rows
        ]


def sign_lines(lines: list[Line]) -> str:
    """The lines as ConfirmForm reads them."""
    rows = [
        [each.line, each.appeal, each.answer, each.number, each.day.isoformat()] for each in lines
    ]
    return signing.dumps(rows, salt=_SALT, compress=True)
