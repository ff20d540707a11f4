"""Print the letters that were asked for: one file, each with a new code."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import LetterRun, ResidenceLetter, User
from accounts.paper import codes
from accounts.paper.letters import Letter, letters_pdf
from accounts.residence import rules
from accounts.residence.actions import PURPOSE
from accounts.residence.events import LettersPrinted
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import end_of_day, local_date
from core.domain.events import emit
from core.domain.rules import reject, require

#: Of one file.
MOST = 200


def print_letters(*, by: User, again: LetterRun | None = None) -> tuple[LetterRun, bytes]:
    """Print what waits, the oldest first and MOST at once; returns the run and its PDF.

    ``again``: print those of an earlier run that nobody has used yet. Each letter gets a new code
    with a new time and new tries; the code on an earlier print opens nothing any more. The file is
    not kept: it and the codes exist on paper alone. Two officers at once print different letters.

    The words are Ukrainian: a council writes in the state language (law 2704-VIII art. 13).
    Refuses rules.look_up and ``letters.none``. Emits LettersPrinted.
    """
    with action():
        require(rules.look_up(by))
        chosen = ResidenceLetter.objects.open()
        chosen = chosen.filter(run=again) if again else chosen.filter(run=None)
        letters = list(
            chosen.exclude(residence__address="")
            .select_related("residence__user")
            .select_for_update(skip_locked=True, of=("self",), no_key=True)
            .order_by("pk")[:MOST]
        )
        if not letters:
            reject("letters.none", gettext_lazy("There is no letter to print."))
        run = LetterRun.objects.create(by=by)
        last_day = local_date(clock.now()) + timedelta(days=settings.LETTER_DAYS)
        fresh = []
        for letter in letters:
            code, letter.digest = codes.new_code(PURPOSE)
            letter.run, letter.expires_at, letter.tries = run, end_of_day(last_day), 0
            fresh.append(code)
        ResidenceLetter.objects.bulk_update(letters, ["digest", "run", "expires_at", "tries"])
        emit(LettersPrinted(run.pk, by.pk, tuple(letter.pk for letter in letters)))
        with translation.override(settings.LANGUAGE_CODE):
            pages = zip(letters, fresh, strict=True)
            return run, letters_pdf(_written(letter, code, last_day) for letter, code in pages)


def _written(letter: ResidenceLetter, code: str, last_day: date) -> Letter:
    residence = letter.residence
    return Letter(
        addressee=(residence.user.get_full_name(), *residence.address.splitlines()),
        subject=_("A code to confirm where you live"),
        paragraphs=(
            _(
                "You asked for this letter on the site of the council, to confirm that you live at "
                "this address."
            ),
            _(
                "Sign in, open the page named below and enter the code. It works once, for your "
                "account alone, until %(day)s."
            )
            % {"day": formats.date_format(last_day, "DATE_FORMAT")},
            _(
                "If you did not ask for it, somebody has given your address by mistake: please "
                "throw the letter away. Nobody can do anything in your name with it."
            ),
        ),
        code=code,
        path="/account/residence/",
    )
