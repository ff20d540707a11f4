"""Nothing typed is lost: long texts of the desk's forms are kept on the device until they are sent.

The keys name the person, the page and what it is about: the consultation, of official replies the
remark or the reply (js/draft-keeper.js). After a success the next page has ``?done=<page>``, or
``?done=<page>:<id>``, in its address, and forgets what that page kept.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from accounts.models import User

#: The texts that each page keeps.
_TEXTS = {
    "new": ("summary", "problem", "options", "affected", "on_paper"),
    "edit": ("summary", "problem", "options", "affected", "on_paper"),
    "dates": ("reason",),
    "withdraw": ("reason",),
    "report": ("outcome",),
    "answer": ("text",),
    "correct": ("text",),
}


def keep(form: forms.Form, user: User, page: str, pk: int = 0) -> None:
    """Mark the form's texts as kept."""
    for name in _TEXTS[page]:
        form.fields[name].widget.attrs["data-keep"] = _key(user, page, pk, name)


def kept_done(request: HttpRequest, pk: int) -> str:
    """The keys that the page may forget, for ``data-kept-done``; "" for none."""
    page, _colon, named = request.GET.get("done", "").partition(":")
    if named:
        about = int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else 0
    else:
        about = 0 if page == "new" else pk
    return keys_of(request.user, page, about)


def keys_of(user: User, page: str, pk: int) -> str:
    """The keys of a page's texts, parted by spaces; "" for a page that keeps none."""
    return " ".join(_key(user, page, pk, name) for name in _TEXTS.get(page, ()))


def _key(user: User, page: str, pk: int, name: str) -> str:
    return f"desk:{user.pk}:{page}:{pk}:{name}"
