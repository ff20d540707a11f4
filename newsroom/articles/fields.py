"""Fields of the form of an article: streets, and what it is about, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from city.models import Street
from city.streets import finding
from consultations.models import Consultation
from core.web.converters import BIGGEST
from core.web.forms import LinesField
from meetings.models import Meeting
from petitions.models import Petition
from votes.models import Poll

#: So many streets, and so many things, one article names.
MOST_STREETS, MOST_RELATED = 30, 12
_IN_DISTRICT = re.compile(r"^(?P<name>.+?)\s*\((?P<district>[^()]+)\)$")
_ADDRESS = re.compile(r"/(consultations|petitions|polls|meetings)/([1-9][0-9]{0,18})/")
_MODELS: dict[str, Any] = {
    "consultations": Consultation,
    "petitions": Petition,
    "polls": Poll,
    "meetings": Meeting,
}


class StreetsField(LinesField):
    """Streets of the council's list, one a line; of two with one name the district stands in
    brackets. Its value is a list of streets."""

    default_error_messages = {
        "unknown": _("“%(line)s”: there is no such street."),
        "several": _("“%(line)s”: choose one and write it so: %(names)s."),
        "too_many": _("Name thirty streets at most."),
    }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(_line_of(each) if isinstance(each, Street) else each for each in value)
        return value

    def clean(self, value: Any) -> list[Street]:
        lines = super().clean(value)
        if len(lines) > MOST_STREETS:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        return list(dict.fromkeys(self._street(line) for line in lines))

    def _street(self, line: str) -> Street:
        name, district = line, ""
        if found := _IN_DISTRICT.match(line):
            name, district = found["name"], found["district"].strip()
        found_streets = finding.find(name)
        if found_streets.street:
            return found_streets.street
        choices = found_streets.suggestions
        if district:
            here = [each.pk for each in choices if each.district.casefold() == district.casefold()]
            if len(here) == 1:
                return Street.objects.get(pk=here[0])
        code = "several" if choices else "unknown"
        names = "; ".join(
            f"{each.name} ({each.district})" if each.district else each.name for each in choices
        )
        raise ValidationError(
            self.error_messages[code], code=code, params={"line": line, "names": names}
        )


def _line_of(street: Street) -> str:
    return f"{street.name} ({street.district.name})" if street.district else street.name


class RelatedField(LinesField):
    """Addresses of pages here, one a line. Its value is a list of addresses without the site."""

    default_error_messages = {
        "address": _("“%(line)s” is no address of a consultation, petition, poll or meeting here."),
        "nothing": _("“%(line)s”: there is nothing to be read at this address."),
        "too_many": _("Name twelve at most."),
    }

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value)
        if len(lines) > MOST_RELATED:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        found = [self._address(line) for line in lines]
        rows = rows_of(found)
        public = {address_of(row) for each in rows.values() for row in each}
        for line, address in zip(lines, found, strict=True):
            if address not in public:
                raise ValidationError(
                    self.error_messages["nothing"], code="nothing", params={"line": line}
                )
        return list(dict.fromkeys(found))

    def _address(self, line: str) -> str:
        found = _ADDRESS.search(f"{line.rstrip('/')}/")
        if found is None or int(found[2]) > BIGGEST:
            raise ValidationError(
                self.error_messages["address"], code="address", params={"line": line}
            )
        return found[0]


def address_of(row: Any) -> str:
    """The address of a matter, the same in every language."""
    name = next(name for name, model in _MODELS.items() if isinstance(row, model))
    return f"/{name}/{row.pk}/"


def rows_of(addresses: Iterable[str]) -> dict[str, list[Any]]:
    """Rows at the URLs, by the list of Article: a query for each kind that occurs."""
    wanted: dict[str, list[int]] = {name: [] for name in _MODELS}
    for address in addresses:
        _empty, name, pk, _end = address.split("/")
        wanted[name].append(int(pk))
    return {
        name: list(_MODELS[name].objects.published().filter(pk__in=pks).defer("search"))
        if pks
        else []
        for name, pks in wanted.items()
    }
