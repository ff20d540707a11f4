"""Keys of secret polls under way: whether each was proved, and the server can read its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.state.registry import Finding, Level, check
from core.state.runs import last_run
from votes.models import Keeper


@check("keepers", gettext_lazy("Keys of secret polls"))
def check_keepers() -> Iterator[Finding]:
    """A poll is announced only with keys that were proved; the server's own are tried each day by
    ``manage.py ballot_keys``."""
    under_way = Keeper.objects.filter(poll__opened_at=None, poll__cancelled_at=None)
    found = under_way.aggregate(
        keys=Count("pk"),
        polls=Count("poll", distinct=True),
        unproved=Count("pk", filter=Q(proved_at=None, made_by__isnull=False)),
    )
    words = _("Polls under way: %(polls)d; keys: %(keys)d; not proved yet: %(unproved)d.") % found
    run = last_run("server_keys")
    if run is not None and not run.is_ok:
        words += " " + _("The server cannot read a key of its own: journalctl -u viche-keys")
        yield Finding(Level.CRITICAL, words)
    else:
        yield Finding(Level.OK, words)
