"""Rules of presence. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.rules.course import control

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting


def register(user: Anybody, meeting: Meeting, *, is_member: bool) -> Verdict:
    """Note that a member of the body came or left."""
    return control(user, meeting) and member(is_member=is_member)


def member(*, is_member: bool) -> Verdict:
    """They have a seat in the body that meets."""
    return refuse_unless(
        is_member, "meeting.not_a_member", _("Only members of the body that meets take part.")
    )
