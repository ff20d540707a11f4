"""Mails about moderators' decisions, to the author and to who may speak for the organisation."""

from __future__ import annotations

from accounts.models import User
from core.domain import clock
from core.domain.events import within
from discussions import voices
from discussions.events import CommentHidden, CommentRestored, HeldCommentHidden
from discussions.models import Comment
from moderation.contests.actions import ruling_in_force
from moderation.events import ContestDecided
from moderation.models import Contest, Ruling
from moderation.places import place_of
from moderation.statements import statement_of
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer


@within(CommentHidden, HeldCommentHidden)
def comment_hidden(event: CommentHidden | HeldCommentHidden) -> None:
    """Tell whose words they are by which rule, each time that they are hidden."""
    comment = Comment.objects.get(pk=event.comment_id)
    if comment.hidden_at:
        about = f"{comment.pk}:{comment.hidden_at.timestamp():.0f}"
        _tell("consultations/remark_hidden", comment, about)


@within(CommentRestored)
def comment_restored(event: CommentRestored) -> None:
    """Tell whose words they are, who were told that they were hidden. Where a contest was decided,
    that mail says it."""
    comment = Comment.objects.get(pk=event.comment_id)
    hiding = comment.rulings.filter(kind=Ruling.Kind.HIDDEN).order_by("-pk")[:1]
    overturned = Contest.objects.filter(outcome=Contest.Outcome.OVERTURNED)
    if not overturned.filter(ruling__in=list(hiding)).exists():
        about = f"{comment.pk}:{clock.now().timestamp():.0f}"
        _tell("consultations/remark_restored", comment, about)


@within(ContestDecided)
def contest_decided(event: ContestDecided) -> None:
    """Tell whose words they are what was decided, and why."""
    comment = Comment.objects.get(pk=event.comment_id)
    about = f"contest:{event.contest_id}"
    _tell("moderation/contest_decided", comment, about, contest_id=event.contest_id)


def _tell(template: str, comment: Comment, about: str, **ids: int) -> None:
    for user_id in _recipients(comment):
        defer(template, user_id=user_id, about=about, comment_id=comment.pk, **ids)


def _recipients(comment: Comment) -> list[int]:
    """Whose words they are, and who wrote them, also where they speak no more for the
    organisation."""
    owners = voices.owners_of(comment)
    author = [comment.author_id] if comment.author_id else []
    return [*author, *(owner for owner in owners if owner not in author)]


@mail("consultations/remark_hidden")
def _remark_hidden(user: User, *, comment_id: int) -> Context:
    comment = _load(user, comment_id)
    if comment is None or comment.hidden_at is None:
        return None  # restored meanwhile
    ruling, place = ruling_in_force(comment), place_of(comment)
    if ruling is None or place is None:
        return None
    is_owner = user.pk in voices.owners_of(comment)
    statement = statement_of(comment, ruling, place, is_owner=is_owner)
    return {"comment": comment, "place": place, "statement": statement}


@mail("consultations/remark_restored")
def _remark_restored(user: User, *, comment_id: int) -> Context:
    comment = _load(user, comment_id)
    if comment is None or not comment.is_visible:
        return None
    was_held = not comment.rulings.filter(kind=Ruling.Kind.HIDDEN).exists()
    return _of_comment(comment, was_held=was_held)


@mail("moderation/contest_decided")
def _contest_decided(user: User, *, comment_id: int, contest_id: int) -> Context:
    comment = _load(user, comment_id)
    contest = Contest.objects.filter(pk=contest_id).exclude(outcome="").first()
    if comment is None or contest is None:
        return None
    is_overturned = contest.outcome != Contest.Outcome.UPHELD
    if is_overturned is not comment.is_visible:
        return None  # something else became of it meanwhile
    return _of_comment(comment, contest=contest, is_overturned=is_overturned)


def _load(user: User, comment_id: int) -> Comment | None:
    """The comment, if they are to be told of it and it was not taken back."""
    comments = Comment.objects.filter(pk=comment_id, deleted_at=None)
    comment = comments.select_related("organisation").first()
    return comment if comment is not None and user.pk in _recipients(comment) else None


def _of_comment(comment: Comment, **more: object) -> Context:
    """A comment and its place; nothing of one that stands nowhere any more."""
    place = place_of(comment)
    return None if place is None else {"comment": comment, "place": place, **more}
