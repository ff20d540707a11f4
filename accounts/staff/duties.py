"""Rights of staff, as the grants in force give them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.functional import cached_property

from accounts.staff.models import LEADERS, OF_DEPARTMENTS, SPEAKERS, Grant, StaffRole

_EVERYTHING = StaffRole.ADMINISTRATOR


class Duties:
    """Mixed into User. ``scope`` is one thing's name, its topic's («consultation:12»)."""

    pk: Any
    is_staff: bool
    #: False for whom a session brings that has shown no second factor: their grants are not in
    #: force then, whatever they ask for and by whatever door (accounts/security/).
    second_factored = True

    @cached_property
    def grants_in_force(self) -> tuple[Grant, ...]:
        """By the database's clock, their own and those that they hold as a cover: one query, and
        none for a resident. Whose they are says ``grant.user_id``."""
        if not self.is_staff or not self.second_factored or self.pk is None:
            return ()
        return tuple(Grant.objects.held_by(self.pk).order_by("pk"))

    def grant_staff_rights(self) -> None:
        """The session has shown the second factor just now."""
        self.second_factored = True
        self.__dict__.pop("grants_in_force", None)

    @property
    def is_administrator(self) -> bool:
        return self._is(_EVERYTHING)

    @property
    def is_moderator(self) -> bool:
        """Moderates something, if only one consultation; or an administrator."""
        return self._is(StaffRole.MODERATOR, _EVERYTHING)

    @property
    def is_officer(self) -> bool:
        """An officer of some department or thing, its head, or an administrator."""
        return self._is(*SPEAKERS, _EVERYTHING)

    @property
    def is_secretary(self) -> bool:
        """A secretary of some department or thing, or an administrator."""
        return self._is(StaffRole.SECRETARY, _EVERYTHING)

    def leads_body(self, *roles: StaffRole) -> bool:
        """Is the head of the body or, unless ``roles`` say otherwise, a deputy; or stands in for
        one. An administrator is neither."""
        return self._is(*(roles or LEADERS))

    @property
    def department_ids(self) -> frozenset[int]:
        """The departments of which they are the head, an officer or a secretary, as a whole."""
        return self.departments_as(*OF_DEPARTMENTS)

    @property
    def speaking_department_ids(self) -> frozenset[int]:
        """The departments in whose name they may act, as a whole: as their head or officer."""
        return self.departments_as(*SPEAKERS)

    @property
    def belongs_to(self) -> frozenset[int]:
        """Every department of which they hold a grant, if only for one thing or as a cover."""
        return frozenset(
            grant.department_id for grant in self.grants_in_force if grant.department_id is not None
        )

    @property
    def acts_for(self) -> frozenset[int]:
        """The ids of the people as whom they act: themselves, and those for whom they stand in."""
        return frozenset({self.pk, *(grant.user_id for grant in self.grants_in_force)})

    def speaks_for(self, department_id: int | None, scope: str = "") -> bool:
        """May act for the department, in the matter of ``scope``: its head or officer, that of
        this one thing, or an administrator. Without a scope: in whatever the department does."""
        return self._holds(SPEAKERS, department_id, scope)

    def heads(self, department_id: int | None) -> bool:
        """May decide as the head of the department does; an administrator may too."""
        return self._holds((StaffRole.HEAD,), department_id, "")

    def keeps_record_of(self, department_id: int | None, scope: str = "") -> bool:
        """May do what a secretary does; whoever speaks for the department may do it too."""
        return self._holds(OF_DEPARTMENTS, department_id, scope)

    def moderates(self, scope: str = "") -> bool:
        """May moderate the one thing; without a scope: everything."""
        return self._is(_EVERYTHING) or any(
            grant.role == StaffRole.MODERATOR and grant.scope in ("", scope)
            for grant in self.grants_in_force
        )

    def departments_as(self, *roles: StaffRole) -> frozenset[int]:
        """The departments in which they hold one of ``roles``, as a whole."""
        return frozenset(
            grant.department_id
            for grant in self.grants_in_force
            if grant.role in roles and not grant.scope and grant.department_id is not None
        )

    def things_as(self, kind: str, *roles: StaffRole) -> frozenset[int]:
        """The ids of things of ``kind`` («consultation») for which alone they hold one of
        ``roles``."""
        scopes = (grant.scope.split(":") for grant in self.grants_in_force if grant.role in roles)
        return frozenset(int(scope[1]) for scope in scopes if scope[0] == kind)

    def standing_in_as(
        self, roles: tuple[StaffRole, ...], department_id: int | None, scope: str = ""
    ) -> int | None:
        """The id of the absent colleague by whose grant alone they may act so; None when they may
        by one of their own, or not at all."""
        whose = {
            grant.user_id
            for grant in self.grants_in_force
            if grant.role == _EVERYTHING
            or (grant.role in roles and _covers(grant, department_id, scope))
        }
        return min(whose) if whose and self.pk not in whose else None

    def grant_as(
        self, *roles: StaffRole, department_ids: Collection[int] | None = None, scope: str = ""
    ) -> Grant | None:
        """The grant by which they act in one of ``roles``, the first of these first, one of their
        own before one as a cover. ``department_ids``: of these departments, or of ``scope``."""
        held = [
            grant
            for grant in self.grants_in_force
            if grant.role in roles
            and (
                department_ids is None
                or (grant.scope == scope if grant.scope else grant.department_id in department_ids)
            )
        ]
        order = [str(role) for role in roles]
        held.sort(key=lambda grant: (grant.user_id != self.pk, order.index(grant.role)))
        return held[0] if held else None

    def _is(self, *roles: StaffRole) -> bool:
        return any(grant.role in roles for grant in self.grants_in_force)

    def _holds(self, roles: tuple[StaffRole, ...], department_id: int | None, scope: str) -> bool:
        return self._is(_EVERYTHING) or any(
            grant.role in roles and _covers(grant, department_id, scope)
            for grant in self.grants_in_force
        )


def _covers(grant: Grant, department_id: int | None, scope: str) -> bool:
    """Whether a grant of a department, or of one thing, reaches the thing of the department."""
    if grant.scope:
        return grant.scope == scope
    return grant.department_id is not None and grant.department_id == department_id
