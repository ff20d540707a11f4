"""The people of the tests by name: the fixtures of tests/conftest.py, and what lasts longer."""

from __future__ import annotations

from accounts.models import User
from city.models import Department
from tests import factories

#: name -> given name, family name.
_NAMES = {
    "olena": ("Олена", "Коваль"),
    "bohdan": ("Богдан", "Мельник"),
    "firm": ("Ірина", "Савчук"),
    "charlie": ("Карпо", "Лисенко"),
    "mo": ("Мотря", "Гнатюк"),
    "ofi": ("Остап", "Федорук"),
    "stranger": ("", ""),
    "admin": ("Адам", "Мінський"),
}
_ROLES = {"mo": "moderator", "ofi": "officer", "stranger": "officer", "admin": "administrator"}


def load(name: str) -> User:
    """The person of that name, created if they are not in the database yet."""
    known = User.objects.filter(email=f"{name}@viche.example").first()
    return known or factories.user(
        name, *_NAMES[name], role=_ROLES.get(name, ""), department=_department_of(name)
    )


def load_department() -> Department:
    """The department that ofi works for, created if it is not in the database yet."""
    return Department.objects.filter(slug="infrastructure").first() or factories.department()


def _department_of(name: str) -> Department | None:
    if name == "ofi":
        return load_department()
    if name == "stranger":
        known = Department.objects.filter(slug="education").first()
        return known or factories.department("Департамент освіти", slug="education")
    return None
