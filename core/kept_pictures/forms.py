"""The form fields of a picture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kept_pictures.files import REFUSALS
from core.kept_pictures.models import ALT_MISSING
from core.web.forms import RefusableForm

ALT_HELP = _(
    "For those who do not see it: what somebody who sees it learns from it. For "
    "example: “Children cross the new footbridge over the Rudka”."
)
CREDIT_HELP = _("Who made it, as they want to be named.")


class UploadForm(RefusableForm):
    """A new picture and what is to be seen on it."""

    refused_at = {"picture.alt_missing": "alt", **dict.fromkeys(REFUSALS, "file")}

    file = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "PNG or JPEG, up to 20 MB. We make new copies in several sizes, without the place or "
            "the camera."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )
    alt = forms.CharField(
        label=_("What it shows"),
        max_length=300,
        help_text=ALT_HELP,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": ALT_MISSING},
    )


class CouncilUploadForm(UploadForm):
    """A new picture of the council's: in English too, and by whom."""

    alt_en = forms.CharField(
        label=_("What it shows, in English"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )
    credit = forms.CharField(
        label=_("Author of the picture"),
        required=False,
        max_length=200,
        help_text=CREDIT_HELP,
    )


def picture_data(form: UploadForm) -> dict[str, Any]:
    """Values of a valid form, as the actions take them."""
    return {**form.cleaned_data, "file": form.cleaned_data["file"].file}
