"""Speakers on the current item: asking to speak, beginning, ending."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.rules import sign_with_name
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.events import SpeakerAsked, SpeakerBegan, SpeakerEnded, SpeakerWithdrew
from meetings.models import Deputy, Item, LogEntry, Meeting, Speaker
from meetings.queries import seconds_for
from meetings.speakers import rules
from meetings.speakers.clocks import restart

if TYPE_CHECKING:
    from accounts.models import User


def ask_to_speak(
    item: Item, *, by: User, stance: str = "", kind: str = Speaker.Kind.SPEECH
) -> Speaker:
    """Raise one's hand, by one's own account: as a deputy if it is a deputy's. They have the time
    that the body's rules give to such a speech. Refuses by rules.ask_to_speak, and
    whoever is no deputy by accounts.rules.sign_with_name. Emits SpeakerAsked."""
    with action():
        meeting, now = shared(item.meeting)
        item, _now = shared(item)
        deputy = Deputy.objects.filter(user=by).on(meeting.day).first()
        mine = Q(user=by) if deputy is None else Q(user=by) | Q(deputy=deputy)
        waiting = item.speakers.filter(mine, began_at=None, withdrawn_at=None)
        asked: dict[str, Any] = {"kind": kind, "is_deputy": deputy is not None}
        require(rules.ask_to_speak(by, meeting, item, waits=waiting.exists(), **asked))
        if deputy is None:  # whose own name stands in the list of the council
            require(sign_with_name(by))
        speaker, is_new = Speaker.objects.get_or_create(
            item=item,
            user=by,
            began_at=None,
            withdrawn_at=None,
            defaults={
                "deputy": deputy,
                "kind": kind,
                "stance": stance,
                "asked_at": now,
                "seconds": seconds_for(meeting, kind),
            },
        )
        # Another request of theirs may have come between the two.
        require(rules.ask_to_speak(by, meeting, item, waits=not is_new, **asked))
        created(speaker)
        emit(SpeakerAsked(meeting.pk, by.pk, item.pk, speaker.pk))
        return speaker


def withdraw(speaker: Speaker, *, by: User) -> Speaker:
    """Take one's hand down, or strike somebody off who does not want to speak. Refuses by
    rules.withdraw. Emits SpeakerWithdrew."""
    with action():
        meeting, speaker, now = _begin(speaker)
        require(rules.withdraw(by, meeting, speaker))
        speaker.withdrawn_at = now
        speaker.save(update_fields=["withdrawn_at"])
        emit(SpeakerWithdrew(meeting.pk, by.pk, speaker.item_id, speaker.pk))
        return speaker


def add_speaker(
    item: Item,
    *,
    by: User,
    name: str = "",
    deputy: Deputy | None = None,
    stance: str = "",
    kind: str = Speaker.Kind.SPEECH,
    seconds: int | None = None,
) -> Speaker:
    """Put a deputy, or somebody in the hall by their name, on the list; ``seconds``: None for what
    the body's rules give to such a speech. Refuses by rules.add_speaker. Emits SpeakerAsked."""
    with action():
        meeting, now = begin(item.meeting)
        item = meeting.items.get(pk=item.pk)
        waiting = item.speakers.filter(began_at=None, withdrawn_at=None)
        waits = deputy is not None and waiting.filter(deputy=deputy).exists()
        seconds = seconds_for(meeting, kind) if seconds is None else seconds
        is_somebody = bool(name.strip()) or deputy is not None
        require(
            rules.add_speaker(
                by, meeting, item, is_somebody=is_somebody, waits=waits, seconds=seconds
            )
        )
        speaker = Speaker.objects.create(
            item=item,
            deputy=deputy,
            name="" if deputy else name.strip(),
            kind=kind,
            stance=stance,
            asked_at=now,
            seconds=seconds,
        )
        created(speaker)
        emit(SpeakerAsked(meeting.pk, by.pk, item.pk, speaker.pk))
        return speaker


def begin_speech(
    speaker: Speaker, *, by: User, seen_speaker: int | None, seconds: int | None = None
) -> Speaker:
    """Give somebody the floor; who spoke has spoken.

    ``seen_speaker``: the id of who speaks on the page of who asks (None: nobody). Refuses by
    rules.begin_speech. Emits SpeakerEnded, SpeakerBegan.
    """
    with action():
        meeting, speaker, now = _begin(speaker)
        speaking = (
            Speaker.objects.filter(item__meeting=meeting, began_at__isnull=False, ended_at=None)
            .select_related("item")
            .first()
        )
        require(
            rules.begin_speech(
                by,
                meeting,
                speaker,
                speaking=speaking.pk if speaking else None,
                seen_speaker=seen_speaker,
                seconds=seconds,
            )
        )
        if speaking is not None:
            _end(speaking, meeting, by, now)
        speaker.began_at = now
        speaker.seconds = seconds or speaker.seconds
        speaker.save(update_fields=["began_at", "seconds"])
        enter(meeting, LogEntry.Kind.SPEAKS, at=now, item=speaker.item, speaker=speaker)
        emit(SpeakerBegan(meeting.pk, by.pk, speaker.item_id, speaker.pk))
        return speaker


def end_speech(speaker: Speaker, *, by: User) -> Speaker:
    """Note that they have spoken. Refuses by rules.end_speech. Emits SpeakerEnded."""
    with action():
        meeting, speaker, now = _begin(speaker)
        require(rules.end_speech(by, meeting, speaker))
        return _end(speaker, meeting, by, now)


def _begin(speaker: Speaker) -> tuple[Meeting, Speaker, datetime]:
    """The meeting under its lock, and a fresh copy of the speaker."""
    meeting, now = begin(speaker.item.meeting)
    return meeting, Speaker.objects.select_related("item").get(pk=speaker.pk), now


def _end(speaker: Speaker, meeting: Meeting, by: User, now: datetime) -> Speaker:
    restart(speaker, now)  # what they stood silent is not of their speech
    speaker.ended_at = now
    speaker.save(update_fields=["ended_at"])
    enter(meeting, LogEntry.Kind.SPOKE, at=now, item=speaker.item, speaker=speaker)
    emit(SpeakerEnded(meeting.pk, by.pk, speaker.item_id, speaker.pk))
    return speaker
