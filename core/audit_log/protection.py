"""Whether the application can change its audit log: the check of each start, and what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import Error as DatabaseError
from django.db import connection, transaction

from core.db import roles

#: What an installation with one address reads once at each start.
ONE_ADDRESS = (
    "The service could change its own audit log: it has one address of the database alone. Give"
    " the log an owner (OWNER_DATABASE_URL, docs/deploy.md)."
)


def secure_audit() -> tuple[str, str]:
    """Set owner and grants of the audit log on what stands; returns owner and application.

    Everything in ``public`` that is the owner's becomes the application's. As the owner.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        owner, application = roles.current_roles(cursor)
        with roles.as_owner(cursor):
            if owner != application:
                roles.hand_over(cursor, application)
            roles.secure(cursor, application)
    return owner, application


def find_faults() -> list[str]:
    """Gaps by which the application could change the audit log, a few words each."""
    with connection.cursor() as cursor:
        return roles.find_faults(cursor)


def describe_faults() -> str:
    """The line for logs and starts; "" where the audit log is protected."""
    faults = find_faults()
    if not faults:
        return ""
    if not settings.HAS_OWNER:
        return ONE_ADDRESS
    return (
        "The audit log is not protected from the service: "
        + "; ".join(faults)
        + ". Run `viche secure_audit` (docs/deploy.md)."
    )


@register(Tags.database)
def check_audit(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Django's check: a warning where there is one address, an error where two do not protect."""
    if not databases or "default" not in databases:
        return []
    try:
        line = describe_faults()
    except DatabaseError:  # before the first migration there is nothing to protect
        return []
    if not line:
        return []
    kind, number = (Error, "E001") if settings.HAS_OWNER else (Warning, "W001")
    return [kind(line, id=f"core.{number}")]
