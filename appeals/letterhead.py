"""What a letter keeps of the day on which it was sent: from whom it is, and who signed it.

    appeal's department, the official            letterhead_of(appeal, by, signed_as)
    stored with the entry or the answer          entry.letterhead = asdict(…)

A letter that is printed a year later is the one that was sent, whoever answers for the department
then. Of officials alone: nothing of the applicant stands in it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from accounts.models.staff import StaffRole

if TYPE_CHECKING:
    from accounts.models import User
    from appeals.models import Appeal
    from city.models import Department


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The form of a letter; ``until``: the day that a notice of extension names, in ISO 8601."""

    department: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    #: Post and name as they stand in the signature.
    post: str = ""
    signer: str = ""
    executor: str = ""
    until: str = ""

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        return cls(**stored)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.until) if self.until else None


def letterhead_of(
    appeal: Appeal,
    official: User | None,
    signed_as: str = "",
    *,
    executor: User | None = None,
    until: date | None = None,
) -> Letterhead:
    """Of the responsible department as it is now, signed by ``official``.

    ``signed_as``: their post, perhaps with the name; without it a head is named as one.
    """
    department = appeal.department
    post = signed_as.strip() or _usual_post(official)
    return Letterhead(
        department=department.name if department else "",
        address=department.address if department else "",
        phone=department.phone if department else "",
        email=department.email if department else "",
        post=post,
        signer=_signed(official, unless_in=post),
        executor=_executor(executor or appeal.officer or official, department),
        until=until.isoformat() if until else "",
    )


def _usual_post(official: User | None) -> str:
    if official is None:
        return ""
    heads = any(grant.role == StaffRole.HEAD for grant in official.grants_in_force)
    return "Керівник" if heads else "Посадова особа"


def _signed(official: User | None, *, unless_in: str) -> str:
    """«Тарас ШЕВЧЕНКО»; "" where the post says the name already."""
    if official is None or (
        official.family_name and official.family_name.casefold() in unless_in.casefold()
    ):
        return ""
    return f"{official.given_name} {official.family_name.upper()}".strip()


def _executor(official: User | None, department: Department | None) -> str:
    """«Олена Коваль, (056) 111-22-33»."""
    if official is None:
        return ""
    phone = department.phone if department else ""
    return ", ".join(filter(None, [official.get_full_name(), phone]))
