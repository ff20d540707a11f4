"""Organisations, their mandates, programs and the press."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from accounts.models import (
    User,
)
from core.domain import clock
from core.domain.calendar import local_date
from newsroom.models import Accreditation
from organisations import queries as organisations
from organisations.mandates.actions import heads_of
from organisations.models import Invitation, Mandate, Organisation
from tests import factories, people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, FUTURE, NOW, PAST
from tokens.models import Token

# --- organisations --------------------------------------------------------------------------------


ORGANISATIONS = Kind(
    "an organisation",
    lambda: None,
    lambda at: factories.organisation("ТОВ «Нове»", how="", confirmed_at=None),
    {
        "confirmed": {"confirmed_at": NOW, "how": "office"},
        "confirmed-closed": {"confirmed_at": NOW, "how": "office", "closed_at": NOW},
        "refused": {"refused_at": NOW, "refused_reason": "немає в реєстрі"},
        "closed": {"closed_at": NOW},
    },
    (
        Figure(
            "organisations/queries.py waiting_count",
            lambda at: organisations.waiting_count(),
            "ordinary",
        ),
        Figure(
            "organisations/registering/models.py OrganisationQuerySet.waiting",
            lambda at: Organisation.objects.waiting(),
            "ordinary",
        ),
        Figure(
            "organisations/registering/models.py OrganisationQuerySet.confirmed",
            lambda at: Organisation.objects.confirmed(),
            "confirmed",
        ),
    ),
)


def _suspend_its_user(row: Any, _at: Any) -> None:
    User.objects.filter(pk=row.user_id).update(is_active=False)


def _of_its_organisation(**values: Any) -> Any:
    return lambda row, at: write(Organisation, at.organisation.pk, **values)


_WAITS = {"confirmed_at": None, "how": ""}
MANDATES = Kind(
    "a mandate",
    lambda: SimpleNamespace(organisation=factories.organisation(), by=people.load("olena")),
    lambda at: factories.mandate(at.by, at.organisation, is_head=True),
    {
        "not-head": {"is_head": False},
        "revoked": {"revoked_at": NOW},
        "over": {"is_head": False, "ends_at": NOW},
        "not-begun": {"starts_at": FUTURE},
        "to-vote": {"is_head": False, "scopes": ["vote"]},
        "suspended": _suspend_its_user,
        "waits": _of_its_organisation(**_WAITS),
        "refused": _of_its_organisation(**_WAITS, refused_at=NOW, refused_reason="ні"),
        "closed": _of_its_organisation(closed_at=NOW),
    },
    (
        Figure(
            "organisations/mandates/actions.py heads_of",
            lambda at: heads_of(at.organisation),
            "ordinary waits refused closed",
        ),
        Figure(
            "organisations/mandates/models.py MandateQuerySet.in_force",
            lambda at: Mandate.objects.in_force(),
            "ordinary not-head to-vote suspended",
        ),
        Figure(
            "organisations/mandates/models.py MandateQuerySet.in_force_or_waiting",
            lambda at: Mandate.objects.in_force_or_waiting(),
            "ordinary not-head to-vote suspended waits",
        ),
        Figure(
            "organisations/mandates/models.py MandateQuerySet.current",
            lambda at: Mandate.objects.current(),
            "ordinary not-head to-vote suspended waits refused closed",
        ),
        Figure(
            "organisations/mandates/models.py MandateQuerySet.covering",
            lambda at: Mandate.objects.covering("comment"),
            "ordinary not-head revoked over not-begun suspended waits refused closed",
        ),
        Figure(
            "organisations/registering/models.py OrganisationQuerySet.visible_to",
            lambda at: Organisation.objects.visible_to(at.by),
            "ordinary not-head over not-begun to-vote suspended waits refused closed",
        ),
    ),
)


INVITATIONS = Kind(
    "an invitation into an organisation",
    lambda: SimpleNamespace(organisation=factories.organisation(), by=people.load("olena")),
    lambda at: Invitation.objects.create(
        organisation=at.organisation,
        email="invited@viche.example",
        scopes=["comment"],
        nonce="0" * 32,
        invited_by=at.by,
        expires_at=clock.now() + DAY,
    ),
    {
        "withdrawn": {"withdrawn_at": NOW},
        "too-old": {"expires_at": NOW},
        "accepted": lambda row, at: write(
            Invitation,
            row.pk,
            accepted_at=NOW,
            mandate=factories.mandate(at.by, at.organisation),
        ),
    },
    (
        Figure(
            "organisations/mandates/models.py InvitationQuerySet.open",
            lambda at: Invitation.objects.open(),
            "ordinary",
        ),
    ),
)


# --- programs, the press --------------------------------------------------------------------------


TOKENS = Kind(
    "a token",
    lambda: SimpleNamespace(by=people.load("olena")),
    lambda at: Token.objects.create(
        user=at.by,
        name="програма",
        digest="0" * 64,
        scopes=["me:read"],
        expires_at=clock.now() + DAY,
    ),
    {"revoked": {"revoked_at": NOW}, "expired": {"expires_at": NOW}},
    (
        Figure(
            "tokens/models.py TokenQuerySet.in_force",
            lambda at: Token.objects.in_force(),
            "ordinary",
        ),
    ),
)


def _accreditation(at: Any) -> Accreditation:
    return Accreditation.objects.create(
        name="Ганна Мороз",
        outlet="Рудні вісті",
        email="press@viche.example",
        asked_at=clock.now() - 2 * DAY,
        confirmed_at=clock.now() - 2 * DAY,
        decided_at=clock.now() - DAY,
        decided_by=at.by,
        until=at.today,
    )


_UNDECIDED = {"decided_at": None, "decided_by": None, "until": None}
ACCREDITATIONS = Kind(
    "an accreditation, on its last day",
    lambda: SimpleNamespace(by=people.load("admin"), today=local_date(clock.now())),
    _accreditation,
    {
        "unconfirmed": {**_UNDECIDED, "confirmed_at": None},
        "waits": _UNDECIDED,
        "refused": {"until": None, "refused_reason": "немає видання"},
        "over": lambda row, at: write(Accreditation, row.pk, until=at.today - DAY),
        "ended": lambda row, at: write(
            Accreditation, row.pk, ended_at=NOW, ended_by=at.by, ended_reason="так"
        ),
        "stopped": {"mails_stopped_at": PAST},
    },
    (
        Figure(
            "newsroom/press/models.py AccreditationQuerySet.waiting",
            lambda at: Accreditation.objects.waiting(),
            "waits",
        ),
        Figure(
            "newsroom/press/models.py AccreditationQuerySet.in_force",
            lambda at: Accreditation.objects.in_force(at.today),
            "ordinary stopped",
        ),
        Figure(
            "newsroom/press/models.py AccreditationQuerySet.over",
            lambda at: Accreditation.objects.over(at.today),
            "over ended",
        ),
        Figure(
            "newsroom/press/models.py AccreditationQuerySet.refused",
            lambda at: Accreditation.objects.refused(),
            "refused",
        ),
        Figure(
            "newsroom/press/models.py AccreditationQuerySet.listening",
            lambda at: Accreditation.objects.listening(at.today),
            "ordinary",
        ),
    ),
)

KINDS = (ORGANISATIONS, MANDATES, INVITATIONS, TOKENS, ACCREDITATIONS)
