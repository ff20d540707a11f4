"""The lists of the council's own that the desk edits alike: departments, themes, streets."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from city.models import Department, District, Named, Street, Theme
from portal.city.forms import DepartmentForm, DistrictForm, RowForm, StreetForm, ThemeForm


@dataclass(frozen=True, slots=True)
class CityList:
    """One of them: its table, and what pages say of it."""

    table: str
    plural: str
    model: type[Named]
    form: type[RowForm]
    title: str | Promise
    add: str | Promise
    about: str | Promise


LISTS = {
    each.plural: each
    for each in (
        CityList(
            "department",
            "departments",
            Department,
            DepartmentForm,
            _("Departments"),
            _("Add a department"),
            _("They prepare consultations and polls, and answer petitions."),
        ),
        CityList(
            "theme",
            "themes",
            Theme,
            ThemeForm,
            _("Themes"),
            _("Add a theme"),
            _("By them people find what they care about."),
        ),
        CityList(
            "district",
            "districts",
            District,
            DistrictForm,
            _("Districts"),
            _("Add a district"),
            _("People say in which one they live; results tell how many of each took part."),
        ),
        CityList(
            "street",
            "streets",
            Street,
            StreetForm,
            _("Streets"),
            _("Add a street"),
            _("People find theirs by its name of today or a former one."),
        ),
    )
}


def list_of(plural: str) -> CityList:
    """The list that an address names; 404 where there is none."""
    if plural not in LISTS:
        raise Http404
    return LISTS[plural]
