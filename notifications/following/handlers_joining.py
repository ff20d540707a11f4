"""Merging of two followers: of merged accounts, or of an e-mail address and the account that now
has it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, Expression, OuterRef, QuerySet, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from accounts.identity.events import AccountsMerged
from accounts.models import User
from core.domain.actions import action
from core.domain.events import within
from notifications.models import Follower, Following, FrequencySetting, Unsubscription


def join(kept: Follower, gone: Follower) -> None:
    """Give ``kept`` what ``gone`` follows, and delete ``gone``. What both have said stays as
    ``kept`` has said it: how often, and their quiet hours. What a digest has told either of them is
    not told again."""
    with action():
        rows = Follower.objects.select_for_update(no_key=True).order_by("pk")
        locked = {each.pk: each for each in rows.filter(pk__in=(kept.pk, gone.pk))}
        if len(locked) < 2:
            return
        for model, column in ((Following, "topic"), (FrequencySetting, "kind")):
            own = model.objects.filter(follower=kept).values(column)
            theirs = model.objects.filter(follower=gone)
            theirs.exclude(**{f"{column}__in": own}).update(follower=kept)
        both = [locked[kept.pk], locked[gone.pk]]
        for mark in ("daily_until", "weekly_until"):
            setattr(kept, mark, _last_told(both, mark))
        kept.save(update_fields=["daily_until", "weekly_until"])
        gone.delete()


def _last_told(followers: list[Follower], mark: str) -> datetime:
    """Until when a digest has told any of them. Whoever got none yet has a mark as well, of when
    they began: that one says nothing of what the other was told."""
    marks: list[datetime] = [getattr(each, mark) for each in followers]
    told = [at for each, at in zip(followers, marks, strict=True) if at > each.created_at]
    return max(told, default=min(marks))


def adopt_address(follower: Follower) -> None:
    """Let an account follow what was followed by e-mail from its confirmed address."""
    if follower.user is None or not follower.user.email:
        return
    named = _of_address(Value(follower.user.email.lower())).first()
    if named is None:
        return
    if User.objects.of_email(named.email).filter(pk=follower.user.pk).exists():
        join(follower, named)


def adopt_addresses() -> None:
    """The same of all accounts that began to follow by taking part, which asks for no address
    (taking_part.py): without it they would be told of a thing twice. One query where there are
    none."""
    same = _of_address(Lower(OuterRef("user__email")))
    for follower in Follower.objects.select_related("user").filter(Exists(same)).order_by("pk"):
        adopt_address(follower)


def _of_address(email: Expression) -> QuerySet[Follower]:
    """The follower without an account of an address in lower case, as their index has it."""
    return Follower.objects.exclude(email="").filter(Exact(Lower("email"), email))


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """The account that stays follows what both have followed, and gets no mails to many of the
    consultations of which either wanted none."""
    unwanted = Unsubscription.objects.filter(user=event.kept_id).values("consultation")
    theirs = Unsubscription.objects.filter(user=event.gone_id)
    theirs.exclude(consultation__in=unwanted).update(user=event.kept_id)
    gone = Follower.objects.filter(user=event.gone_id).first()
    if gone is None:
        return
    kept = Follower.objects.filter(user=event.kept_id).first()
    if kept is None:
        Follower.objects.filter(pk=gone.pk).update(user=event.kept_id)
    else:
        join(kept, gone)
