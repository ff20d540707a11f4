"""Merging of two followers: of merged accounts, or of an e-mail address and the account that now
has it."""

from __future__ import annotations

from accounts.identity.events import AccountsMerged
from accounts.models import User
from core.domain.actions import action
from core.domain.events import within
from notifications.models import Follower, Following, FrequencySetting, Unsubscription


def join(kept: Follower, gone: Follower) -> None:
    """Give ``kept`` what ``gone`` follows, and delete ``gone``. What both have said stays as
    ``kept`` has said it: how often, and their quiet hours."""
    with action():
        rows = Follower.objects.select_for_update(no_key=True).order_by("pk")
        locked = {each.pk: each for each in rows.filter(pk__in=(kept.pk, gone.pk))}
        if len(locked) < 2:
            return
        for model, column in ((Following, "topic"), (FrequencySetting, "kind")):
            own = model.objects.filter(follower=kept).values(column)
            theirs = model.objects.filter(follower=gone)
            theirs.exclude(**{f"{column}__in": own}).update(follower=kept)
        gone.delete()


def adopt_address(follower: Follower) -> None:
    """Let an account follow what was followed by e-mail from its confirmed address."""
    if follower.user is None or not follower.user.email:
        return
    named = Follower.objects.filter(email__iexact=follower.user.email).first()
    if named is None:
        return
    if User.objects.of_email(named.email).filter(pk=follower.user.pk).exists():
        join(follower, named)


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
