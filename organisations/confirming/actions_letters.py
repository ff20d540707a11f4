"""Actions on letters with a code, which are sent to an organisation's registered location."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db.models import F
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.limits import Limit
from accounts.models import User
from accounts.paper import codes
from accounts.paper.letters import Letter, letters_pdf
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, reject, require
from organisations import rules
from organisations.confirming.actions import confirm_organisation, locked_claims
from organisations.events import LetterAsked, LetterPrinted
from organisations.mandates.actions import unrevoked_mandate
from organisations.models import Organisation, PostedCode

#: What codes of these letters are made for (accounts.paper.codes).
PURPOSE = "organisation"
#: Codes that one person may enter, whatever letter they are from.
ENTERED = Limit("organisation-code", 10, timedelta(hours=1))
#: Letters printed in one go.
BATCH = 100


def ask_for_letter(organisation: Organisation, *, by: User) -> PostedCode:
    """Ask for a letter with a code to the organisation's location.

    One that is not printed yet stays the one; of one that is on its way the code becomes void.
    Refuses by rules.run and rules.ask_for_letter. Emits LetterAsked.
    """
    with action():
        organisation = locked(organisation)
        now = clock.now()
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        waiting = organisation.letters.filter(ended_at=None, printed_at=None).first()
        if waiting is not None:
            require(rules.ask_for_letter(organisation, lately=0))
            return waiting
        since = now - timedelta(days=rules.LETTERS_PER_DAYS)
        lately = organisation.letters.filter(asked_at__gt=since, printed_at__isnull=False).count()
        require(rules.ask_for_letter(organisation, lately=lately))
        organisation.letters.filter(ended_at=None).update(ended_at=now)
        letter = PostedCode.objects.create(
            organisation=organisation, asked_by=by, asked_at=now, location=organisation.location
        )
        created(letter)
        emit(LetterAsked(organisation.pk, by.pk, letter.pk))
        return letter


def print_letters(*, by: User, compared: Iterable[int]) -> tuple[list[PostedCode], bytes]:
    """Give codes to letters that wait, the oldest first and BATCH at most; returns them and their
    file.

    ``compared``: the keys of those whose name, code and location the officer has found in the
    register. Whoever asks for a letter says where it goes: unseen, it would confirm anybody. What
    a letter was compared with cannot change: it ends with that (actions.describe).

    The codes stand on paper alone: the file is not kept. They work for settings.LETTER_DAYS days
    from now. Two officers at once print different letters. The words are Ukrainian: a council
    writes in the state language (law 2704-VIII art. 13). Refuses by rules.work_at_desk and
    ``organisation.no_letters``. Emits LetterPrinted for each.
    """
    with action():
        require(rules.work_at_desk(by))
        now = clock.now()
        letters = list(
            PostedCode.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
            .filter(pk__in=set(compared), ended_at=None, printed_at=None)
            .select_related("organisation")
            .order_by("asked_at", "pk")[:BATCH]
        )
        if not letters:
            reject(
                "organisation.no_letters",
                gettext_lazy("Mark the letters to print. Those that were marked wait no more."),
            )
        written = []
        expires_at = now + timedelta(days=settings.LETTER_DAYS)
        for letter in letters:
            code, letter.digest = codes.new_code(PURPOSE)
            letter.printed_at, letter.printed_by = now, by
            letter.expires_at = expires_at
            written.append((letter, code))
            emit(LetterPrinted(letter.organisation_id, by.pk, letter.pk))
        PostedCode.objects.bulk_update(
            letters, ["digest", "printed_at", "printed_by", "expires_at"]
        )
        with translation.override(settings.LANGUAGE_CODE):
            return letters, letters_pdf(
                _compose_letter(letter, code, expires_at) for letter, code in written
            )


def _compose_letter(letter: PostedCode, code: str, expires_at: datetime) -> Letter:
    organisation = letter.organisation
    last_day = formats.date_format(local_date(expires_at), "DATE_FORMAT")
    return Letter(
        addressee=(_("To the head"), organisation.name, *letter.location.splitlines()),
        subject=_("A code to confirm an organisation"),
        paragraphs=(
            _(
                "Somebody has registered %(organisation)s on the site of the council, and said to "
                "be its head."
            )
            % {"organisation": organisation.short_name},
            _(
                "If it was you, sign in, open the page named below and enter the code. It works "
                "once, until %(day)s. From then on you can speak for the organisation in "
                "consultations and let others do so."
            )
            % {"day": last_day},
            _(
                "If it was nobody of yours, give the code to nobody and tell us: without it "
                "nobody speaks in your name."
            ),
        ),
        code=code,
        path=organisation.get_absolute_url(),
    )


def confirm_by_letter(organisation: Organisation, *, by: User, written: str) -> Organisation:
    """Enter the code from the letter, as it was copied from the paper.

    A slip of the pen costs the letter no try; every other one is counted before the code is looked
    at, and stays counted. Call it outside of an action. Refuses ``limit.reached``,
    ``organisation.code_misread``, by rules.run and rules.redeem, ``organisation.code_wrong``,
    ``organisation.code_taken``. Emits OrganisationConfirmed, and OrganisationOvertaken for other
    claims to the code.
    """
    require(ENTERED.spend(by.pk))
    if not codes.is_code(written):
        raise Refused(rules.CODE_MISREAD)
    letter_id = _count_try(organisation, by)
    with action():
        organisation, rivals = locked_claims(organisation)
        now = clock.now()
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        require(rules.confirm(organisation))
        letter = organisation.letters.filter(pk=letter_id, ended_at=None).first()
        if letter is None:
            raise Refused(rules.NO_LETTER)
        if not codes.matches(written, letter.digest, PURPOSE):
            raise Refused(rules.CODE_WRONG)
        return confirm_organisation(
            organisation, rivals, how=Organisation.How.LETTER, by=by, now=now
        )


def _count_try(organisation: Organisation, by: User) -> int:
    """The letter that is on its way, by its key, one more try counted on it; refuses."""
    with action():
        organisation = locked(organisation)
        now: datetime = clock.now()
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        letter = organisation.letters.filter(ended_at=None).first()
        require(rules.redeem(organisation, letter, now=now))
        tried = cast(PostedCode, letter)  # without one the rule has refused
        organisation.letters.filter(pk=tried.pk).update(tries=F("tries") + 1)
        return tried.pk
