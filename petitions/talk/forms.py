"""Forms of a petition's discussion. They gather what was said; the rules judge it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, TextField
from discussions.models import LONGEST


class CommentForm(RefusableForm):
    """What one says of a petition."""

    text = TextField(
        label=_("Your comment"),
        max_length=LONGEST,
        help_text=_("Everybody will read it under your name."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def keep_as(self, user_id: int, petition_id: int) -> str:
        """Let the device keep what is typed (js/draft-keeper.js); returns the key it goes by."""
        key = f"comment:{user_id}:{petition_id}"
        self.fields["text"].widget.attrs["data-keep"] = key
        return key


class ReplyForm(RefusableForm):
    """An answer to a comment."""

    text = TextField(
        label=_("Your reply"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReactionForm(forms.Form):
    """Agree (1), disagree (−1), or take it back (0)."""

    value = forms.TypedChoiceField(choices=[(1, "+"), (-1, "−"), (0, "0")], coerce=int)
