"""Forms of the desk for a consultation's pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.events import ConsultationPicturesChanged
from consultations.models import ConsultationPicture
from core.kept_pictures.forms import ALT_HELP, CouncilUploadForm
from core.web.optimistic_lock import OptimisticLockForm

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[ConsultationPicture]
else:
    _ModelForm = forms.ModelForm

_CREDIT_HELP = _(
    "Who made it, and on what terms it may be shown. For example: “Photo: O. Koval, CC BY 4.0”, "
    "“Drawing: department of architecture”."
)
_CAPTION_HELP = _("What this picture shows of the matter; a figure stands beside the text.")
_COVER_HELP = _(
    "The cover stands at the head of the page and in lists. Only one: marking another replaces it."
)
_CREDIT_MISSING = _("Please say who made it and on what terms it may be shown.")


class PictureForm(CouncilUploadForm):
    """A new picture."""

    refused_at = {**CouncilUploadForm.refused_at, "picture.credit_missing": "credit"}

    credit = forms.CharField(
        label=_("Author and licence"),
        max_length=200,
        help_text=_CREDIT_HELP,
        error_messages={"required": _CREDIT_MISSING},
    )
    caption = forms.CharField(
        label=_("Words under the picture"),
        required=False,
        max_length=300,
        help_text=_CAPTION_HELP,
    )
    is_cover = forms.BooleanField(
        label=_("This is the cover"), required=False, help_text=_COVER_HELP
    )


class DescribeForm(OptimisticLockForm, _ModelForm):
    """The words of a picture, and whether it is the cover."""

    saved_in = (ConsultationPicturesChanged,)
    saved_id = "consultation_id"
    refused_at = {"picture.alt_missing": "alt", "picture.credit_missing": "credit"}

    class Meta:
        model = ConsultationPicture
        fields: tuple[str, ...] = ("alt", "alt_en", "credit", "caption", "is_cover")
        labels = {"is_cover": _("This is the cover")}
        help_texts = {
            "alt": ALT_HELP,
            "credit": _CREDIT_HELP,
            "caption": _CAPTION_HELP,
            "is_cover": _COVER_HELP,
        }
        error_messages = {"credit": {"required": _CREDIT_MISSING}}
        widgets: dict[str, Any] = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "alt_en": forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        }

    def current_values(self, row: ConsultationPicture) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in self.Meta.fields}

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.consultation_id)

    def _post_clean(self) -> None:
        """The rules judge."""
