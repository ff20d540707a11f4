"""The form of a new token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.web.forms import RefusableForm, offer_choices
from tokens.models import LIFETIMES, Scope, Token
from tokens.rules import OF_STAFF


def _lifetime(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


class TokenForm(RefusableForm):
    """Form for a token: the program, its scopes and its term."""

    name = forms.CharField(
        label=_("What is the token for?"),
        max_length=Token._meta.get_field("name").max_length,
        help_text=_("So that you recognise it later, for example “Reader on my telephone”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do?"),
        choices=Scope,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is public it reads in any case."),
    )
    days = forms.TypedChoiceField(
        label=_("How long does the token last?"), coerce=int, widget=forms.RadioSelect, initial=90
    )

    def __init__(self, *args: Any, works_for_council: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not works_for_council:
            own = [each for each in Scope.choices if each[0] not in OF_STAFF]
            offer_choices(self, "scopes", own)
        offer_choices(self, "days", [(days, _lifetime(days)) for days in LIFETIMES])
