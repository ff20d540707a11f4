"""Forms of files and links beside the draft."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Attachment
from core.web.forms import RefusableForm


class AttachForm(RefusableForm):
    """A file and what it is called."""

    prefix = "file"
    kind = forms.ChoiceField(
        label=_("Kind of paper"),
        choices=Attachment.Kind.choices,
        initial=Attachment.Kind.PAPER,
        help_text=_("A regulatory draft is not announced without its impact analysis (АРВ)."),
    )
    title = forms.CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("For example: explanatory note, impact analysis, map."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, .docx, .xlsx, .odt, PNG or JPEG, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )


class LinkForm(RefusableForm):
    """A related page elsewhere."""

    prefix = "link"
    title = forms.CharField(label=_("Words of the link"), max_length=200)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
