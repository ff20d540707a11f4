"""Rules of speakers: who may ask to speak, and in which order they do. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import MOVED_ON, conduct, control, running
from meetings.models import Item, Speaker

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

#: The longest time that a speaker can be given.
MOST_SECONDS = 3600
#: What deputies alone ask for by their telephones, beside a speech.
OF_DEPUTIES = frozenset({Speaker.Kind.REPLY, Speaker.Kind.ORDER})
#: Who comes before those who make a speech, in this order.
_RANK: dict[str, int] = {
    Speaker.Kind.ORDER: 0,
    Speaker.Kind.RAPPORTEUR: 1,
    Speaker.Kind.REPLY: 2,
}


def in_order(speakers: Iterable[Speaker]) -> list[Speaker]:
    """Those who wait, in the order in which they speak; ``speakers`` are all of the item.

    A point of order comes first, then who reports on the item, then a reply (_RANK). Among those
    who make a speech, who has not made one on it yet comes before who has; among these by the time
    at which they asked, but for and against alternate: who would be the second of one side in a row
    waits for the first of the other side, if there is one. Who is neither stands between none.
    """
    everybody = list(speakers)
    ranked = sorted(
        (one for one in everybody if one.is_waiting and one.kind in _RANK),
        key=lambda one: (_RANK[one.kind], one.asked_at, one.pk),
    )
    everybody = [one for one in everybody if one.kind == Speaker.Kind.SPEECH]
    begun = sorted(
        (one for one in everybody if one.began_at is not None),
        key=lambda one: (one.began_at, one.pk),
    )
    spoken = {_who(one) for one in begun}
    last = next((one.stance for one in reversed(begun) if one.stance), "")
    waiting = sorted(
        (one for one in everybody if one.is_waiting), key=lambda one: (one.asked_at, one.pk)
    )
    order: list[Speaker] = []
    for is_again in (False, True):
        rest = [one for one in waiting if (_who(one) in spoken) is is_again]
        while rest:
            following = rest[0]
            if following.stance and following.stance == last:
                others = (one for one in rest if one.stance not in ("", last))
                following = next(others, following)
            rest.remove(following)
            order.append(following)
            last = following.stance or last
    return ranked + order


def ask_to_speak(
    user: Anybody,
    meeting: Meeting,
    item: Item,
    *,
    waits: bool,
    kind: str = Speaker.Kind.SPEECH,
    is_deputy: bool = False,
) -> Verdict:
    """Raise one's hand while the item is considered; ``waits``: they have raised it already.

    ``kind``: anybody asks for a speech, a deputy also for a reply or a point of order; who reports
    is on the agenda.
    """
    return (
        act(user)
        and running(meeting)
        and _check_considered(item)
        and refuse_unless(
            kind == Speaker.Kind.SPEECH or (is_deputy and kind in OF_DEPUTIES),
            "speaker.kind",
            _("Replies and points of order are for deputies."),
        )
        and refuse_unless(
            not waits, "speaker.waits", _("You have asked to speak already: please wait.")
        )
    )


def withdraw(user: Anybody, meeting: Meeting, speaker: Speaker) -> Verdict:
    """Take one's own hand down; who runs the meeting, anybody's."""
    if speaker.user_id is None or speaker.user_id != user.pk:
        verdict = control(user, meeting)
    else:
        verdict = act(user) and running(meeting)
    return verdict and _waiting(speaker)


def add_speaker(
    user: Anybody, meeting: Meeting, item: Item, *, is_somebody: bool, waits: bool, seconds: int
) -> Verdict:
    """Put somebody in the hall on the list."""
    return (
        control(user, meeting)
        and _check_considered(item)
        and refuse_unless(is_somebody, "speaker.name_missing", _("Please say who wants to speak."))
        and refuse_unless(
            not waits, "speaker.waits", _("They are on the list of speakers already.")
        )
        and within_an_hour(seconds)
    )


def begin_speech(
    user: Anybody,
    meeting: Meeting,
    speaker: Speaker,
    *,
    speaking: int | None,
    seen_speaker: int | None,
    seconds: int | None,
) -> Verdict:
    """Give somebody the floor on the current item: ``speaking`` has it, ``seen_speaker`` is who
    had it on the page of who asks."""
    return (
        conduct(user, meeting)
        and refuse_unless(speaking == seen_speaker, MOVED_ON.code, MOVED_ON.message)
        and _check_considered(speaker.item)
        and _waiting(speaker)
        and within_an_hour(speaker.seconds if seconds is None else seconds)
    )


def end_speech(user: Anybody, meeting: Meeting, speaker: Speaker) -> Verdict:
    """Note that they have spoken."""
    return control(user, meeting) and _speaking(speaker)


def stop_clock(user: Anybody, meeting: Meeting, speaker: Speaker) -> Verdict:
    """Let the clock of who speaks stand."""
    return (
        conduct(user, meeting)
        and _speaking(speaker)
        and refuse_unless(
            speaker.stopped_at is None, "speaker.clock_stands", _("The clock stands already.")
        )
    )


def start_clock(user: Anybody, meeting: Meeting, speaker: Speaker) -> Verdict:
    """Let it go on."""
    return (
        conduct(user, meeting)
        and _speaking(speaker)
        and refuse_unless(
            speaker.stopped_at is not None, "speaker.clock_runs", _("The clock is running already.")
        )
    )


def add_time(user: Anybody, meeting: Meeting, speaker: Speaker, *, seconds: int) -> Verdict:
    """Give who speaks more time, also while the clock stands."""
    return (
        conduct(user, meeting)
        and _speaking(speaker)
        and refuse_unless(seconds >= 1, "speaker.nothing_added", _("Please say how much more."))
        and within_an_hour(speaker.seconds + seconds)
    )


def _speaking(speaker: Speaker) -> Verdict:
    return refuse_unless(
        speaker.is_speaking, "speaker.not_speaking", _("They are not speaking now.")
    )


def _who(speaker: Speaker) -> tuple[str, int | str]:
    """Identity of the speaker, as far as can be told."""
    if speaker.deputy_id is not None:
        return "deputy", speaker.deputy_id
    if speaker.user_id is not None:
        return "user", speaker.user_id
    return "name", " ".join(speaker.name.casefold().split())


def _check_considered(item: Item) -> Verdict:
    return refuse_unless(
        item.state == Item.State.CURRENT,
        "speaker.another_item",
        _("This item is not considered now."),
    )


def _waiting(speaker: Speaker) -> Verdict:
    return refuse_unless(
        speaker.is_waiting,
        "speaker.not_waiting",
        _("They have spoken, or do not want to speak any more."),
    )


def within_an_hour(seconds: int) -> Verdict:
    """A time that a speaker can be given."""
    return refuse_unless(
        1 <= seconds <= MOST_SECONDS,
        "speaker.seconds",
        _("A speaker has between a second and an hour."),
    )
