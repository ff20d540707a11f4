"""Forms of moderation: to report, and to hide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, TextField
from discussions.models import Comment, HideReason
from votes.models import Text


class ReportForm(RefusableForm):
    """What is wrong with a comment, in the eyes of a reader."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=HideReason, widget=forms.RadioSelect
    )
    details = TextField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        help_text=_("Only moderators read it. Its author is not told who reported it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HideForm(RefusableForm):
    """Why a comment is hidden. One of many on a page, hence the prefix."""

    reason = forms.ChoiceField(
        label=_("Reason, shown to all"), choices=HideReason, widget=forms.RadioSelect
    )
    note = TextField(
        label=_("Note to the author"),
        max_length=500,
        required=False,
        help_text=_("Goes to the author with the mail."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        kwargs["prefix"] = f"c{comment.pk}"
        super().__init__(*args, **kwargs)


class HideTextForm(RefusableForm):
    """Why an answer to a poll is not shown. One of many on a page, hence the prefix."""

    reason = forms.ChoiceField(
        label=_("Reason, shown to its author"), choices=HideReason, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        kwargs["prefix"] = f"t{text.pk}"
        super().__init__(*args, **kwargs)
