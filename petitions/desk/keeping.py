"""Nothing typed is lost: long texts of the desk's forms stay on the device until they are sent.

The keys name the person, the form and the petition (js/draft-keeper.js). After a success the next
page has ``?done=<form>:<petition>`` in its address, and forgets what that form kept.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from accounts.models import User

#: The texts that each form keeps.
_TEXTS = {"refuse": ("note",), "answer": ("asked", "decided")}


def keep(form: forms.Form, user: User, name: str, pk: int) -> None:
    """Mark the texts of the form of that name as kept."""
    for field in _TEXTS[name]:
        form.fields[field].widget.attrs["data-keep"] = _key(user, name, pk, field)


def kept_done(request: HttpRequest) -> str:
    """The keys that the page may forget, for ``data-kept-done``; "" for none."""
    name, _colon, pk = request.GET.get("done", "").partition(":")
    if not pk.isdecimal() or len(pk) > 18:
        return ""
    return " ".join(_key(request.user, name, int(pk), field) for field in _TEXTS.get(name, ()))


def _key(user: User, name: str, pk: int, field: str) -> str:
    return f"petition:{user.pk}:{name}:{pk}:{field}"
