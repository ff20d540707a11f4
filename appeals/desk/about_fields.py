"""Fields of forms of the desk: whom a complaint is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Grant, User
from accounts.staff.models import OF_DEPARTMENTS
from city.models import Department
from core.web.forms import offer

if TYPE_CHECKING:
    _UserField = forms.ModelChoiceField[User]
else:
    _UserField = forms.ModelChoiceField


class OfficialField(_UserField):
    """One of the people of departments, by name."""

    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


def department_field() -> forms.ModelChoiceField[Department]:
    return forms.ModelChoiceField(
        Department.objects.none(),
        label=_("If it is a complaint about a department: which"),
        required=False,
        help_text=_("It is never given to whom it is about (393/96-ВР art. 7)."),
    )


def official_field() -> OfficialField:
    return OfficialField(
        User.objects.none(),
        label=_("If it is a complaint about an official: who"),
        required=False,
        help_text=_("Neither they nor a department that they head consider it."),
    )


def offer_about(
    form: forms.BaseForm, department_id: int | None = None, person_id: int | None = None
) -> None:
    """Let departments and their people be chosen, and those that are named already."""
    offer(form, "about_department", Department.objects.offered([department_id or 0]))
    offer(form, "about_person", _officials(person_id))


def _officials(kept: int | None) -> QuerySet[User]:
    held = Grant.objects.in_force().filter(role__in=OF_DEPARTMENTS)
    people = User.objects.filter(Q(is_active=True, pk__in=held.values("user")) | Q(pk=kept or 0))
    return people.order_by("family_name", "given_name", "pk")
