"""Taking part follows that one thing: a remark, a vote in an open poll, a registration, an appeal.

Nothing else is followed by itself, and a secret ballot follows nothing: it leaves no trace
(docs/adr/0024). A signer's wish for news stays with their signature (docs/adr/0072).

The row is written last in the action, with its COMMIT: whoever votes with thousands waits for no
round trip more.
"""

from __future__ import annotations

from accounts.events import EmailChanged
from accounts.models import User
from appeals.events import AppealFiled
from appeals.models import Appeal
from consultations.events import RemarkPosted
from core.db.counters import write_last
from core.domain.events import emit, within
from meetings.registration.events import Registered
from notifications.following.events import FollowingEnded, UnsubscribedOfConsultation
from notifications.following.handlers_joining import adopt_address
from notifications.models import Follower, Following, Kind, Unsubscription
from votes.events import OpenBallotCast

_FOLLOWERS, _FOLLOWINGS = Follower._meta.db_table, Following._meta.db_table
_UNSUBSCRIPTIONS = Unsubscription._meta.db_table

#: The follower is made where there is none; of two at once the second waits for the first. One that
#: is there is only kept from being deleted. Who wants no mails about a consultation does not follow
#: it by speaking once more. Whoever follows it already is not inserted once more in vain: what the
#: table computes and checks of a row takes longer than looking.
_FOLLOW = f"""
WITH known AS MATERIALIZED (
    SELECT id, user_id FROM {_FOLLOWERS} WHERE user_id = {{whose}} FOR KEY SHARE
), made AS (
    INSERT INTO {_FOLLOWERS} AS f (user_id, email, language)
    SELECT id, '', language FROM {User._meta.db_table}
    WHERE id = {{whose}} AND NOT EXISTS (SELECT FROM known)
    ON CONFLICT (user_id) DO UPDATE SET user_id = excluded.user_id
    RETURNING id, user_id
), follower AS (
    SELECT * FROM known UNION ALL SELECT * FROM made
)
INSERT INTO {_FOLLOWINGS} (follower_id, kind, {{column}}, by_taking_part)
SELECT id, %s, %s, true FROM follower
WHERE NOT EXISTS (
    SELECT FROM {_FOLLOWINGS} f WHERE f.follower_id = follower.id AND f.topic = %s
) AND (%s <> 'consultation' OR NOT EXISTS (
    SELECT FROM {_UNSUBSCRIPTIONS} u WHERE u.user_id = follower.user_id AND u.consultation_id = %s
))
ON CONFLICT (follower_id, topic) DO NOTHING
"""  # noqa: S608 - names of tables
#: The account of who filed an appeal.
_AUTHOR = f"(SELECT author_id FROM {Appeal._meta.db_table} WHERE id = %s)"  # noqa: S608


def follow_by_taking_part(user_id: int, kind: Kind, pk: int) -> None:
    """Let an account follow what it took part in, when the action under way ends."""
    _follow_last(f"follower:{user_id}", "%s", user_id, kind, pk)


def _follow_last(order: str, whose: str, whose_id: int, kind: Kind, pk: int) -> None:
    statement = _FOLLOW.format(whose=whose, column=f"{kind.value}_id")
    topic = f"{kind.value}:{pk}"
    write_last(order, statement, [whose_id, whose_id, kind.value, pk, topic, kind.value, pk])


@within(RemarkPosted)
def remark_posted(event: RemarkPosted) -> None:
    follow_by_taking_part(event.by_id, Kind.CONSULTATION, event.consultation_id)


@within(OpenBallotCast)
def open_ballot_cast(event: OpenBallotCast) -> None:
    follow_by_taking_part(event.user_id, Kind.POLL, event.poll_id)


@within(Registered)
def registered(event: Registered) -> None:
    if event.by_id is not None:
        follow_by_taking_part(event.by_id, Kind.MEETING, event.meeting_id)


@within(AppealFiled)
def appeal_filed(event: AppealFiled) -> None:
    """Its author follows it, where they have an account. The appeal's row is written last, too:
    before this one, by the order of the two. Who files without an account has none."""
    pk = event.appeal_id
    if event.by_id is not None:
        _follow_last(f"follower:appeal:{pk}", _AUTHOR, pk, Kind.APPEAL, pk)


@within(UnsubscribedOfConsultation)
def unsubscribed(event: UnsubscribedOfConsultation) -> None:
    """The link of a participant's mail stops the follower's mails about the consultation, too."""
    mine = Following.objects.filter(
        follower__user=event.user_id, consultation=event.consultation_id
    )
    for following in mine:
        emit(FollowingEnded(following.follower_id, following.kind, event.consultation_id))
    mine.delete()


@within(EmailChanged)
def email_changed(event: EmailChanged) -> None:
    """Give the account what was followed from its new address."""
    for follower in Follower.objects.select_related("user").filter(user=event.user_id):
        adopt_address(follower)
