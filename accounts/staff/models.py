"""Models of staff: grants of roles with their trace, and absences with who stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now as DatabaseNow
from django.utils.translation import gettext_lazy as _

from core.domain.clock import Now

if TYPE_CHECKING:
    from accounts.people.models import User

#: The longest that a break-glass administrator may be one.
LONGEST_EMERGENCY = timedelta(hours=24)


class StaffRole(models.TextChoices):
    BODY_HEAD = "body_head", _("head of the body")
    BODY_DEPUTY = "body_deputy", _("deputy head of the body")
    MODERATOR = "moderator", _("moderator")
    HEAD = "head", _("head of a department")
    OFFICER = "officer", _("officer")
    SECRETARY = "secretary", _("secretary")
    ADMINISTRATOR = "administrator", _("administrator")


#: The roles that are of a department, or of one thing.
OF_DEPARTMENTS = (StaffRole.HEAD, StaffRole.OFFICER, StaffRole.SECRETARY)
#: The head of the body itself and their deputies («керівник органу, його заступник», 393/96-ВР
#: arts 8, 20): no department's.
LEADERS = (StaffRole.BODY_HEAD, StaffRole.BODY_DEPUTY)
#: Those of OF_DEPARTMENTS who act in the department's name.
SPEAKERS = (StaffRole.HEAD, StaffRole.OFFICER)


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self) -> GrantQuerySet:
        """Granted, begun, not over and not revoked, by the database's clock."""
        return self.unended().filter(starts_at__lte=Now())

    def unended(self) -> GrantQuerySet:
        """In force now or, unless it is revoked, later."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=Now()), revoked_at=None)

    def held_by(self, user_id: int) -> GrantQuerySet:
        """The person's own in force, and those of the colleagues for whom they stand in."""
        covered = Absence.objects.in_force().filter(cover=user_id, absent__is_active=True)
        return self.in_force().filter(Q(user=user_id) | Q(user__in=covered.values("absent")))


class Grant(models.Model):
    """A role of one person: everywhere, in a department, or for one thing.

    ``scope`` names the one thing as its topic does («consultation:12»); empty: all that the role
    and the department cover. Rows are never deleted or changed but for the end of their force.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=StaffRole)
    department = models.ForeignKey(
        "city.Department",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("department"),
        related_name="grants",
    )
    scope = models.CharField(max_length=80, blank=True)
    #: What letters print under the person's name: the post as in the order of appointment, the same
    #: in the genitive for who stands in («в. о. міського голови»), and the patronymic.
    post = models.CharField(_("post"), max_length=200, blank=True, default="", db_default="")
    post_genitive = models.CharField(
        _("post, in the genitive"), max_length=200, blank=True, default="", db_default=""
    )
    patronymic = models.CharField(
        _("patronymic"), max_length=80, blank=True, default="", db_default=""
    )
    starts_at = models.DateTimeField(_("from"), db_default=DatabaseNow())
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    #: Taken from the server's command line for hours (manage.py break_glass).
    emergency = models.BooleanField(default=False, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    granted_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    #: None: by a command, by whoever runs the server.
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoked_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_of_department_names_it",
                condition=~Q(role__in=["head", "officer", "secretary"])
                | Q(department__isnull=False)
                | ~Q(scope=""),
            ),
            models.CheckConstraint(
                name="leader_of_everything_with_a_post",
                condition=~Q(role__in=["body_head", "body_deputy"])
                | Q(department=None, scope="") & ~Q(post=""),
            ),
            models.CheckConstraint(
                name="grant_post_in_both_cases",
                condition=Q(post="", post_genitive="") | ~Q(post="") & ~Q(post_genitive=""),
            ),
            models.CheckConstraint(
                name="administrator_of_everything",
                condition=~Q(role="administrator") | Q(department=None, scope=""),
            ),
            models.CheckConstraint(
                name="moderator_of_everything_or_one_thing",
                condition=~Q(role="moderator") | Q(department=None) | ~Q(scope=""),
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="emergency_of_hours",
                condition=Q(emergency=False)
                | Q(
                    role="administrator",
                    ends_at__isnull=False,
                    ends_at__lte=F("starts_at") + LONGEST_EMERGENCY,
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "department", "scope"],
                condition=Q(revoked_at=None, ends_at=None),
                nulls_distinct=False,
                name="one_open_grant_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(revoked_at=None), name="grant_standing"),
            models.Index(
                fields=["department", "id"], condition=Q(revoked_at=None), name="grant_department"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}".strip()


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def in_force(self) -> AbsenceQuerySet:
        """Begun, not over and not ended early, by the database's clock."""
        return self.unended().filter(starts_at__lte=Now())

    def unended(self) -> AbsenceQuerySet:
        """In force now or, unless it is ended before, later."""
        return self.filter(ends_at__gt=Now(), ended_at=None)


class Absence(models.Model):
    """While ``absent`` is away, ``cover`` holds all that ``absent`` holds of their own, no more.

    Nothing is copied: what the absent person is given or loses meanwhile, the cover gains or loses
    at once, and what that person holds as somebody's cover is not passed on.
    """

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("absent")
    )
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="covered_absences",
        verbose_name=_("stands in"),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    named_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="nobody_covers_herself", condition=~Q(absent=F("cover"))),
            ExclusionConstraint(
                name="one_cover_at_a_time",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["cover"], condition=Q(ended_at=None), name="absence_cover"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} – {self.ends_at}"


def load_grants(users: Collection[User]) -> None:
    """Fill ``grants_in_force`` of many people in two queries, in none when nobody is staff."""
    staff = {user.pk: user for user in users if user.is_staff and user.second_factored}
    covers: dict[int, list[int]] = {pk: [pk] for pk in staff}
    if staff:
        pairs = Absence.objects.in_force().filter(cover__in=staff, absent__is_active=True)
        for absent_id, cover_id in pairs.values_list("absent", "cover"):
            covers.setdefault(absent_id, []).append(cover_id)
    held: dict[int, list[Grant]] = {pk: [] for pk in staff}
    for grant in _of(covers) if staff else ():
        for holder in covers[grant.user_id]:
            held[holder].append(grant)
    for user in users:
        user.grants_in_force = tuple(held.get(user.pk, ()))


def _of(user_ids: Iterable[int]) -> GrantQuerySet:
    return Grant.objects.in_force().filter(user__in=list(user_ids)).order_by("pk")
