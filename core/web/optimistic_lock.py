"""Optimistic locking of forms: a save over a newer one stores nothing and shows both.

A form that edits what is stored carries a digest of each value that it was drawn from. Before the
action they are compared, under the row's lock, with what is stored by then:

    form = DatesForm(posted(request), consultation=consultation)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(consultation):
            actions.change_dates(consultation, by=request.user, **form.cleaned_data)

Fields that only somebody else changed are taken over into the form; where both changed one, the
person's own value stays in it, with the other beside it. The form then carries the newer version,
so that saving again is done knowingly (docs/adr/0036).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.forms.widgets import ChoiceWidget
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.domain.actions import action, locked
from core.domain.events import Event
from core.domain.rules import ALLOWED, Verdict, refuse, reject, require
from core.models import AuditEntry
from core.web.forms import RefusableForm

#: The code of the refusal, and the one for what was deleted meanwhile.
CONFLICT, GONE = "edit.conflict", "edit.gone"
#: The name of the hidden field.
CARRIED = "drawn_from"
#: More of it than any form here carries.
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Newer:
    """A field's newer value. ``is_taken``: the person had not touched it, so that the form holds
    this value; else theirs stays in the form and this one stands beside it.
    """

    words: str
    is_taken: bool


def canonical(value: Any) -> str:
    """One spelling of a value of a row, of a form's initial or of its cleaned data."""
    if isinstance(value, models.QuerySet | list | tuple | set | frozenset):
        return json.dumps(sorted(canonical(each) for each in value), ensure_ascii=False)
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        # Browsers send minutes.
        return value.astimezone(UTC).replace(second=0, microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "" if value is None or value is False else str(value)


def digest(value: Any) -> str:
    return blake2b(canonical(value).encode(), digest_size=8).hexdigest()


def find_changed_meanwhile(
    drawn: Mapping[str, str], current: Mapping[str, Any], submitted: Mapping[str, Any]
) -> dict[str, bool]:
    """Fields that somebody else changed after the form was drawn: name -> whether only they did.

    ``drawn``: digests that the form carries; a value that it carries none of counts as changed by
    both. A change that both made alike is none.
    """
    found = {}
    for name, value in current.items():
        now, was = digest(value), drawn.get(name)
        mine = digest(submitted[name]) if name in submitted else was
        if now not in (was, mine):
            found[name] = mine == was
    return found


class OptimisticLockForm(RefusableForm):
    """A form that edits something stored, and does not save over what it was not drawn from."""

    drawn_from = forms.CharField(
        required=False, max_length=_LONGEST, widget=forms.HiddenInput(attrs={"id": False})
    )

    #: Audited events that tell who saved it, and the field of theirs that holds the row's id.
    saved_in: ClassVar[tuple[type[Event], ...]] = ()
    saved_id: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: After a conflict: what fields say by now.
        self.newer: dict[str, Newer] = {}
        self.is_conflict = False
        self._carried: dict[str, str] = {}
        self._current: dict[str, Any] = {}
        self._found: dict[str, bool] = {}
        self.fields[CARRIED].initial = self._carry

    def current_values(self, row: Any) -> Mapping[str, Any]:
        """The values of ``row`` that the form edits, as its initial data would have them."""
        raise NotImplementedError

    def seen_values(self) -> Mapping[str, Any]:
        """Values that the person saw beside the fields and decides about (drawn)."""
        return {}

    def submitted_values(self) -> Mapping[str, Any]:
        """Submitted values, comparable with ``current_values``."""
        return self.cleaned_data

    @contextmanager
    def saving(self, *rows: models.Model, may: Verdict = ALLOWED) -> Iterator[None]:
        """Lock ``rows`` in their order, in one transaction with the action within.

        ``may``: what the page knows of the action's rule; that it can be saved no more comes first.
        Refuses with ``edit.conflict`` if the last one is no longer what the form was drawn from,
        and with ``edit.gone`` if it is no longer there.
        """
        require(may)
        with action():
            try:
                fresh = [locked(row) for row in rows][-1]
            except ObjectDoesNotExist:
                reject(GONE, _("This was deleted meanwhile. Your words stand in the form."))
            self._require_current(fresh)
            yield

    @property
    def status(self) -> int:
        return 409 if self.is_conflict else super().status

    def _clean_form(self) -> None:
        carried = self.cleaned_data.pop(CARRIED, "")
        pairs = (pair.partition(":") for pair in carried.split(","))
        self._carried = {name: value for name, _colon, value in pairs if value}
        super()._clean_form()  # type: ignore[misc]  # Django's own step between fields and form

    def _carry(self) -> str:
        values = {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != CARRIED
        }
        return _sign_values(values | dict(self.seen_values()))

    def _require_current(self, fresh: models.Model) -> None:
        self._current = {
            name: value
            for name, value in self.current_values(fresh).items()
            if name in self.fields or name not in self.base_fields
        }
        self._found = find_changed_meanwhile(self._carried, self._current, self.submitted_values())
        if self._found or self._fixed():
            self._show_conflict(fresh)
            require(refuse(CONFLICT, self._explain_conflict(fresh), fields=sorted(self._found)))

    def _fixed(self) -> list[str]:
        """Fields that the form was drawn with and has no more, where something was typed."""
        gone = (name for name in self._carried if name in self.base_fields)
        return [name for name in gone if name not in self.fields and self._submitted_text(name)]

    def _show_conflict(self, row: Any) -> None:
        """Let the form show both versions, and carry the newer one."""
        self.is_conflict = True
        data = self.data = cast(Any, self.data).copy()
        carried = {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != CARRIED
        }
        data[self.add_prefix(CARRIED)] = _sign_values(carried | self._current)
        for name, is_taken in self._found.items():
            if name not in self.fields:
                continue
            value = self._current[name]
            self.newer[name] = Newer(_in_words(self.fields[name], value), is_taken)
            if is_taken:
                self._put(name, value)
            else:
                said = _("Somebody else changed this too: theirs stands beside yours.")
                self.add_error(name, ValidationError(said, code=CONFLICT))
        for name in self._fixed():
            said = _("%(label)s: this cannot be changed here any more. You wrote: %(words)s")
            facts = {"label": self.base_fields[name].label, "words": self._submitted_text(name)}
            self.add_error(None, ValidationError(said % facts, code=CONFLICT))

    def _submitted_text(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name)) or "")

    def _explain_conflict(self, fresh: models.Model) -> str:
        entry = self._last_saved(fresh)
        if entry is None:
            return _(
                "Somebody saved this after you had opened it. Nothing of yours is stored yet: "
                "compare, then save again."
            )
        by, at = entry
        return _(
            "%(name)s saved this after you had opened it (%(moment)s). Nothing of yours is stored "
            "yet: compare, then save again."
        ) % {"name": by, "moment": date_format(localtime(at), "j E Y, H:i")}

    def _last_saved(self, fresh: models.Model) -> tuple[str, datetime] | None:
        """Author and time of the last save, where an audit entry tells."""
        if not self.saved_in:
            return None
        entries = AuditEntry.objects.filter(
            event__in=[event.__name__ for event in self.saved_in],
            **{f"ids__{self.saved_id}": self.saved_key(fresh)},
        )
        entry = entries.order_by("-id").first()
        if entry is None or entry.actor is None:
            return None
        by = get_user_model()._base_manager.filter(pk=entry.actor).first()
        return (by.get_full_name(), entry.at) if by else None

    def saved_key(self, fresh: Any) -> Any:
        """The id by which ``saved_in`` names the row."""
        return fresh.pk

    def _put(self, name: str, value: Any) -> None:
        """Let the sent data hold ``value``, as if it had been typed."""
        field, key = self.fields[name], self.add_prefix(name)
        data = cast(Any, self.data)
        prepared = field.prepare_value(value)
        if isinstance(field.widget, forms.CheckboxInput):
            data.pop(key, None)
            if prepared:
                data[key] = "on"
        elif getattr(field.widget, "allow_multiple_selected", False):
            data.setlist(key, [str(field.prepare_value(each)) for each in prepared or ()])
        elif isinstance(field.widget, ChoiceWidget):
            data[key] = "" if prepared is None else str(prepared)
        else:
            shown = field.widget.format_value(prepared)
            data[key] = "" if shown is None else str(shown)


def _sign_values(values: Mapping[str, Any]) -> str:
    return ",".join(f"{name}:{digest(value)}" for name, value in values.items() if name != CARRIED)


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as a person reads it; "" where it says nothing."""
    if isinstance(field, forms.ModelChoiceField):
        several = isinstance(field, forms.ModelMultipleChoiceField)
        keys = [getattr(each, "pk", each) for each in (value if several else [value])]
        model = cast(Any, field.queryset).model
        rows = model._base_manager.filter(pk__in=[key for key in keys if key])
        return ", ".join(str(field.label_from_instance(row)) for row in rows)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in cast(Any, field.choices)}
        return labels.get("" if value is None else str(value), "")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j E Y, H:i")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
