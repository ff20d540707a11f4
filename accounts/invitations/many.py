"""Invite many people from a table, or show what each line would send.

Nothing is read of accounts, so that known and unknown addresses are answered alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.invitations import rules
from accounts.invitations.actions import invite
from accounts.invitations.table import InvitedLine, roles_by_words
from accounts.models import StaffInvitation
from accounts.people.fields import AccountEmailField
from accounts.rules import administer
from accounts.staff.models import StaffRole
from city.models import Department
from core.domain.actions import action
from core.domain.email_addresses import to_comparable
from core.domain.rules import Refused, reject, require
from core.export.pasted import Line, Outcome

if TYPE_CHECKING:
    from accounts.models import User


class WrongLine(Exception):
    """A line that was refused when the invitations were sent: its number and why."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number


def preview_invitations(lines: Sequence[InvitedLine], *, by: User, reason: str) -> list[Line]:
    """The role that each line would give, and to whom. A line whose invitation waits already sends
    nothing."""
    table = _Table(by, reason)
    found: list[Line] = []
    for line in lines:
        try:
            address, role, department = table.judge(line)
        except Refused as refused:
            found.append(Line(line.number, line.email, Outcome.REFUSED, str(refused)))
            continue
        parts = (role.label, department.local_name if department else "", line.post)
        said = ", ".join(str(part) for part in parts if part)
        waits = table.waits(address, role, department)
        outcome = Outcome.UNCHANGED if waits else Outcome.ADDED
        found.append(Line(line.number, address, outcome, said))
    return found


def invite_many(
    lines: Sequence[InvitedLine], *, by: User, reason: str, language: str
) -> list[StaffInvitation]:
    """Invite all of a table, or nobody: a mail in ``language`` goes to each who is not invited yet.

    Refuses by accounts.rules.administer; raises WrongLine for the first line that is refused: no
    address, no such role or department, one that stands there twice, or what rules.invite refuses.
    Emits StaffInvited for each.
    """
    with action():
        table = _Table(by, reason)
        made: list[StaffInvitation] = []
        for line in lines:
            try:
                address, role, department = table.judge(line)
                if table.waits(address, role, department):
                    continue
                made.append(
                    invite(
                        address,
                        by=by,
                        role=role,
                        department=department,
                        reason=reason,
                        post=line.post,
                        post_genitive=line.post_genitive,
                        patronymic=line.patronymic,
                        language=language,
                    )
                )
            except Refused as refused:
                raise WrongLine(line.number, str(refused)) from refused
        return made


class _Table:
    """The rows that lines are compared with: read once, not for each line."""

    def __init__(self, by: User, reason: str) -> None:
        require(administer(by))
        self.by, self.reason = by, reason
        self.roles = roles_by_words()
        self.departments = {
            word.casefold(): each
            for each in Department.objects.open()
            for word in (each.name, each.slug, each.name_en)
            if word
        }
        open_ones = StaffInvitation.objects.open().filter(scope="")
        self.waiting = set(open_ones.values_list("email", "role", "department"))
        self.judged: set[tuple[str, str, int | None]] = set()

    def judge(self, line: InvitedLine) -> tuple[str, StaffRole, Department | None]:
        """The address, the role and the department of a line; raises Refused."""
        try:
            address: str = AccountEmailField().clean(line.email)
        except ValidationError as wrong:
            reject("staff_invitation.not_an_address", " ".join(wrong.messages))
        role = self.roles.get(line.role.casefold())
        if role is None:
            reject("staff.no_such_role", _("There is no role “%(name)s”.") % {"name": line.role})
        department = self.departments.get(line.department.casefold())
        if line.department and department is None:
            reject(
                "staff.no_such_department",
                _("There is no department “%(name)s”.") % {"name": line.department},
            )
        if len(line.post) > 200 or len(line.post_genitive) > 200 or len(line.patronymic) > 80:
            reject("staff.post_too_long", _("The post or the patronymic is too long."))
        require(
            rules.invite(
                self.by,
                email=address,
                role=role,
                department_id=department.pk if department else None,
                post=line.post,
                post_genitive=line.post_genitive,
                reason=self.reason,
            )
        )
        this = _key(address, role, department)
        if this in self.judged:
            reject("staff_invitation.twice", _("This address stands there twice with this role."))
        self.judged.add(this)
        return address, role, department

    def waits(self, address: str, role: StaffRole, department: Department | None) -> bool:
        """Whether an invitation of this address to this role waits already."""
        return _key(address, role, department) in self.waiting


def _key(
    address: str, role: StaffRole, department: Department | None
) -> tuple[str, str, int | None]:
    return to_comparable(address), role.value, department.pk if department else None
