"""Personal data in the models below accounts: of libraries, the core and the city.

They have no ``personal_data.py`` of their own, for they know nothing of people and of the register.
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
    tables,
)
from accounts.models import User
from accounts.security.devices import words as browser
from city.models import (
    AgeGroup,
    Change,
    Council,
    Department,
    District,
    LocalElection,
    MapFeature,
    MartialLawPeriod,
    Street,
    Theme,
)
from core.domain import clock
from core.models import (
    AuditAnchor,
    AuditCut,
    AuditEntry,
    AuditLink,
    AuditRecord,
    IdempotencyKey,
    KeptEntry,
    RecordSalt,
    StateFault,
    StateRun,
    Topic,
)

# --- signing in ---------------------------------------------------------------------------------


def _without_secrets(row: Row) -> Row:
    """An authenticator reduced to its name: its content opens the account."""
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
    """Condition for listed sessions that have expired."""
    session = Session.objects.filter(session_key=OuterRef("session_key"))
    return Q(~Exists(session), last_seen_at__lt=clock.Now() - timedelta(days=1))


register_retention(Retention(model=UserSession, period="sessions", stale=_over))

# --- the trace of actions, jobs -------------------------------------------------------------------


def _trace(user: User) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(Q(actor=user.pk) | Q(ids__user_id=user.pk))


def _jobs(user: User) -> QuerySet[ProcrastinateJob]:
    """Jobs about the user, waiting and done; running ones end by themselves.

    Of mails to many, the member of an audience is a person where ``audience`` says so
    (notifications.mails.audiences).
    """
    as_member = Q(args__audience="participants", args__member_id=user.pk)
    mine = ProcrastinateJob.objects.filter(Q(args__user_id=user.pk) | as_member)
    return mine.exclude(status="doing")


def _idempotency_keys(user: User) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(user_id=user.pk)


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
    # Deleted by core.jobs, for they are many.
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
    ),
)

# Its owner deletes whole days of it (core.audit_log.trimming).


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


# --- nothing of anybody's -------------------------------------------------------------------------

impersonal(
    *(Council, Department, Theme, District, Street, MapFeature, AgeGroup),
    *(MartialLawPeriod, LocalElection),
    why="the council's own name, contacts and lists",
)
impersonal(Topic, why="counters of changes")
impersonal(StateFault, StateRun, why="the state of the server, which names nobody")
impersonal(AuditLink, AuditCut, why="hashes of the audit log, which say nothing of anybody")
impersonal(
    *(AuditRecord, KeptEntry, RecordSalt),
    why="facts and digests of what was published; and random bytes of a procedure",
)
impersonal(AuditAnchor, why="time-stamps and seals of organisations; a person's is refused")
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
