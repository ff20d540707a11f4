"""Actions on people without e-mail: register them, give them codes, sign them in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.events import PaperCodeUsed, PersonRegistered, SheetMade
from accounts.models import Agreement, PaperAccount, PaperSheet, Residence, User
from accounts.paper import codes, rules
from accounts.people.documents import IN_FORCE
from accounts.residence.actions import declare
from city.models import District
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import end_of_day, local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, require

#: What codes of sheets are made for (accounts.paper.codes).
PURPOSE = "sign-in"
#: Codes of a sheet: twice a month for a year and more.
CODES = 30


def register(
    *,
    by: User,
    given_name: str,
    family_name: str,
    phone: str,
    district: District,
    address: str = "",
    basis: str = Residence.Basis.REGISTERED,
) -> User:
    """An account for somebody who came to the office, has a telephone and no e-mail.

    They signed the terms and the privacy notice in force on paper: that is kept as their agreement.
    ``phone`` as phones.dialled gives it. Refuses rules.register. Emits PersonRegistered and
    ResidenceDeclared.
    """
    with action():
        known = User.objects.filter(
            phone=phone, given_name__iexact=given_name, family_name__iexact=family_name
        )
        require(rules.register(by, known=known.exists()))
        user = User.objects.create(
            email=None,
            phone=phone,
            given_name=given_name,
            family_name=family_name,
            password=make_password(None),
        )
        Agreement.objects.bulk_create(
            Agreement(user=user, document=document, version=version)
            for document, version in IN_FORCE.items()
        )
        _open_account(user, by=by)
        emit(PersonRegistered(user.pk, by.pk))
        declare(user, district=district, address=address, basis=basis, by=by)
        created(user)
        return user


def new_sheet(user: User, *, by: User) -> tuple[PaperSheet, list[str]]:
    """A sheet of CODES new codes, which are nowhere but in the answer; the old sheet is void.

    Somebody who has an e-mail may have a sheet too. Refuses rules.give_sheet. Emits SheetMade.
    """
    with action():
        user = locked(user)
        require(rules.give_sheet(by, user))
        account = PaperAccount.objects.filter(user=user).first() or _open_account(user, by=by)
        account.sheets.filter(void_at=None).update(void_at=clock.Now())
        made = [codes.new_code(PURPOSE) for _place in range(CODES)]
        sheet = PaperSheet.objects.create(
            account=account,
            digests=[digest for _plain, digest in made],
            made_by=by,
            expires_at=end_of_day(
                local_date(clock.now()) + timedelta(days=settings.PAPER_SHEET_DAYS)
            ),
        )
        emit(SheetMade(user.pk, by.pk, sheet.pk))
        return sheet, [plain for plain, _digest in made]


def void_sheet(user: User, *, by: User) -> None:
    """Make a lost sheet void. Refuses rules.give_sheet."""
    with action():
        user = locked(user)
        require(rules.give_sheet(by, user))
        PaperSheet.objects.filter(account__user=user, void_at=None).update(void_at=clock.Now())


def use_code(number: str, written: str) -> tuple[User, int]:
    """Spend a code of the sheet of the account ``number``; whose it is, and how many are left.

    The code, and those before it on the sheet, open nothing any more; of parallel tries one
    succeeds. Refuses ``paper.wrong`` alone, after the same work, whether there is no such number,
    the code is wrong or was used, or the sheet is void or too old. Emits PaperCodeUsed. Count the
    try before (accounts.security.tries.spend_sheet).
    """
    digest = codes.digest_of(written, PURPOSE)
    sheet = (
        PaperSheet.objects.filter(
            account__number=codes.digits_of(number), void_at=None, expires_at__gt=clock.Now()
        )
        .select_related("account__user")
        .first()
    )
    place = _place(digest, sheet.digests if sheet else [])
    if sheet is None or place is None or place < sheet.next_place:
        raise Refused(rules.WRONG)
    with action():
        # One statement decides, so that a code is spent once, whoever asks at the same time.
        spent = PaperSheet.objects.filter(pk=sheet.pk, void_at=None, next_place__lte=place).update(
            next_place=place + 1
        )
        if not spent:
            raise Refused(rules.WRONG)
        user = sheet.account.user
        emit(PaperCodeUsed(user.pk, user.pk, sheet.pk))
        return user, len(sheet.digests) - place - 1


def _place(digest: str, digests: list[str]) -> int | None:
    """Position of the digest on the sheet; all are compared, of an unknown sheet too."""
    places = digests or [""] * CODES
    found = [at for at, each in enumerate(places) if secrets.compare_digest(each, digest)]
    return found[0] if found else None


def _open_account(user: User, *, by: User) -> PaperAccount:
    """Give the person a number that nobody has. Of ten million few are taken."""
    while True:
        number = codes.new_number()
        if not PaperAccount.objects.filter(number=number).exists():
            return PaperAccount.objects.create(user=user, number=number, made_by=by)
