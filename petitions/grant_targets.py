"""The grant target “one petition”: its name, and the thread that such a grant reaches."""

from __future__ import annotations

from accounts.staff import grant_targets as of_grants
from discussions import grant_targets as of_threads
from petitions.models import Petition
from petitions.querysets import KIND

of_threads.register(of_threads.Kind(KIND, Petition))
of_grants.register(of_grants.GrantTargetKind(KIND, Petition, {"submitted_at__isnull": False}))
