"""Forms of a meeting's displays: a code that a screen shows, and what a display is to show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm
from meetings.displays.models import LONGEST_WORDS
from meetings.models import Display, Picture, Theme

_NAME = Display._meta.get_field("name").max_length


class PairForm(RefusableForm):
    """The code of a screen, and where the screen stands."""

    refused_at = dict.fromkeys(("display.no_such_code", "display.code_used"), "code")

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        help_text=_("Open %(page)s on the screen: it shows eight digits."),
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-10",
                "inputmode": "numeric",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Please type the code that the screen shows.")},
    )
    name = forms.CharField(
        label=_("Place of the screen"),
        required=False,
        max_length=_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, page: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = self.fields["code"].help_text % {"page": page}


class LookForm(RefusableForm):
    """Form for a display: content, colours, name."""

    refused_at = {"display.words_missing": "words"}

    picture = forms.ChoiceField(
        label=_("Picture"), choices=Picture.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Announcement"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=Theme.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    name = forms.CharField(
        label=_("Place of the screen"),
        required=False,
        max_length=_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen_revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput(attrs={"id": False}))


class PreviewForm(forms.Form):
    """Form for a preview: a picture with its words and colours; else the main display,
    now or next.
    """

    picture = forms.ChoiceField(choices=Picture.choices, required=False)
    words = forms.CharField(max_length=LONGEST_WORDS, required=False)
    theme = forms.ChoiceField(choices=Theme.choices, required=False)
    next = forms.BooleanField(required=False)

    def display(self) -> Display:
        """The display that would show it; it is not stored."""
        data = self.cleaned_data
        return Display(
            picture=data["picture"] or Picture.MAIN,
            words=data["words"],
            theme=data["theme"] or Theme.DARK,
        )
