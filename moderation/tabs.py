"""The lists of moderation, as tabs: what waits in comments and in answers to polls, and the log."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from moderation import reading


def tabs(user: User, current: str) -> list[dict[str, Any]]:
    """For components/tabs.html; two queries. ``current``: one of reported, newest, hidden, texts,
    log."""
    address = reverse("moderation:queue")
    lists = {
        "reported": (_("Reported"), f"{address}?list=reported", reading.queue_size(user)),
        "newest": (_("Newest"), f"{address}?list=newest", None),
        "hidden": (_("Hidden"), f"{address}?list=hidden", None),
        "texts": (_("Answers to polls"), reverse("moderation:texts"), reading.texts_waiting(user)),
        "log": (_("Log"), reverse("moderation:log"), None),
    }
    return [
        {"label": label, "url": url, "current": name == current, "count": count}
        for name, (label, url, count) in lists.items()
    ]
