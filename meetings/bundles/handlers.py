"""A bundle's other items follow the roll-call that was taken for all of them."""

from __future__ import annotations

from core.domain.events import within
from meetings.bundles.actions import publish_together, share_result
from meetings.events import RollCallClosed, RollCallPublished

within(RollCallClosed)(share_result)
within(RollCallPublished)(publish_together)
