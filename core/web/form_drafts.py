"""Drafts of forms: what was typed and not sent yet, kept on the device or in the session.

The browser keeps the fields that have a key (``keep_on_device``; static/js/draft-keeper.js). A key
names the person and the thing, so that people who share a device do not see each other's texts; a
page that confirms a success names the keys that may be forgotten, in ``data-kept-done``.
``SessionDraft`` is for people without JavaScript who have to go elsewhere before they can send.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from core.domain.rules import Verdict, require

type View = Callable[..., HttpResponseBase]

#: Bounds of a draft in the session: characters of a field, and fields.
LONGEST, _MOST_FIELDS = 5000, 12


def keep_on_device(form: forms.Form, **keys: str) -> None:
    """Let the browser keep fields of a form, each under its key."""
    for field, key in keys.items():
        form.fields[field].widget.attrs["data-keep"] = key


class DeviceDrafts:
    """Long texts of several forms of one person: ``<prefix>:<user>:<form>:<pk>:<field>``.

    After a success the next page has ``?done=<form>`` or ``?done=<form>:<pk>`` in its address.
    """

    def __init__(self, prefix: str, fields: Mapping[str, tuple[str, ...]]) -> None:
        """``fields``: the form's name -> its fields that are kept."""
        self.prefix, self.fields = prefix, fields

    def keep(self, form: forms.Form, user_id: int, name: str, pk: int = 0) -> None:
        """Let the browser keep the texts of the form of this name, about the row ``pk``."""
        keep_on_device(form, **self._keys(user_id, name, pk))

    def keys(self, user_id: int, name: str, pk: int) -> str:
        """The form's keys, for ``data-kept-done``; "" for a form that keeps nothing."""
        return " ".join(self._keys(user_id, name, pk).values())

    def keys_done(self, request: HttpRequest, pk: int = 0) -> str:
        """The keys of the form in ``?done=``, about the row named there or ``pk``; "" for none."""
        name, _colon, named = request.GET.get("done", "").partition(":")
        is_number = named.isascii() and named.isdecimal() and len(named) < 19
        return self.keys(request.user.pk or 0, name, int(named) if is_number else pk)

    def _keys(self, user_id: int, name: str, pk: int) -> dict[str, str]:
        prefix = f"{self.prefix}:{user_id}:{name}:{pk}"
        return {field: f"{prefix}:{field}" for field in self.fields.get(name, ())}


class SessionDraft:
    """Typed text of one form, in the session: one form at a time, of bounded size."""

    def __init__(self, key: str) -> None:
        self.key = key

    def save(
        self,
        request: HttpRequest,
        typed: Mapping[str, Any],
        *,
        longest: int = LONGEST,
        **about: Any,
    ) -> None:
        """Keep what was typed into the form that ``about`` names, in place of what was kept."""
        names = [name for name in typed if name != "csrfmiddlewaretoken"]
        fields = {name[:40]: str(typed[name])[:longest] for name in names[:_MOST_FIELDS]}
        request.session[self.key] = {**about, "fields": fields}

    def load(self, request: HttpRequest, **about: Any) -> dict[str, str]:
        """Load the typed text of that form; {} without one."""
        draft = dict(request.session.get(self.key) or {})
        fields: dict[str, str] = draft.pop("fields", {})
        return dict(fields) if draft == about else {}

    def is_kept(self, request: HttpRequest) -> bool:
        """Whether something is, of whatever form."""
        return self.key in request.session

    def forget(self, request: HttpRequest) -> None:
        """Drop it: the form is sent, or given up."""
        request.session.pop(self.key, None)

    def load_of_page(self, request: HttpRequest) -> dict[str, str]:
        """Load the data posted to this page without being signed in."""
        return self.load(request, form=_page(request))

    def login_required(self, spend: Callable[[HttpRequest], Verdict]) -> Callable[[View], View]:
        """``login_required`` for a view with a form: what is posted by somebody who is not signed
        in, because their session has ended, is kept. ``spend`` limits how much they leave here."""

        def decorate(view: View) -> View:
            protected = login_required(view)

            @wraps(view)
            def save_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
                if request.method == "POST" and not request.user.is_authenticated:
                    require(spend(request))
                    self.save(request, request.POST, form=_page(request))
                return protected(request, *args, **kwargs)

            return save_first

        return decorate


def _page(request: HttpRequest) -> list[Any]:
    """Which page it is, in whatever language."""
    match = request.resolver_match
    return [match.view_name, match.kwargs] if match else []
