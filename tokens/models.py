"""The model of a token: a key by which a program may do a few things in somebody's name."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now as DatabaseNow
from django.utils.translation import gettext_lazy as _

from core.domain.clock import Now

#: Days that a token may be made for.
LIFETIMES = (30, 90, 365)


class Scope(models.TextChoices):
    """Scope of a token. What is public it reads as anybody does."""

    ME_READ = "me:read", _("see who I am: my names, level, residence, organisations")
    ME_WRITE = "me:write", _("change my public name and language")
    REMARKS_WRITE = "remarks:write", _("post remarks in my name")
    PETITIONS_SIGN = (
        "petitions:sign",
        _("sign petitions in my name, see my signatures and take them back"),
    )
    VOTES_CAST = "votes:cast", _("vote in open polls in my name, and see how I voted")
    APPEALS_READ = "appeals:read", _("read my appeals and the answers to them")
    APPEALS_WRITE = "appeals:write", _("file appeals and requests for information in my name")
    SERVICES_WRITE = (
        "services:write",
        _("tell how many times electronic services of my department were used in a month"),
    )


class TokenQuerySet(models.QuerySet["Token"]):
    def in_force(self) -> TokenQuerySet:
        """Neither revoked nor expired, by the database's clock."""
        return self.filter(revoked_at=None, expires_at__gt=Now())


class Token(models.Model):
    """One program's key. Only the SHA-256 of it is kept: whoever reads this table has none."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope), verbose_name=_("may"))
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    expires_at = models.DateTimeField(_("until"))
    #: A day, in Kyiv, and no moment: it tells the owner enough, and costs one write a day.
    used_on = models.DateField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="token_is_for_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="token_scopes_are_known", condition=Q(scopes__contained_by=Scope.values)
            ),
            models.CheckConstraint(
                name="token_lasts_a_year_at_most",
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + timedelta(days=LIFETIMES[-1] + 1)),
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(revoked_at=None), name="token_standing"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may(self) -> list[str]:
        """Scopes of the program, in words."""
        return [str(Scope(scope).label) for scope in self.scopes]
