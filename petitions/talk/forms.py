"""Forms of a petition's discussion. They gather what was said; the rules judge it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, TextField
from discussions.models import LONGEST


def keep_key(user_id: int, petition_id: int) -> str:
    """The key by which a device keeps the words of a comment (core.web.form_drafts)."""
    return f"comment:{user_id}:{petition_id}"


class CommentForm(RefusableForm):
    """Form for a comment on a petition."""

    text = TextField(
        label=_("Your comment"),
        max_length=LONGEST,
        help_text=_("Everybody will read it under your name."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReplyForm(RefusableForm):
    """An answer to a comment."""

    text = TextField(
        label=_("Your reply"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReactionForm(forms.Form):
    """Agree (1), disagree (−1), or take it back (0)."""

    value = forms.TypedChoiceField(choices=[(1, "+"), (-1, "−"), (0, "0")], coerce=int)
