"""The form by which an answer is published."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict
from core.web.forms import RefusableForm, TextField

#: The fields that everybody will read.
TEXTS = ("subject", "question", "text")


class PublishForm(RefusableForm):
    """Subject, question and answer as everybody will read them."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        error_messages={"required": _("Write what it is about.")},
    )
    question = TextField(
        label=_("Question"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the question, or its essence.")},
    )
    text = TextField(
        label=_("Answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the answer, or its essence.")},
    )
    is_read = forms.BooleanField(
        label=_(
            "I have read all three: nothing in them identifies the person who asked or other people"
        ),
        error_messages={"required": _("Read the texts and confirm that they identify nobody.")},
    )

    def refuse(self, verdict: Verdict) -> None:
        field = verdict.params.get("field")
        error = forms.ValidationError(str(verdict.message), code=verdict.code)
        self.add_error(field if field in self.fields else None, error)
