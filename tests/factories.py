"""Rows for tests, made by the same models as everything else."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from city.models import Department

PASSWORD = "a long enough pass-phrase"  # noqa: S105 - of people who exist in tests alone


def user(name: str, given: str = "", family: str = "", **fields: Any) -> User:
    """A person ``<name>@viche.example``, signed in by ``client.force_login``."""
    return User.objects.create(
        email=f"{name}@viche.example",
        given_name=given or name.title(),
        family_name=family or "Тестовий",
        password="!",  # noqa: S106 - unusable: hashing is slow and tests sign in by force
        **fields,
    )


def department(name: str = "Департамент розвитку інфраструктури") -> Department:
    return Department.objects.create(name=name, slug="infrastructure")
