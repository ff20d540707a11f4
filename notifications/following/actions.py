"""Following and stopping, how often one is told, and addresses without an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from accounts.models import User
from accounts.rules import act
from consultations.models import Consultation, WaitingRemark
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, require
from core.web.client_ip import network_of
from core.web.mail import compose
from discussions.models import Comment
from notifications.channels.bounces.actions import note_working
from notifications.following import rules, tokens
from notifications.following.events import (
    EmailConfirmed,
    FollowingBegan,
    FollowingEnded,
    FollowingSettingsChanged,
    MailsStopped,
)
from notifications.following.handlers_joining import adopt_address
from notifications.following.models import DEFAULT_FREQUENCIES, topic_of
from notifications.following.sentences import say_asked, say_often
from notifications.following.things import load_thing
from notifications.following.tokens import Asked
from notifications.models import Follower, Following, Frequency, FrequencySetting, Kind
from notifications.sending.budget import asker_of, defer_letter
from notifications.sending.unsubscribing import set_wanted


def follower_of(user: User) -> Follower:
    """Get or create the follower of an account.

    Refuses by accounts.rules.act.
    """
    found = Follower.objects.select_related("user").filter(user=user.pk).first()
    if found is not None:
        adopt_address(found)
        return found
    require(act(user))
    with action():
        made, _is_new = Follower.objects.select_related("user").get_or_create(
            user_id=user.pk, defaults={"language": user.language}
        )
        adopt_address(made)
        return made


def follow(follower: Follower, kind: str, pk: int, *, by_taking_part: bool = False) -> Following:
    """Follow the thing of this kind and key. Idempotent.

    ``by_taking_part``: it follows from what they did; pressing the button says more, and stays.
    A participant who had stopped the mails to many about a consultation gets them again.
    Refuses by rules.follow. Emits FollowingBegan.
    """
    with action():
        fresh = locked(follower)
        topic = topic_of(kind, pk)
        mine = Following.objects.filter(follower=fresh)
        found = mine.filter(topic=topic).first()
        if found is None:
            thing = load_thing(kind, pk, fresh.user)
            require(rules.follow(is_public=thing is not None, followed=mine.count()))
            found = Following.objects.create(
                follower=fresh, kind=kind, by_taking_part=by_taking_part, **{f"{kind}_id": pk}
            )
            if fresh.stopped_at is not None:
                fresh.stopped_at = None
                fresh.save(update_fields=["stopped_at"])
            emit(FollowingBegan(fresh.pk, kind, pk))
        elif found.by_taking_part and not by_taking_part:
            found.by_taking_part = False
            found.save(update_fields=["by_taking_part"])
        if kind == Kind.CONSULTATION and fresh.user_id and not by_taking_part:
            set_wanted(fresh.user_id, pk, is_wanted=True)
        return found


def unfollow(following: Following) -> None:
    """Stop following a thing. Idempotent.

    Of a consultation in which they took part the mails to many stop, too. Emits FollowingEnded.
    """
    with action():
        follower = locked(following.follower)
        if not Following.objects.filter(pk=following.pk).delete()[0]:
            return
        emit(FollowingEnded(follower.pk, following.kind, following.thing_id))
        _note_stop(follower)
        user_id, pk = follower.user_id, following.thing_id
        if following.kind == Kind.CONSULTATION and user_id and _took_part(user_id, pk):
            set_wanted(user_id, pk, is_wanted=False)


def set_frequencies(follower: Follower, chosen: Mapping[str, str]) -> None:
    """Say how often to be told of kinds of what one follows; of others it stays as it is. Emits
    FollowingSettingsChanged."""
    with action():
        fresh = locked(follower)
        FrequencySetting.objects.bulk_create(
            [
                FrequencySetting(
                    follower=fresh, kind=Kind(kind).value, frequency=Frequency(frequency).value
                )
                for kind, frequency in chosen.items()
            ],
            update_conflicts=True,
            unique_fields=["follower", "kind"],
            update_fields=["frequency"],
        )
        emit(FollowingSettingsChanged(fresh.pk))


def set_quiet_hours(follower: Follower, begin: time | None, end: time | None) -> None:
    """Send nothing at once between these times of day (Kyiv); None for both: at any time.

    Refuses by rules.set_quiet_hours. Emits FollowingSettingsChanged.
    """
    with action():
        fresh = locked(follower)
        require(rules.set_quiet_hours(begin, end))
        fresh.quiet_from, fresh.quiet_until = begin, end
        fresh.save(update_fields=["quiet_from", "quiet_until"])
        emit(FollowingSettingsChanged(fresh.pk))


def mark_read(follower: Follower, until: datetime) -> None:
    """Mark everything until this moment as read; the mark never moves back, nor beyond now."""
    with action():
        fresh = locked(follower)
        fresh.read_until = max(fresh.read_until, min(until, clock.now()))
        fresh.save(update_fields=["read_until"])


def stop(follower: Follower) -> None:
    """Send no mail of what they follow any more.

    An account goes on following, for its inbox: every kind is told never. An address without one
    follows nothing any more, and is deleted after a time. Emits MailsStopped, FollowingEnded.
    """
    with action():
        fresh = locked(follower)
        if fresh.user_id is not None:
            set_frequencies(fresh, {kind.value: Frequency.NEVER.value for kind in Kind})
        else:
            for following in Following.objects.filter(follower=fresh):
                emit(FollowingEnded(fresh.pk, following.kind, following.thing_id))
            Following.objects.filter(follower=fresh).delete()
            _note_stop(fresh)
        emit(MailsStopped(fresh.pk))


def ask_by_email(asked: Asked, *, address: str) -> None:
    """Mail a link to whoever reads a mailbox, by which they follow what was asked for.

    ``address``: of the client that asks. What comes back, and the mail, are the same whether the
    address is known or not. Nothing is stored but the mail until it has gone, which the budget of
    the mailbox may put off (notifications/sending/budget.py).

    Refuses by rules.follow.
    """
    thing = load_thing(asked.kind, asked.pk, None) if asked.kind else None
    if asked.kind:
        require(rules.follow(is_public=thing is not None, followed=0))
    context: dict[str, Any] = {"thing": thing, "token": tokens.confirmation_token(asked)}
    if thing is not None:
        often = DEFAULT_FREQUENCIES[thing.kind]
        context |= {
            "sentence": say_asked(thing),
            "often": say_often(often),
            "may_be_at_once": often != Frequency.NOW,
        }
    message = compose("notifications/confirm_address", context, to=asked.email)
    with action():
        about = f"{asked.kind}:{asked.pk}"
        asker = asker_of(asked.email, network_of(address))
        created(defer_letter(message, lives=tokens.LINK_LIVES, about=about, asker=asker))


def confirm_email(token: str) -> Follower:
    """Follow as whoever reads the mailbox: they have the token of the mail. Done twice it is once.

    An account of the address is theirs, and follows instead. A bounced address is tried again.
    Refuses with ``following.link_expired``, by accounts.rules.act and rules.follow. Emits
    EmailConfirmed, FollowingBegan.
    """
    asked = tokens.read_confirmation(token)
    if asked is None:
        raise Refused(rules.LINK_EXPIRED)
    with action():
        note_working(asked.email)
        follower = locked(_follower_of_address(asked))
        emit(EmailConfirmed(follower.pk))
        if asked.kind:
            follow(follower, asked.kind, asked.pk)
        return follower


def _follower_of_address(asked: Asked) -> Follower:
    account = User.objects.of_email(asked.email).first()
    if account is not None:
        require(act(account))
        return follower_of(account)
    known = Follower.objects.filter(email__iexact=asked.email).first()
    if known is not None:
        return known
    made, _is_new = Follower.objects.get_or_create(
        email=asked.email, defaults={"language": asked.language}
    )
    return made


def _note_stop(follower: Follower) -> None:
    """Note since when an address without an account follows nothing, if it does."""
    if follower.user_id is None and not Following.objects.filter(follower=follower).exists():
        follower.stopped_at = clock.now()
        follower.save(update_fields=["stopped_at"])


def _took_part(user_id: int, consultation_id: int) -> bool:
    thread = Consultation.objects.filter(pk=consultation_id).values("thread_id")
    said = Comment.objects.filter(thread_id__in=thread, author=user_id, deleted_at=None)
    waiting = WaitingRemark.objects.filter(consultation=consultation_id, author=user_id)
    return said.exists() or waiting.exists()
