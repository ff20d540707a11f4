"""«I am here» of deputies, by their telephones: claims, and their confirmation (ADR 102)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin
from meetings.course.rules import control
from meetings.events import PresenceClaimDismissed, PresenceClaimed
from meetings.models import Deputy, Meeting, Presence, PresenceClaim
from meetings.presence import rules
from meetings.presence.actions import note_arrivals
from meetings.presence.queries import attendance_of, video_ground_of, waiting_claims_of
from meetings.queries import is_member

if TYPE_CHECKING:
    from accounts.models import User


def claim(
    meeting: Meeting, deputy: Deputy, *, by: User, has_scanned: bool, by_video: bool = False
) -> PresenceClaim:
    """A deputy says that they are here. ``has_scanned``: their device has shown the hall's code;
    ``by_video``: they take part by videoconference. Twice is once. Refuses by rules.claim. Emits
    PresenceClaimed."""
    with action():
        meeting, now = begin(meeting)
        ground = video_ground_of(meeting) if by_video else None
        require(
            rules.claim(
                by,
                deputy,
                meeting,
                is_member=is_member(meeting, deputy),
                is_here=deputy.pk in attendance_of(meeting),
                has_scanned=has_scanned,
                by_video=by_video,
                has_ground=ground is not None,
            )
        )
        made, is_new = PresenceClaim.objects.get_or_create(
            meeting=meeting,
            deputy=deputy,
            confirmed_at=None,
            dismissed_at=None,
            defaults={"at": now, "video_ground": ground},
        )
        if is_new:
            emit(PresenceClaimed(meeting.pk, by.pk, deputy.pk))
        return made


def confirm(claim: PresenceClaim, *, by: User) -> PresenceClaim:
    """Confirm that a deputy is here: they are present from now on. Refuses by rules.confirm. Emits
    DeputyCame."""
    with action():
        meeting, _now = begin(claim.meeting)
        claim = locked(claim)
        here = attendance_of(meeting).grounds
        is_present = Deputy.objects.filter(user=by.pk, pk__in=here).exists()
        require(rules.confirm(by, meeting, claim, is_present_deputy=is_present))
        _confirm(meeting, [claim], by=by)
        return claim


def confirm_all(meeting: Meeting, *, by: User) -> int:
    """Confirm all who say that they are here, in one step; how many. Refuses by rules.control.
    Emits DeputyCame for each."""
    with action():
        meeting, _now = begin(meeting)
        require(control(by, meeting))
        claims = list(waiting_claims_of(meeting).select_for_update(of=("self",), no_key=True))
        _confirm(meeting, claims, by=by)
        return len(claims)


def dismiss(claim: PresenceClaim, *, by: User) -> PresenceClaim:
    """Say that a deputy who claims to be here is not. Twice is once. Refuses by rules.dismiss.
    Emits PresenceClaimDismissed."""
    with action():
        meeting, now = begin(claim.meeting)
        claim = locked(claim)
        require(rules.dismiss(by, meeting, claim))
        if claim.dismissed_at is None:
            claim.dismissed_at = now
            claim.save(update_fields=["dismissed_at"])
            emit(PresenceClaimDismissed(meeting.pk, by.pk, claim.deputy_id))
        return claim


def _confirm(meeting: Meeting, claims: Sequence[PresenceClaim], *, by: User) -> None:
    """Called under the meeting's lock, after the rule."""
    _meeting, now = begin(meeting)
    for claim in claims:
        claim.confirmed_at, claim.confirmed_by = now, by
        claim.save(update_fields=["confirmed_at", "confirmed_by"])
    grounds = {claim.video_ground for claim in claims}
    for ground in grounds:
        came = [claim.deputy for claim in claims if claim.video_ground == ground]
        # An act that has ended since allows nothing any more.
        if ground is None or ground.ended_at is None:
            how = Presence.How.CLAIMED
            note_arrivals(meeting, came, by=by, now=now, how=how, ground=ground)
