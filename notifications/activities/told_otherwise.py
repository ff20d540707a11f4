"""People who get a direct mail of an event, and so no mail as followers.

Such mails go to participants, speakers, signers, authors and those who registered (the handlers of
notifications); who has stopped them does not want another instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.db.models import Q

from appeals.models import Appeal
from consultations.models import Consultation, WaitingRemark
from discussions.models import Comment, Reaction
from meetings.models import Item, Registration
from notifications.activities.wording import Verb, key_of
from notifications.models import Activity
from notifications.sending.unsubscribing import unsubscribed_users
from petitions.models import Petition
from petitions.signing import audiences
from votes.models import Invitation

#: Ids of accounts and e-mail addresses among which such people are looked for.
type Among = tuple[Collection[int], Collection[str]]
#: Ids of accounts, and e-mail addresses of those who have none.
type People = tuple[set[int], set[str]]


def told_otherwise(activity: Activity, users: Collection[int], emails: Collection[str]) -> People:
    """Accounts and e-mail addresses among these that get a mail of their own of an activity. A
    fixed number of queries.
    """
    find = _FINDERS.get(key_of(activity))
    return find(activity, (users, emails)) if find else (set(), set())


def _participants(activity: Activity, among: Among) -> People:
    """Those who took part in a consultation, or have stopped its mails."""
    return _of_consultations(_known_ids([activity.consultation_id]), among)


def _of_consultations(ids: set[int], among: Among) -> People:
    users, _emails = among
    threads = Consultation.objects.filter(pk__in=ids).values("thread")
    comments = Comment.objects.filter(thread__in=threads, deleted_at=None, author__in=users)
    support = Reaction.objects.filter(comment__thread__in=threads, value=1, user__in=users)
    waiting = WaitingRemark.objects.filter(consultation__in=ids, author__in=users)
    found = {
        *comments.values_list("author", flat=True),
        *support.values_list("user", flat=True),
        *waiting.values_list("author", flat=True),
    }
    for pk in ids:
        found.update(unsubscribed_users(pk).filter(user__in=users))
    return found, set()


def _signers(activity: Activity, among: Among) -> People:
    """The author of a petition, and those who signed it and want its mails."""
    return _of_petitions(_known_ids([activity.petition_id]), among)


def _of_petitions(ids: set[int], among: Among) -> People:
    users, emails = among
    found, addresses = set[int](), set[str]()
    for pk in ids:
        theirs = audiences.listeners(pk).filter(Q(user__in=users) | Q(user=None, email__in=emails))
        for user_id, email in theirs.values_list("user", "email"):
            if user_id is None:
                addresses.add(email)
            else:
                found.add(user_id)
    authors = Petition.objects.filter(pk__in=ids, author__in=users)
    return found | set(authors.values_list("author", flat=True)), addresses


def _author(activity: Activity, among: Among) -> People:
    authors = Petition.objects.filter(
        pk__in=_known_ids([activity.petition_id]), author__in=among[0]
    )
    return set(authors.values_list("author", flat=True)), set()


def _invited_people(activity: Activity, among: Among) -> People:
    lines = Invitation.objects.filter(poll=activity.poll_id, email__in=among[1])
    return set(), set(lines.values_list("email", flat=True))


def _registered_people(activity: Activity, among: Among) -> People:
    active = Registration.objects.active().filter(meeting=activity.meeting_id, user__in=among[0])
    return set(active.values_list("user", flat=True)), set()


def _concerned_people(activity: Activity, among: Among) -> People:
    """Those who take part in what is on the agenda of a meeting."""
    items = Item.objects.filter(meeting=activity.meeting_id).exclude(state=Item.State.DROPPED)
    matters = list(items.values_list("consultation", "petition"))
    spoke, _none = _of_consultations(_known_ids(each for each, _petition in matters), among)
    signed, addresses = _of_petitions(_known_ids(each for _consultation, each in matters), among)
    return spoke | signed, addresses


def _applicant(activity: Activity, among: Among) -> People:
    users, emails = among
    own = Appeal.objects.filter(pk__in=_known_ids([activity.appeal_id]))
    return (
        _known_ids(own.filter(author__in=users).values_list("author_id", flat=True)),
        set(own.filter(email__in=emails).values_list("email", flat=True)),
    )


def _known_ids(ids: Iterable[int | None]) -> set[int]:
    return {pk for pk in ids if pk is not None}


_FINDERS: dict[tuple[str, str], Callable[[Activity, Among], People]] = {
    (Verb.CHANGED, "version"): _participants,
    (Verb.CHANGED, "dates"): _participants,
    (Verb.ANSWERED, "consultation"): _participants,
    (Verb.DECIDED, "decision"): _participants,
    (Verb.DECIDED, "change"): _participants,
    (Verb.CANCELLED, "consultation"): _participants,
    (Verb.PUBLISHED, "petition"): _author,
    (Verb.CHANGED, "reached"): _signers,
    (Verb.CLOSED, "petition"): _signers,
    (Verb.CHANGED, "review"): _signers,
    (Verb.ANSWERED, "petition"): _signers,
    (Verb.CANCELLED, "petition"): _signers,
    (Verb.OPENED, "poll"): _invited_people,
    (Verb.PUBLISHED, "meeting"): _concerned_people,
    (Verb.DECIDED, "meeting"): _concerned_people,
    (Verb.DECIDED, "votes"): _concerned_people,
    (Verb.CHANGED, "moved"): _registered_people,
    (Verb.CANCELLED, "meeting"): _registered_people,
    (Verb.ANSWERED, "answer"): _applicant,
    (Verb.CHANGED, "extended"): _applicant,
    (Verb.PUBLISHED, "answer"): _applicant,
}
