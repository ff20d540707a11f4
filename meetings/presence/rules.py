"""Rules of presence. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import control, running
from meetings.rules import run, vote_as

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Deputy, Meeting, PresenceClaim


def register(
    user: Anybody,
    meeting: Meeting,
    *,
    is_member: bool,
    by_video: bool = False,
    has_ground: bool = False,
) -> Verdict:
    """Note that a member of the body came or left; by videoconference where an act allows it."""
    return (
        control(user, meeting)
        and member(is_member=is_member)
        and video(by_video=by_video, has_ground=has_ground)
    )


def arrive(
    *, came_at: datetime, now: datetime, earliest: datetime, latest: datetime | None = None
) -> Verdict:
    """Have come at a moment: not before ``earliest``, when they left, or a vote was closed in which
    they are written down as absent."""
    return refuse_unless(
        earliest <= came_at <= (latest or now),
        "presence.moment",
        _("They can have come between the last vote, or their leaving, and now."),
    )


def video(*, by_video: bool, has_ground: bool) -> Verdict:
    """Take part by videoconference: an administrator has entered the act that allows it."""
    return refuse_unless(
        has_ground or not by_video,
        "presence.no_video",
        _("Taking part by videoconference is not allowed in this body: no act is entered."),
    )


def claim(
    user: Anybody,
    deputy: Deputy,
    meeting: Meeting,
    *,
    is_member: bool,
    is_here: bool,
    has_scanned: bool,
    by_video: bool = False,
    has_ground: bool = False,
) -> Verdict:
    """Say on one's telephone that one is here: with the hall's code, or by videoconference where an
    act allows it. It counts when somebody confirms it: the code decides nothing (ADR 67)."""
    return (
        vote_as(user, deputy)
        and running(meeting)
        and member(is_member=is_member)
        and refuse_unless(not is_here, "presence.here", _("You are noted as present already."))
        and video(by_video=by_video, has_ground=has_ground)
        and refuse_unless(
            has_scanned or by_video,
            "hall.code_expired",
            _("Scan the code that stands on the hall’s display first."),
        )
    )


def confirm(
    user: Anybody, meeting: Meeting, claim: PresenceClaim, *, is_present_deputy: bool
) -> Verdict:
    """Confirm that a deputy is here: who runs the meeting, or another deputy who is present."""
    return (
        act(user)
        and running(meeting)
        and refuse_unless(
            claim.confirmed_at is None and claim.dismissed_at is None,
            "presence.claim_over",
            _("This was answered already."),
        )
        and refuse_unless(
            run(user, meeting) or (is_present_deputy and claim.deputy.user_id != user.pk),
            "presence.not_to_confirm",
            _("The secretary confirms it, or another deputy who is present."),
        )
    )


def dismiss(user: Anybody, meeting: Meeting, claim: PresenceClaim) -> Verdict:
    """Say that a deputy who claims to be here is not."""
    return control(user, meeting) and refuse_unless(
        claim.confirmed_at is None, "presence.claim_over", _("This was answered already.")
    )


def member(*, is_member: bool) -> Verdict:
    """They have a seat in the body that meets."""
    return refuse_unless(
        is_member, "meeting.not_a_member", _("Only members of the body that meets take part.")
    )
