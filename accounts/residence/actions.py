"""Actions on residences: declare, confirm, end."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import F

from accounts.limits import Limit
from accounts.models import Residence, ResidenceLetter, User
from accounts.paper import codes
from accounts.residence import rules
from accounts.residence.events import (
    LetterAsked,
    ResidenceChecked,
    ResidenceDeclared,
    ResidenceEnded,
    ResidenceExpiring,
)
from accounts.residence.queries import state_of
from city.models import District
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import end_of_day, local_date
from core.domain.events import emit
from core.domain.rules import Refused, require
from core.web.idempotency import created

#: What codes of these letters are made for (accounts.paper.codes).
PURPOSE = "residence"
#: Codes that one person may enter, whatever letter they are from.
ENTERED = Limit("residence-code", 10, timedelta(hours=1))


def declare(
    user: User,
    *,
    district: District,
    address: str,
    basis: str = Residence.Basis.REGISTERED,
    by: User | None = None,
) -> Residence:
    """Say where one lives: ``by`` None: the person, or an officer who registers them.

    One that nobody has checked yet is corrected if district and basis are the same; otherwise the
    one before ends, with its check, and keeps no address. Refuses rules.declare. Emits
    ResidenceDeclared, and ResidenceEnded for the one before.
    """
    actor = by or user
    with action():
        require(rules.declare(actor))
        user = locked(user)
        residence = Residence.objects.current().filter(user=user).first()
        here = residence and (residence.district_id, residence.basis) == (district.pk, basis)
        if residence and here and not residence.checked_at:
            if residence.address != address.strip():
                _void_letters(residence, only_printed=True)  # its code went to another address
            residence.address, residence.declared_at = address.strip(), clock.now()
            residence.save(update_fields=["address", "declared_at"])
        else:
            if residence:
                _end(residence, by_id=actor.pk)
            residence = Residence.objects.create(
                user=user, district=district, address=address.strip(), basis=basis
            )
        created(residence)
        emit(ResidenceDeclared(user.pk, actor.pk, residence.pk))
        return residence


def check(
    user: User,
    *,
    district: District,
    how: str,
    basis: str = Residence.Basis.REGISTERED,
    by: User | None = None,
) -> Residence:
    """Record that somebody checked where the person lives, from now until it expires.

    ``how``: one of Residence.How; ``by`` is the officer who saw the document, None for a provider.
    Checked again, the time begins anew. Another district or basis than before: the one before
    ends. Codes of letters on their way are void. Refuses rules.check (an officer's). Emits
    ResidenceChecked, and ResidenceEnded for the one before.
    """
    with action():
        if by is not None:
            require(rules.check(by, user))
        user = locked(user)
        residence = Residence.objects.current().filter(user=user).first()
        if residence and (residence.district_id, residence.basis) != (district.pk, basis):
            _end(residence, by_id=by.pk if by else None)
            residence = None
        if residence is None:
            residence = Residence.objects.create(user=user, district=district, basis=basis)
        _begin_check(residence, how=how, by=by)
        return residence


def confirm_by_provider(user: User, *, district: District | None = None) -> Residence | None:
    """Check the person's residence by a provider's word that they live in the community.

    A provider knows no districts: it is the one that they have declared, or ``district`` where they
    has declared none. Nothing changes for displaced persons, whose registration is elsewhere (an
    office looks at their document), and for a check that still lasts well. Returns the residence
    that stands then, None without one. Refuses rules.declare. Emits ResidenceChecked.
    """
    with action():
        user = locked(user)
        require(rules.declare(user))
        residence = Residence.objects.current().filter(user=user).first()
        if residence is not None:
            is_displaced = residence.basis == Residence.Basis.DISPLACED
            if is_displaced or state_of(residence, now=clock.now()) == "checked":
                return residence
            district = residence.district
        if district is None:
            return None
        return check(user, district=district, how=Residence.How.PROVIDER)


def ask_letter(user: User, *, address: str = "") -> ResidenceLetter:
    """Ask for a letter with a code to the address of one's residence, or to a corrected one.

    A letter asked for before and not printed yet stays the one; of one that is on its way the code
    becomes void. Refuses ``residence.none`` and rules.ask_letter. Emits
    LetterAsked.
    """
    with action():
        user = locked(user)
        require(rules.declare(user))
        residence = Residence.objects.current().filter(user=user).first()
        if residence is None:
            raise Refused(rules.NONE)
        address = address.strip() or residence.address
        waiting = residence.letters.waiting().first()
        now = clock.now()
        since = now - timedelta(days=rules.LETTERS_PER_DAYS)
        asked = ResidenceLetter.objects.filter(residence__user=user, asked_at__gt=since)
        if waiting:
            asked = asked.exclude(pk=waiting.pk)
        require(rules.ask_letter(user, address=address, lately=asked.count()))
        if residence.address != address:
            residence.address = address
            residence.save(update_fields=["address"])
        if waiting:
            return waiting
        _void_letters(residence, only_printed=True)
        letter = ResidenceLetter.objects.create(residence=residence, asked_at=now)
        created(letter)
        emit(LetterAsked(user.pk, user.pk, residence.pk, letter.pk))
        return letter


def confirm_by_letter(user: User, written: str) -> Residence:
    """Enter the code from one's letter, as it was copied from the paper.

    Refuses ``limit.reached``, ``code.misread`` (a slip of the pen: costs the letter no try),
    rules.redeem, rules.declare and ``code.wrong``. Every other try is counted on the letter before
    the code is looked at, and stays counted; of parallel tries of the right code one succeeds.
    Emits ResidenceChecked. Call it outside of an action.
    """
    require(ENTERED.spend(user.pk))
    if not codes.is_code(written):
        raise Refused(rules.MISREAD)
    letter = _count_try(user)
    with action():
        user = locked(user)
        require(rules.declare(user))
        letter = locked(letter)
        if letter.used_at or letter.void_at:
            raise Refused(rules.NO_LETTER)
        if not codes.matches(written, letter.digest, PURPOSE):
            raise Refused(rules.WRONG_CODE)
        letter.used_at = clock.now()
        letter.save(update_fields=["used_at"])
        _begin_check(letter.residence, how=Residence.How.LETTER, by=None)
        return letter.residence


def end(user: User, *, by: User | None = None) -> Residence:
    """Say that one does not live there any more: the person, or an officer who found it wrong.

    Refuses ``residence.none`` and rules.declare or rules.check. Emits ResidenceEnded.
    """
    with action():
        require(rules.check(by, user) if by else rules.declare(user))
        user = locked(user)
        residence = Residence.objects.current().filter(user=user).first()
        if residence is None:
            raise Refused(rules.NONE)
        _end(residence, by_id=(by or user).pk)
        return residence


def remind(*, at_most: int = 200) -> int:
    """Announce checks that run out soon, each once; returns how many. Emits ResidenceExpiring.

    In pieces of ``at_most``: a job calls it until nothing is left, and another may take over where
    it was stopped.
    """
    with action():
        soon = clock.now() + timedelta(days=settings.RESIDENCE_REMIND_DAYS)
        due = list(
            Residence.objects.checked()
            .filter(reminded_at=None, expires_at__lte=soon)
            .order_by("pk")
            .select_for_update(skip_locked=True, no_key=True)[:at_most]
        )
        Residence.objects.filter(pk__in=[residence.pk for residence in due]).update(
            reminded_at=clock.Now()
        )
        for residence in due:
            emit(ResidenceExpiring(residence.user_id, None, residence.pk))
        return len(due)


def _begin_check(residence: Residence, *, how: str, by: User | None) -> None:
    """Begin the time of a check, under the person's lock."""
    now = clock.now()
    residence.how, residence.checked_by, residence.checked_at = how, by, now
    days = settings.RESIDENCE_DAYS[residence.basis]
    residence.expires_at = end_of_day(local_date(now) + timedelta(days=days))
    residence.reminded_at = None
    if not settings.RETENTION["addresses"]:
        residence.address = ""
    residence.save(
        update_fields=["how", "checked_by", "checked_at", "expires_at", "reminded_at", "address"]
    )
    _void_letters(residence, only_printed=False)
    emit(ResidenceChecked(residence.user_id, by.pk if by else None, residence.pk))


def _end(residence: Residence, *, by_id: int | None) -> None:
    residence.ended_at, residence.address = clock.now(), ""
    residence.save(update_fields=["ended_at", "address"])
    _void_letters(residence, only_printed=False)
    emit(ResidenceEnded(residence.user_id, by_id, residence.pk))


def _void_letters(residence: Residence, *, only_printed: bool) -> None:
    letters = residence.letters.open()
    if only_printed:
        letters = letters.filter(run__isnull=False)
    letters.update(void_at=clock.Now())


def _count_try(user: User) -> ResidenceLetter:
    """The person's letter on its way, one more try counted on it. Refuses rules.redeem."""
    mine = ResidenceLetter.objects.open().filter(residence__user=user, residence__ended_at=None)
    counted = mine.filter(
        run__isnull=False,
        expires_at__gt=clock.Now(),
        tries__lt=ResidenceLetter.MOST_TRIES,
    ).update(tries=F("tries") + 1)
    letter = mine.first()
    if not counted or letter is None:
        require(rules.redeem(letter, now=clock.now()))
        raise Refused(rules.NO_LETTER)  # another try of the same moment came first
    return letter
