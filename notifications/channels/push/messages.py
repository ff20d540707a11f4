"""Push messages: the title of something public, or only that there is news, and a link."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.domain.council import local_council
from notifications.models import Activity

#: Services take 4096 bytes with all that encryption adds; Cyrillic letters take two.
_LONGEST = 200
#: Things of which everybody reads the title, by their keys of Activity, each judged by its own
#: queryset as for a stranger. Appeals are not among them: they are their applicants'.
_PUBLIC = ("consultation", "petition", "poll", "meeting", "article")


def compose(activity: Activity, language: str) -> bytes:
    """The message for the service worker (static/js/sw.js), as JSON."""
    with translation.override(language):
        message: dict[str, Any] = {
            "title": local_council().council,
            "body": Truncator(_words(activity)).chars(_LONGEST),
            "url": reverse("notifications:inbox"),
            "tag": f"activity-{activity.pk}",
            "lang": language,
        }
    return json.dumps(message, ensure_ascii=False).encode()


def _words(activity: Activity) -> str:
    title = _public_title(activity)
    if not title:
        return _("News in what you follow")
    return f"{activity.get_verb_display()}: {title}"


def _public_title(activity: Activity) -> str:
    """The title of what it is about, if a stranger may read it now; else ""."""
    for name in _PUBLIC:
        pk = getattr(activity, f"{name}_id")
        if pk is not None:
            rows: Any = Activity._meta.get_field(name).related_model
            visible = rows.objects.visible_to(AnonymousUser()).filter(pk=pk)
            return str(visible.values_list("title", flat=True).first() or "")
    return ""
