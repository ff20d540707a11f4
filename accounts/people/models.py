"""People: one User for everybody, known by e-mail or by telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Case, Q, When
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.staff.duties import Duties
from accounts.staff.models import Grant, StaffRole
from core.domain.email_addresses import EmailModelField, to_comparable, to_delivered

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


#: Whoever asks for a page: the parameter ``user`` of most rules.
type Anybody = User | AnonymousUser


class PublicName(models.TextChoices):
    FULL = "full", _("full name")
    INITIAL = "initial", _("first name and initial")


class UserQuerySet(models.QuerySet["User"]):
    def unconfirmed(self) -> UserQuerySet:
        """Sign-ups that nobody finished: the address was never proved, nobody ever got in."""
        return (
            self.filter(last_login=None, emailaddress__verified=False)
            .exclude(emailaddress__verified=True)
            .distinct()
        )

    def of_email(self, email: str) -> UserQuerySet:
        """Whose address it is: nobody's, or one account. A sign-up that nobody finished is not:
        whoever named an address has not proved that it is theirs."""
        named = self.by_email(email).filter(erased_at=None)
        return named.exclude(last_login=None, emailaddress__verified=False)

    def by_email(self, email: str) -> UserQuerySet:
        """Accounts with this e-mail, confirmed or not: the one that is spelled just so first, then
        the one whose mail is delivered to the same mailbox."""
        typed = email.strip().lower()
        named = self.filter(Q(email=typed) | Q(delivered_email=to_comparable(typed)))
        return named.order_by(Case(When(email=typed, then=0), default=1), "pk")


_ManagerOfPeople = BaseUserManager.from_queryset(UserQuerySet)


# Made at run time: whether mypy's plugin has seen to it by now depends on the order of files.
class UserManager(_ManagerOfPeople["User"]):  # type: ignore[valid-type, unused-ignore]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person made by hand: their address counts as confirmed.

        Without a password one signs in by code only. Raises ValidationError for an e-mail that
        nothing can be sent to.
        """
        user = self.model(email=to_delivered(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        with transaction.atomic(using=self._db):
            user = self.create_user(email, password, is_staff=True, **fields)
            Grant.objects.using(self._db).create(user=user, role=StaffRole.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(Duties, AbstractBaseUser):
    """A person. What they do for the council their grants say (``duties.py``); suspension is
    ``is_active=False``."""

    #: Null: reached by telephone only, registered at an office (accounts/paper).
    email = EmailModelField(_("e-mail"), max_length=254, unique=True, null=True, blank=True)
    #: The e-mail as it is delivered (core/domain/email_addresses.py), by which a mailbox has one
    #: account; written by a trigger alone. Null: no e-mail, or one of several accounts that had one
    #: mailbox under several spellings before this was checked.
    delivered_email = models.CharField(max_length=254, unique=True, null=True, editable=False)
    #: As it is dialled, «+380441234567»; several people may share one.
    phone = models.CharField(_("telephone"), max_length=16, blank=True)
    #: "" until the person says something under their name (accounts/people/naming.py).
    given_name = models.CharField(_("first name"), max_length=80)
    family_name = models.CharField(_("last name"), max_length=80)
    public_name_style = models.CharField(
        _("public name"), max_length=10, choices=PublicName, default=PublicName.INITIAL
    )
    language = models.CharField(
        _("language for mails"),
        max_length=2,
        choices=[("uk", "Українська"), ("en", "English")],
        default="uk",
    )
    is_active = models.BooleanField(default=True)
    #: Holds a grant that is not revoked: works for the council. Kept by accounts.staff.actions.
    is_staff = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(db_default=Now(), editable=False)
    #: Since when this is nobody any more: what was said stays, who said it is gone.
    erased_at = models.DateTimeField(null=True, editable=False)
    #: Raised to make void what browsers remember of signing in (accounts/security/devices.py).
    device_epoch = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "family_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(name="email_in_lower_case", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="person_can_be_reached",
                condition=(Q(email__isnull=False) & ~Q(email="")) | (Q(email=None) & ~Q(phone="")),
            ),
            models.CheckConstraint(
                name="phone_as_dialled", condition=Q(phone="") | Q(phone__regex=r"^\+[0-9]{9,15}$")
            ),
            models.CheckConstraint(
                name="erased_person_has_no_name",
                condition=Q(erased_at=None)
                | Q(given_name="", family_name="", is_active=False, password__startswith="!"),  # noqa: S106 - none at all
            ),
        ]
        indexes = [
            models.Index(fields=["phone"], condition=~Q(phone=""), name="person_by_phone"),
        ]

    def __str__(self) -> str:
        return self.public_name

    @property
    def public_name(self) -> str:
        """Public name, as the person chose: «Олена Коваль» or «Олена К.»; of somebody who erased
        their account «видалений користувач», of somebody who has said no name yet «без імені».
        """
        if self.erased_at:
            return gettext("deleted user")
        if not self.given_name:
            return self.family_name or gettext("no name yet")
        if self.public_name_style == PublicName.FULL:
            return f"{self.given_name} {self.family_name}".strip()
        initial = f" {self.family_name[0]}." if self.family_name else ""
        return f"{self.given_name}{initial}"

    def get_full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again; what was read of their grants is forgotten too."""
        self.__dict__.pop("grants_in_force", None)
        super().refresh_from_db(*args, **kwargs)


class Suspension(models.Model):
    """Why and since when somebody may not act; the open one is in force (``is_active=False``)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="suspensions")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(db_default=Now(), editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_suspension_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Agreement(models.Model):
    """Which version of the terms or the privacy notice a person agreed to, and when."""

    class Document(models.TextChoices):
        TERMS = "terms", _("terms of use")
        PRIVACY = "privacy", _("privacy notice")

    user = models.ForeignKey(User, models.CASCADE, related_name="agreements")
    document = models.CharField(max_length=10, choices=Document)
    version = models.CharField(max_length=20)
    agreed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "document", "version"], name="agreed_once_to_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"
