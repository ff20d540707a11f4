"""Short forms of long titles and questions, in so few letters that a whole hall can read them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.displays.layout import FIRST_LETTERS


def short_field() -> forms.CharField:
    """The field of a form for the short form of another of its fields."""
    return forms.CharField(
        label=_("Short form for displays"),
        required=False,
        max_length=FIRST_LETTERS,
        help_text=_(
            "Only of what has more than 140 letters: the hall reads the short form in large "
            "letters, and then the whole text."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def clean_short(form: forms.BaseForm, field: str, short: str) -> None:
    """Ask for the short form of a long text; of a short text there is none."""
    cleaned: dict[str, Any] = form.cleaned_data
    words = cleaned.get(field) or ""
    if len(words) <= FIRST_LETTERS:
        cleaned[short] = ""
    elif not cleaned.get(short) and short not in form.errors:
        form.add_error(short, _("Please say it in at most 140 letters for the displays."))
