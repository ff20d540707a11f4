"""Forms of documents of a meeting. They gather; the rules judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, offer
from meetings.models import Item, Meeting


class DocumentForm(RefusableForm):
    """A file, what it is, and which item it belongs to."""

    refused_at = {
        "document.title_missing": "title",
        "document.another_meeting": "item",
        **dict.fromkeys(
            (
                *("file.empty", "file.too_large", "file.type", "file.macros", "file.damaged"),
                *("file.too_many_pixels", "file.busy"),
            ),
            "file",
        ),
    }

    title = forms.CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("For example: draft decision, explanatory note, presentation."),
    )
    item = forms.ModelChoiceField(
        label=_("Item of the agenda"),
        queryset=Item.objects.none(),
        required=False,
        empty_label=_("the meeting as a whole"),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, .docx, .xlsx, .odt, PNG or JPEG, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", meeting.items.order_by("order"))


class RemoveForm(RefusableForm):
    """Why a document that everybody could read is removed."""

    refused_at = {"document.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        error_messages={"required": _("Please give the reason.")},
    )
