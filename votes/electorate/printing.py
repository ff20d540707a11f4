"""Letters with codes on paper for people on a list: a letter each, printed once."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.paper import codes
from accounts.paper.letters import Letter, letters_pdf
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.rules import reject, require
from core.templatetags import times
from votes.events import CodesPrinted
from votes.models import Invitation, Poll
from votes.paper import rules

#: Of one file.
MOST = 200


def print_codes(
    poll: Poll, *, by: User, everybody: bool = False, again: Invitation | None = None
) -> bytes:
    """A PDF of letters to whom ``give_codes`` gives codes, which are nowhere else; if it cannot be
    made, none were given. The words are Ukrainian: a council writes in the state language (law
    2704-VIII art. 13)."""
    with action():
        given = give_codes(poll, by=by, everybody=everybody, again=again)
        with translation.override(settings.LANGUAGE_CODE):
            return letters_pdf(_letters(poll, given))


def give_codes(
    poll: Poll, *, by: User, everybody: bool = False, again: Invitation | None = None
) -> list[tuple[Invitation, str]]:
    """Give new codes to those on the list without an e-mail who have no code yet (``everybody``:
    with one, too), or ``again`` to one of the lines; MOST at once, by name.

    Of a code only its keyed hash is kept; one that the line had before opens nothing any more. Two
    officers at once give codes to different people. Refuses by office_rules.print_codes and with
    ``codes.nobody``. Emits CodesPrinted.
    """
    with action():
        poll, now = shared(poll)
        require(rules.print_codes(by, poll, now=now))
        lines = list(
            waiting(poll, everybody=everybody, again=again)
            .select_for_update(skip_locked=True, no_key=True)
            .order_by("name_key", "pk")[:MOST]
        )
        if not lines:
            reject("codes.nobody", gettext_lazy("There is nobody to print a code for."))
        given = [(line, _new(line)) for line in lines]
        Invitation.objects.bulk_update(lines, ["code"])
        emit(CodesPrinted(poll.pk, by.pk, tuple(line.pk for line in lines)))
        return given


def waiting(
    poll: Poll, *, everybody: bool = False, again: Invitation | None = None
) -> QuerySet[Invitation]:
    """For whom codes would be printed now."""
    lines = Invitation.objects.filter(poll=poll)
    if again is not None:
        return lines.filter(pk=again.pk)
    lines = lines.filter(code=None)
    return lines if everybody else lines.filter(email="")


def purpose(poll_id: int) -> str:
    """Purpose of a poll's codes: one of another poll opens nothing here."""
    return f"poll:{poll_id}"


def _new(line: Invitation) -> str:
    """Give the line a new code; the plain one."""
    plain, digest = codes.new_code(purpose(line.poll_id), codes.DIGITS_ALONE)
    line.code = bytes.fromhex(digest)
    return plain


def _letters(poll: Poll, given: Sequence[tuple[Invitation, str]]) -> list[Letter]:
    paragraphs = [_("You are on the list of those who may vote: «%s».") % poll.title, _when(poll)]
    paragraphs.append(
        _(
            "Open the page named below on any computer or telephone and enter the code. You need "
            "no account. The code gives one vote, which cannot be changed afterwards."
        )
    )
    if poll.is_secret:
        paragraphs.append(
            _(
                "The poll is secret: it is kept that somebody voted with your line of the list, "
                "and nowhere which ballot is yours."
            )
        )
    paragraphs.append(
        _(
            "Keep the letter like a key: whoever has it can vote in your place. If it is lost, "
            "tell us, and you get another code."
        )
    )
    # Addresses do not begin with a language: the letter is Ukrainian.
    path = reverse("votes:code", args=[poll.pk])
    return [
        Letter((line.name,), _("A code to vote"), paragraphs, code, path) for line, code in given
    ]


def _when(poll: Poll) -> str:
    return _("You can vote from %(first)s to %(last)s.") % {
        "first": formats.date_format(timezone.localtime(poll.opens_at), "j E Y, H:i"),
        "last": closing_words(poll),
    }


def closing_words(poll: Poll) -> str:
    """Until when votes are taken, for texts without markup."""
    last = poll.closes_at
    return times.closing_words(last).replace("\xa0", " ") if last else ""
