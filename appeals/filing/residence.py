"""A form field for where somebody lives, in one line; its street is found in the council's list.

«вул. Садова 7» becomes «вулиця Садова, 7», and a former name that of today. Streets are offered as
by city.streets.field; words that mean none, or name another place, stay as they were typed: people
from elsewhere write to the council too.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.filing.fields import LineField
from city.models import Street
from city.streets import finding, names
from city.streets.field import KEEP, StreetInput, Typed


class ResidenceField(LineField):
    """Street, house and flat as one line of text."""

    widget = StreetInput
    default_error_messages = {
        "several": _("Several streets are called so. Choose yours below, or keep what you wrote.")
    }

    def clean(self, value: Any) -> str:
        typed = value if isinstance(value, Typed) else Typed(str(value or ""))
        line = super().clean(typed.words)
        if not line or names.is_elsewhere(line):
            return line
        if typed.has_choice:
            return self._chosen(typed.choice, line)
        found = finding.find_named(line)
        if found.street:
            return _spell_street(found.street, line)
        if found.is_exact:
            self._input.found = found
            raise forms.ValidationError(self.error_messages["several"], code="several")
        return line

    @property
    def _input(self) -> StreetInput:
        if not isinstance(self.widget, StreetInput):
            raise TypeError("a ResidenceField needs a StreetInput")
        return self.widget

    def _chosen(self, choice: str, line: str) -> str:
        """The line with the street of the radio that was chosen; as it is typed, where it says so
        or was not offered."""
        if choice == KEEP:
            self._input.found = finding.Found(kept=True)
            return line
        if not (choice.isascii() and choice.isdecimal() and len(choice) < 19):
            return line
        street = Street.objects.open().select_related("district").filter(pk=int(choice)).first()
        if street is None:
            return line
        self._input.found = finding.Found(suggestions=(finding.suggestion_of(street),))
        spelled = _spell_street(street, line)
        is_one_of_several = Street.objects.filter(name=street.name).exclude(pk=street.pk).exists()
        if is_one_of_several and street.district:
            return f"{street.district.name}, {spelled}"
        return spelled


def _spell_street(street: Street, line: str) -> str:
    return ", ".join(filter(None, (street.name, names.house_of(line))))
