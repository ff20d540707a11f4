"""The grant target “one meeting”: its name."""

from __future__ import annotations

from accounts.staff import grant_targets as of_grants
from meetings.models import Meeting
from meetings.querysets import KIND

of_grants.register(of_grants.GrantTargetKind(KIND, Meeting))
