"""Forms of what follows from a meeting. They gather; the rules judge."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, TextField


class OutcomeForm(RefusableForm):
    """Form for a conclusion or decision, and the place of the document."""

    refused_at = {"outcome.empty": "text", "meeting.url_missing": "url"}

    text = TextField(
        label=_("What was concluded"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what was concluded: everybody reads it.")},
    )
    url = forms.URLField(
        label=_("Address of the document"),
        max_length=500,
        required=False,
        help_text=_("With https://"),
    )


class AnswerForm(RefusableForm):
    """The answer in writing to a question of a meeting."""

    text = TextField(
        label=_("Answer, for everybody to read"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write the answer.")},
    )


class ProposalsForm(OutcomeForm):
    """Form for the decision on the proposals of a hearing."""

    text = TextField(
        label=_("What was decided on the proposals"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Of each proposal: who considered it, whether it is taken into account, and why. If "
            "nobody proposed anything, say so."
        ),
        error_messages={"required": _("Write what was concluded: everybody reads it.")},
    )
