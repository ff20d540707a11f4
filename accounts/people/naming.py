"""The name of a person who has none yet, asked for in the form that needs it.

An account begins with an e-mail alone (ADR 119). A form whose words stand under a name holds
``{% own_name %}``, which draws two fields for whoever has said no name, and its view is
``@naming``: a POST that holds them gives the person their name before the view reads the rest. What
is wrong with them is refused by the view's action (``accounts.rules.sign_with_name``), so that the
form comes back with all that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.people import actions
from accounts.people.fields import clean_name
from core.web.forms import BESIDE

BESIDE["account.name_missing"] = "id_own_given_name"
#: In the session: they have just said something for the first time.
_OFFER = "offer_passkey"

type View = Callable[..., HttpResponseBase]


class NameForm(forms.Form):
    """Form for a person's names. Its names in a form are no other field's."""

    own_given_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    own_family_name = forms.CharField(
        label=_("Last name"),
        help_text=_("Others see the first name and the initial, unless you choose otherwise."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def clean_own_given_name(self) -> str:
        return clean_name(self.cleaned_data["own_given_name"])

    def clean_own_family_name(self) -> str:
        return clean_name(self.cleaned_data["own_family_name"])

    def names(self) -> dict[str, str]:
        """The ``fields`` of actions.change_profile."""
        return {
            "given_name": self.cleaned_data["own_given_name"],
            "family_name": self.cleaned_data["own_family_name"],
        }


def lacks_name(request: HttpRequest) -> bool:
    """Whether somebody is signed in who has said no name yet."""
    user = request.user
    return user.is_authenticated and not user.given_name


def naming(view: View) -> View:
    """For the view of a form with ``{% own_name %}``: a name that it holds is the person's from
    now on, whatever becomes of the rest."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and "own_given_name" in request.POST and lacks_name(request):
            form = NameForm(request.POST)
            if form.is_valid():
                _give(request, form.names())
            else:
                request.name_form = form  # type: ignore[attr-defined]  # ours
        return view(request, *args, **kwargs)

    return wrapper


def form_of(request: HttpRequest) -> NameForm:
    """The fields as the page draws them: with what is wrong, where something was refused."""
    form: NameForm | None = getattr(request, "name_form", None)
    return form or NameForm()


def _give(request: HttpRequest, names: dict[str, str]) -> None:
    user = request.user
    if user.is_authenticated:
        actions.change_profile(user, fields=names)
        for name, value in names.items():
            setattr(user, name, value)
        request.session[_OFFER] = True


def take_offer(request: HttpRequest) -> bool:
    """Whether a passkey is offered now: once, after the person has said their name."""
    return bool(request.session.pop(_OFFER, False))
