"""Residence, identity and roles of staff: what the office counts."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from accounts.models import (
    Absence,
    CheckList,
    CheckListRow,
    Grant,
    LetterRun,
    Residence,
    ResidenceLetter,
    StaffInvitation,
    User,
    Verification,
)
from accounts.residence import queries as desk
from city.models import District
from core.domain import clock
from tests import factories, people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, FUTURE, NOW


def someone(name: str = "resident") -> User:
    return factories.user(name)


def _district() -> District:
    return District.objects.get_or_create(name="Центр", slug="centre")[0]


def make_residence(user: User, **fields: Any) -> Residence:
    said = {"district": _district(), "address": "пл. Рудникова, 2", "declared_at": clock.now()}
    return Residence.objects.create(user=user, **{**said, **fields})


# --- letters with codes ---------------------------------------------------------------------------


def _print_run() -> SimpleNamespace:
    by = people.load("admin")
    run = LetterRun.objects.create(by=by, at=clock.now())
    return SimpleNamespace(by=by, run=run)


def _letter(at: Any) -> ResidenceLetter:
    return ResidenceLetter.objects.create(residence=make_residence(someone()), asked_at=clock.now())


def _unused(_at: Any) -> int:
    return sum(each.unused for each in desk.letter_runs_with_unused())


_PRINTED = {"digest": "0" * 64, "expires_at": FUTURE}


def _printed(**more: Any) -> Any:
    def bring(row: ResidenceLetter, at: Any) -> None:
        write(ResidenceLetter, row.pk, run=at.run, **_PRINTED, **more)

    return bring


def _print_long_ago(row: ResidenceLetter, at: Any) -> None:
    write(LetterRun, at.run.pk, at=NOW - 61 * DAY)
    write(ResidenceLetter, row.pk, run=at.run, **_PRINTED)


def _erase_address(row: ResidenceLetter, _at: Any) -> None:
    write(Residence, row.residence_id, address="", ended_at=NOW)


LETTERS = Kind(
    "a letter with a code",
    _print_run,
    _letter,
    {
        "void": {"void_at": NOW},
        "printed": _printed(),
        "used": _printed(used_at=NOW),
        "printed-void": _printed(void_at=NOW),
        "printed-long-ago": _print_long_ago,
        "erased": _erase_address,
    },
    (
        Figure(
            "accounts/residence/queries.py waiting_letters",
            lambda at: desk.waiting_letters(),
            "ordinary",
        ),
        Figure(
            "accounts/residence/queries.py letter_runs_with_unused",
            _unused,
            "printed",
        ),
        Figure(
            "accounts/residence/models.py ResidenceLetterQuerySet.open",
            lambda at: ResidenceLetter.objects.open(),
            "ordinary printed printed-long-ago erased",
        ),
        Figure(
            "accounts/residence/models.py ResidenceLetterQuerySet.waiting",
            lambda at: ResidenceLetter.objects.waiting(),
            "ordinary erased",
        ),
    ),
)


# --- lists of people checked at the office --------------------------------------------------------


def _check_list(at: Any) -> CheckList:
    made = CheckList.objects.create(by=at.by, made_at=clock.now(), needs_second=True)
    for name in ("first", "second"):
        row = {"user": someone(name), "document": "id_card", "identity": True}
        CheckListRow.objects.create(check_list=made, **row)
    return made


CHECK_LISTS = Kind(
    "a list of people checked",
    lambda: SimpleNamespace(by=people.load("ofi"), second=people.load("admin")),
    _check_list,
    {
        "applied": lambda row, at: write(CheckList, row.pk, applied_at=NOW, second=at.second),
        "declined": lambda row, at: write(CheckList, row.pk, declined_at=NOW, second=at.second),
    },
    (
        Figure(
            "accounts/residence/queries.py waiting_lists_count",
            lambda at: desk.waiting_lists_count(),
            "ordinary",
        ),
        Figure(
            "accounts/residence/queries.py waiting_lists",
            lambda at: sum(each.people for each in desk.waiting_lists()),
            "ordinary ordinary",
        ),
        Figure(
            "accounts/residence/models_checks.py CheckListQuerySet.waiting",
            lambda at: CheckList.objects.waiting(),
            "ordinary",
        ),
    ),
)


# --- residence and identity -----------------------------------------------------------------------


RESIDENCES = Kind(
    "a residence",
    lambda: None,
    lambda at: make_residence(
        someone(), how="letter", checked_at=clock.now(), expires_at=clock.now() + DAY
    ),
    {
        "declared": {"checked_at": None, "expires_at": None, "how": ""},
        "expired": {"checked_at": NOW - 9 * DAY, "expires_at": NOW},
        "ended": {"ended_at": NOW, "address": ""},
    },
    (
        Figure(
            "accounts/residence/models.py ResidenceQuerySet.current",
            lambda at: Residence.objects.current(),
            "ordinary declared expired",
        ),
        Figure(
            "accounts/residence/models.py ResidenceQuerySet.checked",
            lambda at: Residence.objects.checked(),
            "ordinary",
        ),
    ),
)

VERIFICATIONS = Kind(
    "a verification",
    lambda: None,
    lambda at: Verification.objects.create(
        user=someone(), level=20, how="provider", source="id.gov.ua", person_key="1"
    ),
    {
        "ended": {"ended_at": NOW, "person_key": ""},
        "expired": {"expires_at": NOW},
        "expires-later": {"expires_at": FUTURE},
    },
    (
        Figure(
            "accounts/identity/models.py VerificationQuerySet.in_force",
            lambda at: Verification.objects.in_force(),
            "ordinary expires-later",
        ),
    ),
)


# --- roles of staff -------------------------------------------------------------------------------


def _absence(row: Grant, at: Any, **more: Any) -> None:
    said = {"absent": row.user, "cover": at.cover, "named_by": at.by, "reason": "відпустка"}
    said |= {"starts_at": clock.now() - DAY, "ends_at": clock.now() + DAY}
    Absence.objects.create(**{**said, **more})


def _suspended_absent(row: Grant, at: Any) -> None:
    _absence(row, at)
    User.objects.filter(pk=row.user_id).update(is_active=False)


GRANTS = Kind(
    "a role",
    lambda: SimpleNamespace(by=people.load("admin"), cover=someone("cover")),
    lambda at: factories.grant(someone("holder"), "moderator"),
    {
        "revoked": {"revoked_at": NOW},
        "over": {"ends_at": NOW},
        "ends-later": {"ends_at": FUTURE},
        "not-begun": {"starts_at": FUTURE},
        "covered": _absence,
        "covered-over": lambda row, at: _absence(row, at, ended_at=clock.now(), ended_by=at.by),
        "covered-later": lambda row, at: _absence(row, at, starts_at=clock.now() + DAY / 2),
        "covered-suspended": _suspended_absent,
    },
    (
        Figure(
            "accounts/staff/models.py GrantQuerySet.in_force",
            lambda at: Grant.objects.in_force(),
            "ordinary ends-later covered covered-over covered-later covered-suspended",
        ),
        Figure(
            "accounts/staff/models.py GrantQuerySet.unended",
            lambda at: Grant.objects.unended(),
            "ordinary ends-later not-begun covered covered-over covered-later covered-suspended",
        ),
        Figure(
            "accounts/staff/models.py GrantQuerySet.held_by",
            lambda at: Grant.objects.held_by(at.cover.pk),
            "covered",
        ),
        Figure(
            "accounts/staff/models.py AbsenceQuerySet.in_force",
            lambda at: Absence.objects.in_force(),
            "covered covered-suspended",
        ),
        Figure(
            "accounts/staff/models.py AbsenceQuerySet.unended",
            lambda at: Absence.objects.unended(),
            "covered covered-later covered-suspended",
        ),
    ),
)


def _staff_invitation(at: Any) -> StaffInvitation:
    return StaffInvitation.objects.create(
        email="invited@viche.example",
        role="moderator",
        nonce="0" * 32,
        reason="наказ",
        invited_by=at.by,
        expires_at=clock.now() + timedelta(days=3),
    )


STAFF_INVITATIONS = Kind(
    "an invitation to a role",
    lambda: SimpleNamespace(by=people.load("admin")),
    _staff_invitation,
    {
        "revoked": lambda row, at: write(StaffInvitation, row.pk, revoked_at=NOW, revoked_by=at.by),
        "too-old": {"invited_at": NOW - 7 * DAY, "expires_at": NOW},
    },
    (
        Figure(
            "accounts/invitations/models.py StaffInvitationQuerySet.open",
            lambda at: StaffInvitation.objects.open(),
            "ordinary",
        ),
    ),
)


KINDS = (
    LETTERS,
    CHECK_LISTS,
    RESIDENCES,
    VERIFICATIONS,
    GRANTS,
    STAFF_INVITATIONS,
)
