"""What is held about people below the other apps: accounts, sign-in, sessions, jobs.

The lines of the libraries' models stand here too, for they have no ``personal_data.py`` of their
own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from accounts.data import words
from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    Row,
    impersonal,
    register,
    register_retention,
    staff_references,
    tables,
)
from accounts.identity.recognising import forget_unless_counted
from accounts.models import (
    Absence,
    Agreement,
    DataAccess,
    Export,
    Grant,
    PersonKey,
    Residence,
    Suspension,
    User,
    Verification,
)
from accounts.models.residence import address_is_idle
from accounts.security.devices import words as browser
from city.models import AgeGroup, Change, Council, Department, District, MartialLawPeriod, Theme
from core.domain import clock
from core.models import AuditEntry, IdempotencyKey, Topic

AUTHORITY = _("By whose authority the council acted is part of its records (law 2939-VI art. 15)")

# --- accounts -----------------------------------------------------------------------------------

register(
    PersonalData(
        model=User,
        purpose=Purpose.ACCOUNT,
        title=_("Account"),
        whose=("pk",),
        shown={
            "email": _("e-mail"),
            "delivered_email": _("e-mail as mail is delivered to it"),
            "phone": _("telephone"),
            "given_name": _("first name"),
            "family_name": _("last name"),
            "public_name_style": _("public name"),
            "language": _("language for mails"),
            "date_joined": _("signed up"),
            "last_login": _("last signed in"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={
            "given_name": "",
            "family_name": "",
            "public_name_style": "initial",
            "language": "uk",
            "last_login": None,
        },
        kept_because=_(
            "A row without a name stays, so that what you said stays countable as said by one "
            "person (3841-IX art. 19, 393/96-ВР art. 23-1)"
        ),
    ),
    PersonalData(
        model=Agreement,
        purpose=Purpose.ACCOUNT,
        title=_("What you agreed to"),
        shown={"document": _("document"), "version": _("version"), "agreed_at": _("when")},
        said={"version": words.version},
        on_erasure=OnErasure.KEPT,
        kept_because=_(
            "Proof of the consent, without your name, while a claim can be brought "
            "(Civil Code art. 257)"
        ),
        period="agreements",
        after_end=True,
    ),
    PersonalData(
        model=Suspension,
        purpose=Purpose.PROTECTION,
        title=_("Suspensions"),
        shown={"reason": _("reason"), "at": _("since"), "ended_at": _("until")},
        period="suspensions",
        after_end=True,
    ),
    PersonalData(
        model=Verification,
        purpose=Purpose.IDENTITY,
        title=_("Checks of who you are"),
        shown={
            "level": _("assurance"),
            "how": _("how"),
            "source": _("by what"),
            "organisation_code": _("ЄДРПОУ"),
            "organisation_name": _("organisation"),
            "age_over": _("age of at least"),
            "came_back": _("known here before, under an account that you have erased"),
            "at": _("when"),
            "expires_at": _("expires"),
            "ended_at": _("ended"),
        },
        said={"source": words.source, "came_back": words.if_so},
        last_days=("expires_at",),
        period="verifications",
        after_end=True,
    ),
    PersonalData(
        model=PersonKey,
        purpose=Purpose.IDENTITY,
        title=_("By what one living person is told from another"),
        shown={"at": _("since")},
        on_erasure=OnErasure.KEPT,
        erase=forget_unless_counted,
        kept_because=_(
            "If you have supported something that still counts: a code made of your РНОКПП, of "
            "which nobody can make the number again, so that you do not support it twice under "
            "another account (393/96-ВР art. 23-1, 3841-IX art. 19; 2297-VI art. 11(1)(5)). "
            "Otherwise it is deleted"
        ),
        period="person_keys",
        after_end=True,
    ),
    PersonalData(
        model=Residence,
        purpose=Purpose.RESIDENCE,
        title=_("Residence"),
        shown={
            "district__name": _("district"),
            "address": _("address"),
            "basis": _("basis"),
            "declared_at": _("declared"),
            "how": _("how it was checked"),
            "checked_at": _("checked"),
            "expires_at": _("expires"),
            "ended_at": _("ended"),
        },
        last_days=("expires_at",),
        period="residences",
        after_end=True,
    ),
    PersonalData(
        model=Grant,
        purpose=Purpose.DUTIES,
        title=_("Roles that you have or had"),
        shown={
            "role": _("role"),
            "department__name": _("department"),
            "scope": _("for what"),
            "starts_at": _("from"),
            "ends_at": _("until"),
            "reason": _("reason"),
            "granted_at": _("granted"),
            "revoked_at": _("revoked"),
            "revoked_reason": _("reason for the end"),
        },
        said={"scope": words.thing},
        last_days=("ends_at",),
        on_erasure=OnErasure.EMPTIED,
        emptied={"reason": "", "revoked_reason": ""},
        kept_because=AUTHORITY,
    ),
    PersonalData(
        model=Absence,
        purpose=Purpose.DUTIES,
        title=_("Absences, and who stood in"),
        whose=("absent", "cover"),
        shown={
            "starts_at": _("from"),
            "ends_at": _("until"),
            "reason": _("reason"),
            "ended_at": _("ended"),
        },
        last_days=("ends_at",),
        on_erasure=OnErasure.EMPTIED,
        emptied={"reason": ""},
        kept_because=AUTHORITY,
    ),
    PersonalData(
        model=Export,
        purpose=Purpose.PROTECTION,
        title=_("Downloads of your data"),
        shown={"asked_at": _("asked for"), "ready_at": _("ready"), "ended_at": _("deleted")},
        period="exports",
    ),
    PersonalData(
        model=DataAccess,
        purpose=Purpose.PROTECTION,
        title=_("Who of the council looked at your data"),
        shown={
            "at": _("when"),
            "why": _("why"),
            "by__given_name": _("first name"),
            "by__family_name": _("last name"),
            "role": _("role"),
            "department__name": _("department"),
        },
        said={"why": words.reason_of_look, "role": words.role},
        period="looks",
    ),
)
register_retention(
    Retention(
        model=Agreement,
        period="agreements",
        stale=lambda before: Q(user__erased_at__lt=before),
    ),
    Retention(model=Suspension, period="suspensions", stale=lambda before: Q(ended_at__lt=before)),
    Retention(
        model=Verification, period="verifications", stale=lambda before: Q(ended_at__lt=before)
    ),
    Retention(
        model=PersonKey,
        period="person_keys",
        stale=lambda before: Q(user__erased_at__lt=before),
    ),
    Retention(model=Residence, period="residences", stale=lambda before: Q(ended_at__lt=before)),
    Retention(
        model=Residence,
        period="addresses",
        stale=lambda before: address_is_idle() & Q(checked_at__lt=before),
        emptied={"address": ""},
    ),
    Retention(
        model=Residence,
        period="unchecked_addresses",
        stale=lambda before: address_is_idle() & Q(checked_at=None, declared_at__lt=before),
        emptied={"address": ""},
    ),
    Retention(model=Export, period="exports", stale=lambda before: Q(ended_at__lt=before)),
    Retention(model=DataAccess, period="looks", stale=lambda before: Q(at__lt=before)),
)
staff_references(Suspension, "by", "ended_by")
staff_references(Verification, "by")
staff_references(Residence, "checked_by")
staff_references(Grant, "granted_by", "revoked_by")
staff_references(Absence, "named_by", "ended_by")
staff_references(DataAccess, "by", why=_("the journal of another person, who has a right to it"))


# --- signing in ---------------------------------------------------------------------------------


def _without_secrets(row: Row) -> Row:
    """Of an authenticator its name alone: what is in it opens the account."""
    return {**row, "data": (row["data"] or {}).get("name", "")}


def _sessions(user: User) -> QuerySet[Session]:
    return Session.objects.filter(
        session_key__in=UserSession.objects.filter(user=user).values("session_key")
    )


register(
    PersonalData(
        model=EmailAddress,
        purpose=Purpose.ACCOUNT,
        title=_("E-mail addresses"),
        shown={"email": _("e-mail"), "verified": _("confirmed"), "primary": _("in use")},
    ),
    PersonalData(
        model=EmailConfirmation,
        purpose=Purpose.ACCOUNT,
        title=_("E-mail addresses to be confirmed"),
        whose=("email_address__user",),
        shown={"created": _("when")},
    ),
    PersonalData(
        model=Authenticator,
        purpose=Purpose.ACCOUNT,
        title=_("Second factors and passkeys"),
        shown={
            "type": _("kind"),
            "data": _("name"),
            "created_at": _("since"),
            "last_used_at": _("last used"),
        },
        change=_without_secrets,
        said={"type": words.factor},
    ),
    PersonalData(
        model=SocialAccount,
        purpose=Purpose.IDENTITY,
        title=_("Identity providers"),
        shown={
            "provider": _("provider"),
            "uid": _("your number there"),
            "extra_data": _("what it told"),
            "date_joined": _("since"),
            "last_login": _("last used"),
        },
        said={"provider": words.source, "uid": words.number_there},
    ),
    PersonalData(
        model=SocialToken,
        purpose=Purpose.IDENTITY,
        title=_("Keys of identity providers"),
        whose=("account__user",),
        shown={"expires_at": _("expires")},
    ),
    PersonalData(
        model=UserSession,
        purpose=Purpose.PROTECTION,
        title=_("Where you are signed in"),
        shown={
            "created_at": _("since"),
            "last_seen_at": _("last seen"),
            "ip": _("internet address"),
            "user_agent": _("browser"),
        },
        said={"user_agent": browser},
        period="sessions",
    ),
    PersonalData(
        model=Session,
        purpose=Purpose.PROTECTION,
        title=_("Sessions"),
        find=_sessions,
        numbered=False,
        shown={"expire_date": _("expires")},
        period="sessions",
    ),
)


def _over(before: datetime) -> Q:
    """What is still listed of sessions that are there no more."""
    session = Session.objects.filter(session_key=OuterRef("session_key"))
    return Q(~Exists(session), last_seen_at__lt=clock.Now() - timedelta(days=1))


register_retention(Retention(model=UserSession, period="sessions", stale=_over))

# --- the trace of actions, jobs -------------------------------------------------------------------


def _trace(user: User) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(Q(actor=user.pk) | Q(ids__user_id=user.pk))


def _jobs(user: User) -> QuerySet[ProcrastinateJob]:
    """What waits for the worker about her, and what it has done; what it is at ends by itself."""
    return ProcrastinateJob.objects.filter(args__user_id=user.pk).exclude(status="doing")


register(
    PersonalData(
        model=AuditEntry,
        purpose=Purpose.PROTECTION,
        title=_("What happened to your account and by you"),
        find=_trace,
        shown={"at": _("when"), "event": _("what"), "ids": _("numbers of what it was about")},
        said={"event": words.event},
        for_programs=("ids",),
        on_erasure=OnErasure.KEPT,
        kept_because=_(
            "The trace of actions holds numbers alone; without an account they lead to nobody "
            "(law 2297-VI art. 24)"
        ),
        period="trace",
    ),
    PersonalData(
        model=ProcrastinateJob,
        purpose=Purpose.MAILS,
        title=_("Mails and other work that wait to be done for you"),
        find=_jobs,
        shown={"task_name": _("what"), "status": _("state"), "scheduled_at": _("when")},
        said={"task_name": words.job, "status": words.state_of_job},
        period="jobs",
    ),
)

register_retention(
    Retention(model=AuditEntry, period="trace", stale=lambda before: Q(at__lt=before))
)


def _changes(user: User) -> QuerySet[Change]:
    return Change.objects.filter(by=user.pk)


register(
    PersonalData(
        model=Change,
        purpose=Purpose.PROTECTION,
        title=_("What you changed of the council’s own data"),
        find=_changes,
        shown={"at": _("when"), "verb": _("what"), "name": _("what it was called")},
        for_programs=("table", "row", "values"),
        on_erasure=OnErasure.KEPT,
        kept_because=_(
            "The trace of actions holds numbers alone; without an account they lead to nobody "
            "(law 2297-VI art. 24)"
        ),
        period="trace",
    )
)

register_retention(Retention(model=Change, period="trace", stale=lambda before: Q(at__lt=before)))


# --- keys of forms, so that what is sent twice is carried out once --------------------------------


def _idempotency_keys(user: User) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(user_id=user.pk)


# Deleted by core.domain.jobs, for they are many.
register(
    PersonalData(
        model=IdempotencyKey,
        purpose=Purpose.PROTECTION,
        title=_("Forms that you sent lately, so that none is carried out twice"),
        find=_idempotency_keys,
        shown={
            "created_at": _("when"),
            "kind": _("kind of what it created"),
            "object_id": _("number of what it created"),
        },
        for_programs=("kind", "object_id"),
        numbered=False,
        period="idempotency_keys",
    )
)

# --- nothing of anybody's -------------------------------------------------------------------------

impersonal(
    *(Council, Department, Theme, District, AgeGroup, MartialLawPeriod),
    why="the council's own name, contacts and lists",
)
impersonal(Topic, why="counters of changes")
impersonal(SocialApp, why="keys of the city at its identity providers")
impersonal(
    Group,
    Group.permissions.through,
    Permission,
    ContentType,
    why="Django's own lists; no person points to them here",
)
impersonal(
    ProcrastinateWorker, ProcrastinatePeriodicDefer, why="processes of the server and its clock"
)
impersonal(ProcrastinateEvent, why="states of jobs: times and numbers of jobs")

tables["core_limit"] = "tries are counted under a hash, and deleted when their window ends"
tables["core_cache"] = "what can be computed again; nothing about people is put there"
tables["core_heartbeat"] = "when the worker of jobs last wrote; nothing about people"
tables["django_migrations"] = "the state of the database"
