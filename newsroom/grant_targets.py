"""The grant target “one article”: its name."""

from __future__ import annotations

from accounts.staff import grant_targets as of_grants
from newsroom.models import Article
from newsroom.querysets import KIND

of_grants.register(of_grants.GrantTargetKind(KIND, Article))
