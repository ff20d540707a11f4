"""The lists of moderation, as tabs: what waits in comments, contests and answers to polls."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from moderation import queries
from organisations.models import Organisation
from organisations.rules import work_at_desk
from petitions.defence.pages import open_objections
from petitions.models import Petition


def tabs(user: User, current: str) -> list[dict[str, Any]]:
    """For components/tabs.html; one query. ``current``: one of waiting, mine, newest, hidden,
    contests, texts, premoderation, lists, log."""
    address, counts = reverse("moderation:queue"), queries.counts(**queries.waiting_of(user))
    lists = {
        "waiting": (_("Waiting"), f"{address}?list=waiting", counts["waiting"]),
        "mine": (_("Taken by me"), f"{address}?list=mine", counts["mine"]),
        "contests": (_("Contested"), reverse("moderation:contests"), counts["contests"]),
        "texts": (_("Answers to polls"), reverse("moderation:texts"), counts["texts"]),
        "newest": (_("Newest"), f"{address}?list=newest", None),
        "hidden": (_("Hidden"), f"{address}?list=hidden", None),
        "log": (_("Log"), reverse("moderation:log"), None),
        "premoderation": (_("Read first"), reverse("moderation:premoderation"), None),
        "lists": (_("Words and reasons"), reverse("moderation:lists"), None),
    }
    if not user.moderates():
        del lists["lists"]
    return [
        {"label": label, "url": url, "current": name == current, "count": count}
        for name, (label, url, count) in lists.items()
    ]


def other_desks(user: User) -> list[dict[str, Any]]:
    """Other desks of moderation by law, with the number waiting: petitions before publication,
    objections of signers, organisations. Two queries.
    """
    desks: dict[str, tuple[str, str, QuerySet[Any]]] = {
        "petitions": (
            _("Petitions to be checked"),
            f"{reverse('petitions_desk:list')}?state=moderation",
            Petition.objects.worked_on_by(user).on_moderation(),
        ),
        "objections": (
            _("Objections of signers"),
            reverse("petitions_desk:objections"),
            open_objections(user),
        ),
    }
    if work_at_desk(user):
        desks["organisations"] = (
            _("Organisations to be checked"),
            reverse("organisations_desk:queue"),
            Organisation.objects.waiting(),
        )
    counts = queries.counts(**{name: rows for name, (_label, _url, rows) in desks.items()})
    return [
        {"label": label, "url": url, "count": counts[name]}
        for name, (label, url, _rows) in desks.items()
        if counts[name]
    ]
