"""Actions on bouncing addresses: record a bounce, record that an address works again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from core.domain import clock
from core.domain.actions import action
from core.domain.email_addresses import to_comparable
from notifications.channels.bounces.reports import Report
from notifications.channels.bounces.tokens import Token, find_token, hash_address
from notifications.models import BouncedAddress, Follower


def note_reports(reports: Iterable[Report]) -> int:
    """Write down the addresses that reports name, or that their tokens are of. Returns how many.

    A report whose token does not hold counts for nothing: anybody can write one. The token decides,
    not the address that is named: a mailbox may forward to another one.
    """
    noted = 0
    hidden: list[tuple[Token, str]] = []
    for report in reports:
        token = find_token(report.recipients)
        if token is None:
            continue
        named = next((each for each in report.addresses if token.is_of(each)), "")
        if named:
            note_bounce(named, report.status)
            noted += 1
        else:
            hidden.append((token, report.status))
    for email, status in _find_receivers(hidden):
        note_bounce(email, status)
        noted += 1
    return noted


def note_bounce(email: str, status: str) -> None:
    """Record that an address bounces: it gets only mails about the security of its account."""
    with action():
        email = to_comparable(email)
        now = clock.now()
        BouncedAddress.objects.update_or_create(
            email=email, defaults={"status": status[:16], "at": now}
        )
        for follower in _followers_of(email):
            follower.bounced_at = now
            follower.save(update_fields=["bounced_at"])


def note_working(email: str) -> None:
    """Record that an address works again: its owner has got a mail."""
    with action():
        email = to_comparable(email)
        BouncedAddress.objects.filter(email=email).delete()
        for follower in _followers_of(email):
            follower.bounced_at = None
            follower.save(update_fields=["bounced_at"])


def forget_change(user: User) -> None:
    """An account has another e-mail now: its follower is told of it there."""
    works = not BouncedAddress.objects.filter(email=to_comparable(user.email or "")).exists()
    if works:
        Follower.objects.filter(user=user).update(bounced_at=None)


def _followers_of(email: str) -> list[Follower]:
    """The followers who are written to there, locked: without an account, or with one."""
    rows = Follower.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    with_account = User.objects.filter(email__iexact=email).values("pk")
    return list(rows.filter(email__iexact=email)) + list(rows.filter(user__in=with_account))


def _find_receivers(hidden: list[tuple[Token, str]]) -> list[tuple[str, str]]:
    """Whose tokens these are, where the reports name other addresses: one pass over all that are
    known, a hash of each, and none without such a report."""
    if not hidden:
        return []
    statuses: defaultdict[str, dict[str, str]] = defaultdict(dict)  # by key and hash of an address
    for token, status in hidden:
        statuses[token.key].setdefault(token.address, status)
    found: dict[str, str] = {}
    users = User.objects.filter(email__isnull=False, erased_at=None).values_list("email", flat=True)
    followers = Follower.objects.exclude(email="").values_list("email", flat=True)
    for rows in (users, followers):
        for email in rows.iterator(chunk_size=2000):
            if not email:
                continue
            for key, of_address in statuses.items():
                if of_email := of_address.get(hash_address(email, key)):
                    found.setdefault(to_comparable(email), of_email)
    return list(found.items())
