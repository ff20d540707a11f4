"""The grant target “one article”: its name."""

from __future__ import annotations

from accounts.staff import grant_targets as of_grants
from city.council.queries import register_urgent
from newsroom.models import Article
from newsroom.querysets import KIND
from newsroom.urgent import rows

of_grants.register(of_grants.Kind(KIND, Article))


register_urgent(rows)
