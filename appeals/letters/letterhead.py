"""Letterhead of the day on which a letter was sent: sender and signer.

    appeal's department, the official            letterhead_of(appeal, by, involved=involved)
    stored with the entry or the answer          entry.letterhead = asdict(…)

A letter that is printed a year later is the one that was sent, whoever answers for the department
then. Of officials alone: nothing of the applicant stands in it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from accounts.staff.models import LEADERS, StaffRole

if TYPE_CHECKING:
    from accounts.models import Grant, User
    from appeals.models import Appeal
    from appeals.rules import Involved
    from city.models import Department

#: As whom somebody of a department deals with an appeal, the highest first.
_OF_DEPARTMENTS = (StaffRole.HEAD, StaffRole.OFFICER, StaffRole.SECRETARY)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The form of a letter; ``until``: the day that a notice names, in ISO 8601."""

    department: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    #: Post and name as they stand in the signature.
    post: str = ""
    signer: str = ""
    executor: str = ""
    until: str = ""
    #: The registration index; of what is forwarded, that of the letter to the other body too.
    number: str = ""
    covering_number: str = ""
    #: So many sheets of the appeal go with the covering letter.
    sheets: int = 0
    #: Full name and post of who is responsible for considering a request (2939-VI art. 22(7)).
    responsible: str = ""
    #: The answer greeted by its own words, and the letter did not once more.
    greets: bool = False

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        return cls(**stored)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.until) if self.until else None

    @property
    def signature(self) -> str:
        """Post and name in one line."""
        return f"{self.post} {self.signer}".strip()


def letterhead_of(
    appeal: Appeal,
    official: User | None,
    *,
    involved: Involved | None = None,
    leads: bool = False,
    signature: str | None = None,
    executor: User | None = None,
    until: date | None = None,
) -> Letterhead:
    """The letterhead of the responsible department as it is now, signed by ``official``.

    Their post is that of the grant by which they act; ``leads``: as the head of the body or a
    deputy. ``signature``: as it was kept when they signed (``Letterhead.signature``).
    """
    department, signer = appeal.department, name_in_signature(official)
    if signature:
        post = signature.removesuffix(signer).strip() if signer else signature
        signer = signer if signer and signature.endswith(signer) else ""
    else:
        post = post_of(official, grant_of(official, appeal, involved, leads=leads))
    return Letterhead(
        department=department.name if department else "",
        address=department.address if department else "",
        phone=department.phone if department else "",
        email=department.email if department else "",
        post=post,
        signer=signer,
        executor=_executor(executor or appeal.officer or official, department),
        until=until.isoformat() if until else "",
    )


def grant_of(
    official: User | None, appeal: Appeal, involved: Involved | None, *, leads: bool = False
) -> Grant | None:
    """The grant by which the official acts in the appeal: as the head of the body, where they
    decide as such; else in the responsible department, one that helps it, or the office."""
    if official is None:
        return None
    if leads:
        return official.grant_as(*LEADERS)
    topic = appeal.topic
    for departments in (
        {appeal.department_id} - {None},
        involved.executors if involved else (),
        involved.offices if involved else (),
    ):
        ids = [pk for pk in departments if pk is not None]
        if found := official.grant_as(*_OF_DEPARTMENTS, department_ids=ids, scope=topic):
            return found
    return official.grant_as(*LEADERS)


def post_of(official: User | None, grant: Grant | None) -> str:
    """The post as it stands in a signature: «Начальник загального відділу», of who stands in «В. о.
    начальника загального відділу». Without one, what the grant says, always with the department."""
    if official is None:
        return ""
    if grant is None:
        return "Посадова особа"
    nominative, genitive = (grant.post, grant.post_genitive) if grant.post else _usual_post(grant)
    if grant.user_id != official.pk:
        return f"В. о. {genitive}"
    return nominative[:1].upper() + nominative[1:]


def _usual_post(grant: Grant) -> tuple[str, str]:
    """In the nominative and the genitive."""
    unit = f" підрозділу «{grant.department.name}»" if grant.department else ""
    if grant.role == StaffRole.HEAD:
        return f"керівник{unit}", f"керівника{unit}"
    return f"посадова особа{unit}", f"посадової особи{unit}"


def responsible_for(appeal: Appeal, involved: Involved, by: User) -> str:
    """Full name and post of who is responsible for considering a request: its officer, or ``by``;
    "" where the role says no post (2939-VI art. 22(4), (7))."""
    official = appeal.officer or by
    grant = grant_of(official, appeal, involved)
    if grant is None or not grant.post:
        return ""
    patronymic = grant.patronymic if grant.user_id == official.pk else ""
    names = (official.family_name, official.given_name, patronymic)
    post = post_of(official, grant)
    return f"{' '.join(filter(None, names))}, {post[:1].lower()}{post[1:]}"


def name_in_signature(official: User | None) -> str:
    """«Тарас ШЕВЧЕНКО»."""
    if official is None:
        return ""
    return f"{official.given_name} {official.family_name.upper()}".strip()


def _executor(official: User | None, department: Department | None) -> str:
    """«Олена Коваль, (056) 111-22-33»."""
    if official is None:
        return ""
    phone = department.phone if department else ""
    return ", ".join(filter(None, [official.get_full_name(), phone]))
