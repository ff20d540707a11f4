"""A form field for several streets: one a line, looked up on the server.

    streets = StreetsField(label=_("Streets"), required=False)
    …
    chosen = form.cleaned_data["streets"]    # list[Street]

It needs no JavaScript. Streets that are called alike are told apart by their district in brackets,
«вулиця Садова (Зарічне)»; the field writes those that are stored in this way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from city.models import Street
from city.streets import finding
from city.streets.names import fold
from core.db.search import clean

#: Of one thing.
MOST_STREETS = 10


class StreetsField(forms.Field):
    """Streets of the council's list, one a line. Its value is a list of Street, each once.

    Set ``current`` to the stored streets, read with their districts: they are kept even where they
    are closed by now, and without a query. ``initial`` is such a list.
    """

    widget = forms.Textarea
    default_error_messages = {
        "several": _("“%(words)s”: which one? Write one of these lines: %(lines)s."),
        "similar": _("“%(words)s”: there is no such street. Did you mean: %(lines)s?"),
        "closed": _("“%(words)s” is no longer in the list. Enter the street’s present name."),
        "unknown": _("“%(words)s”: there is no such street. Look at how you wrote it."),
        "too_many": _("Name at most %(most)s streets; name the district where it is about more."),
        "too_long": _("Write a street's name alone on each line."),
    }

    def __init__(self, **more: Any) -> None:
        more.setdefault("help_text", _("One a line. Leave this empty if it is about none."))
        more.setdefault("widget", forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}))
        super().__init__(**more)
        self.current: list[Street] = []

    def prepare_value(self, value: Any) -> Any:
        """Stored streets as lines; typed lines as they are."""
        if value is None or isinstance(value, str):
            return value
        return "\n".join(line_of(street) for street in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _lines(self.prepare_value(initial)) != _lines(data)

    def clean(self, value: Any) -> list[Street]:
        lines = _lines(value)
        if self.required and not lines:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(lines) > MOST_STREETS:
            raise self._error("too_many", most=MOST_STREETS)
        if any(len(line) > finding.LONGEST for line in lines):
            raise self._error("too_long")
        kept = {line_of(street): street for street in self.current}
        named = finding.find_each([line for line in lines if line not in kept])
        chosen = [kept.get(line) or self._chosen(line, named[line]) for line in lines]
        return list({street.pk: street for street in chosen}.values())

    def _chosen(self, line: str, found: finding.Found) -> Street:
        """The street that a line names; raises ValidationError with the possible ones otherwise."""
        if found.street:
            return found.street
        if not found.suggestions:  # none is called so: what resembles it, for the first error alone
            found = finding.find(finding.split_district(line)[0])
        if found.closed:
            raise self._error("closed", words=line)
        meant = [found.street.pk] if found.street else [each.pk for each in found.suggestions]
        if not meant:
            raise self._error("unknown", words=line)
        rows = Street.objects.filter(pk__in=meant).select_related("district")
        code = "several" if found.is_exact else "similar"
        raise self._error(code, words=line, lines="; ".join(map(line_of, rows)))

    def _error(self, code: str, **facts: Any) -> ValidationError:
        return ValidationError(self.error_messages[code] % facts, code=code)


def line_of(street: Street) -> str:
    """A street, read with its district, as the field writes it."""
    return f"{street.name} ({street.district.name})" if street.district else street.name


def set_current(field: forms.Field, stored: Iterable[Street]) -> list[Street]:
    """Let the field keep the stored streets, read with their districts; returns them as a list."""
    if not isinstance(field, StreetsField):
        raise TypeError("only a StreetsField keeps streets")
    field.current = list(stored)
    return field.current


def _lines(value: Any) -> list[str]:
    lines = (clean(line) for line in str(value or "").replace("\r", "\n").split("\n"))
    return list({fold(line): line for line in lines if line}.values())
