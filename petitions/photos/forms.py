"""Forms of photographs in petitions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kept_pictures.forms import UploadForm
from core.web.forms import RefusableForm
from discussions.grounds import EVERYWHERE


class PhotoForm(UploadForm):
    """A photograph and what is to be seen on it."""

    file = forms.FileField(
        label=_("Photograph"),
        help_text=_(
            "PNG or JPEG, up to 10 MB. Where and by which camera it was taken does not stay in it. "
            "Take the picture yourself, and show no faces of people who have not agreed."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )
    alt = forms.CharField(
        label=_("What does it show?"),
        max_length=300,
        help_text=_(
            "Say it as you would to somebody on the telephone. For example: “The steps of clinic "
            "No. 5 have no ramp, a mother carries a pram up”."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please say what it shows, for those who do not see it.")},
    )


class RemovePhotoForm(RefusableForm):
    """Why a photograph is removed. One of several on a page."""

    reason = forms.ChoiceField(
        label=_("Reason, shown to all"), choices=EVERYWHERE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, photo_pk: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": f"p{photo_pk}"})
