"""Staff grants for one poll alone: their names."""

from __future__ import annotations

from accounts.staff import grant_targets as of_grants
from votes.models import Poll
from votes.querysets import KIND

of_grants.register(of_grants.GrantTargetKind(KIND, Poll))
