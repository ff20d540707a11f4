"""Who may do what with a petition, and when. Pure: the facts are passed in.

Law 393/96-ВР art. 23-1. Who may sign is for signing/rules.py to say.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.eligibility import Standing, meets
from core.rules import ALLOWED, Verdict, refuse
from discussions import rules as discussion_rules
from petitions.models import State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from petitions.models import Ground, News, Petition, Procedure

    type Anybody = User | AnonymousUser

#: So many drafts one person may have at a time.
MOST_DRAFTS = 10

AUTHOR_ONLY = refuse("petition.not_yours", _("Only the author of the petition may do this."))
MODERATORS_ONLY = refuse(
    "petition.moderators_only", _("Only a moderator of petitions may do this.")
)
OFFICERS_ONLY = refuse(
    "petition.officers_only", _("Only an officer of the responsible department may do this.")
)
ADMINISTRATORS_ONLY = refuse(
    "petition.administrators_only",
    _("Only an administrator may change the rules for petitions."),
)
NOT_ONES_OWN = refuse(
    "petition.not_ones_own", _("You are its author: somebody else decides about it.")
)
NOT_A_DRAFT = refuse(
    "petition.not_a_draft", _("It has been sent already: what it says is not changed any more.")
)
NOT_ON_MODERATION = refuse("petition.not_on_moderation", _("It is not waiting to be checked."))
NOT_UNDER_REVIEW = refuse("petition.not_under_review", _("It is not under review now."))
REASON_MISSING = refuse("petition.reason_missing", _("Give the reason: everybody can read it."))

#: Published, and nobody has taken it back.
PUBLIC = frozenset(State) - {State.DRAFT, State.MODERATION, State.REFUSED, State.WITHDRAWN}
UNDER_REVIEW = frozenset({State.REVIEW, State.AGENDA})
DECIDED = frozenset({State.SUPPORTED, State.NOT_SUPPORTED})
#: In which its author may take it back: before it has enough signatures.
WITHDRAWABLE = frozenset({State.MODERATION, State.COLLECTING})


# --- Who ----------------------------------------------------------------------------------------


def own(user: Anybody, petition: Petition) -> Verdict:
    """Do what is its author's alone."""
    verdict = discussion_rules.speak(user)
    if not verdict:
        return verdict
    return ALLOWED if petition.author_id == user.pk else AUTHOR_ONLY


def see(user: Anybody, petition: Petition) -> Verdict:
    """Read it: everybody what is published; what is not, its author, and once it was submitted
    whoever moderates it or keeps its record."""
    if petition.published_at:
        return ALLOWED
    if own(user, petition):
        return ALLOWED
    if petition.submitted_at and (moderate(user, petition.topic) or keep_record(user, petition)):
        return ALLOWED
    return refuse("petition.not_published", _("This petition is not published."))


def moderate(user: Anybody, scope: str = "") -> Verdict:
    """Check petitions: moderators of all, or of the one whose topic ``scope`` is."""
    verdict = discussion_rules.speak(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.moderates(scope):
        return MODERATORS_ONLY
    return ALLOWED


def keep_record(user: Anybody, petition: Petition) -> Verdict:
    """See it on the desk and keep its dates and steps: secretaries and officers of its department
    or of it alone."""
    verdict = discussion_rules.speak(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.keeps_record_of(petition.department_id, petition.topic):
        return OFFICERS_ONLY
    return ALLOWED


def review(user: Anybody, petition: Petition) -> Verdict:
    """Have to do with its review: whoever keeps its record, and moderators, who name the
    department that does."""
    verdict = keep_record(user, petition)
    return verdict or (ALLOWED if moderate(user, petition.topic) else verdict)


def speak_for(user: Anybody, petition: Petition) -> Verdict:
    """Answer it in the council's name: officers of its department or of it alone."""
    verdict = discussion_rules.speak(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.speaks_for(petition.department_id, petition.topic):
        return OFFICERS_ONLY
    return ALLOWED


def use_desk(user: Anybody) -> Verdict:
    """See the desk of petitions at all: whoever does something for the council."""
    verdict = discussion_rules.speak(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.grants_in_force:
        return refuse("desk.staff_only", _("This page is for the staff of the council."))
    return ALLOWED


def set_rules(user: Anybody) -> Verdict:
    """Change the council's rules for petitions: administrators."""
    verdict = discussion_rules.speak(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.is_administrator:
        return ADMINISTRATORS_ONLY
    return ALLOWED


def change_rules(user: Anybody, *, is_newest: bool, is_other: bool) -> Verdict:
    """Put another wording of the rules into force.

    ``is_newest``: the person has seen the one in force; ``is_other``: something is different.
    """
    verdict = set_rules(user)
    if not verdict:
        return verdict
    if not is_newest:
        return refuse(
            "petition.rules_changed",
            _("Somebody has changed the rules meanwhile: look at them before you change them."),
        )
    if not is_other:
        return refuse("petition.rules_same", _("Nothing in the rules is different."))
    return ALLOWED


def change_ground(user: Anybody, *, used: bool) -> Verdict:
    """Correct a ground's words; ``used``: somebody was refused on it already."""
    verdict = set_rules(user)
    if verdict and used:
        return refuse(
            "petition.ground_used",
            _("Petitions were refused on this ground: put it out of force and add a new one."),
        )
    return verdict


# --- Its author ---------------------------------------------------------------------------------


def begin(user: Anybody, *, drafts: int = 0) -> Verdict:
    """Begin one; ``drafts``: how many the person has begun and neither sent nor thrown away."""
    verdict = discussion_rules.speak(user)
    if not verdict:
        return verdict
    if drafts >= MOST_DRAFTS:
        return refuse(
            "petition.too_many_drafts",
            _("You have begun %(most)d petitions already: finish or discard one of them first.")
            % {"most": MOST_DRAFTS},
        )
    return ALLOWED


def change(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Change what it says: its author, while it is a draft."""
    verdict = own(user, petition)
    if not verdict:
        return verdict
    return ALLOWED if petition.state_at(now) == State.DRAFT else NOT_A_DRAFT


def discard(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Throw it away: its author, while it is a draft."""
    return change(user, petition, now=now)


def submit(
    user: Anybody,
    petition: Petition,
    *,
    procedure: Procedure,
    now: datetime,
    standing: Standing,
) -> Verdict:
    """Send it to be checked: whole, by somebody who could sign it under ``procedure``.

    The law asks for what is demanded, the author's full name and an e-mail (art. 23-1).
    """
    verdict = change(user, petition, now=now)
    verdict = verdict and whole(petition, email=getattr(user, "email", "") or "")
    return verdict and meets(standing, procedure.requirement)


def whole(petition: Petition, *, email: str) -> Verdict:
    """It says all that the law asks for; ``params["field"]`` names what is missing first."""
    if not petition.title.strip():
        return refuse("petition.title_missing", _("Say what the council should do."), field="title")
    if not petition.text.strip():
        return refuse("petition.text_missing", _("Say what exactly you ask for."), field="text")
    if len(petition.author_name.split()) < 2:
        return refuse(
            "petition.author_name_missing",
            _("Give your first and last name: the law has the author’s full name published."),
            field="author_name",
        )
    if not email:
        return refuse(
            "petition.email_missing",
            _("The law asks for the author’s e-mail: confirm one in your account first."),
        )
    return ALLOWED


def withdraw(user: Anybody, petition: Petition, *, now: datetime, reason: str) -> Verdict:
    """Take it back: its author, before it has enough signatures and while they are collected."""
    verdict = own(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in WITHDRAWABLE:
        return refuse(
            "petition.cannot_be_withdrawn",
            _("It can be taken back only before it has enough signatures."),
        )
    return ALLOWED if reason.strip() else REASON_MISSING


def post_news(
    user: Anybody, petition: Petition, *, now: datetime, title: str, text: str
) -> Verdict:
    """Tell something to whoever signed: its author, once it is published."""
    verdict = own(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in PUBLIC:
        return refuse("petition.not_public", _("News can be told once the petition is published."))
    if not title.strip() or not text.strip():
        return refuse("petition.news_empty", _("Write a title and what you want to tell."))
    return ALLOWED


# --- Moderators ---------------------------------------------------------------------------------


def check(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Decide about what was sent: a moderator who is not its author, while it waits."""
    verdict = moderate(user, petition.topic)
    if not verdict:
        return verdict
    if petition.author_id == user.pk:
        return NOT_ONES_OWN
    return ALLOWED if petition.state_at(now) == State.MODERATION else NOT_ON_MODERATION


def publish(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Publish what was sent, within two working days."""
    return check(user, petition, now=now)


def refuse_it(user: Anybody, petition: Petition, *, now: datetime, ground: Ground) -> Verdict:
    """Refuse to publish it, on a ground that is in force."""
    verdict = check(user, petition, now=now)
    if not verdict:
        return verdict
    if not ground.in_force:
        return refuse("petition.ground_not_in_force", _("This ground is not in force any more."))
    return ALLOWED


def sort(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Say who of the city answers it and what it is about: whoever reviews it, before it is
    answered."""
    verdict = review(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) in (State.DRAFT, State.REFUSED, State.WITHDRAWN, State.ANSWERED):
        return refuse("petition.finished", _("Nothing more is decided about this petition."))
    return ALLOWED


def hide_news(user: Anybody, petition: Petition, news: News) -> Verdict:
    """Hide what its author told: a moderator, with a reason."""
    verdict = moderate(user, petition.topic)
    if not verdict:
        return verdict
    if news.hidden_at:
        return refuse("petition.news_hidden_already", _("It is hidden already."))
    return ALLOWED


def restore_news(user: Anybody, petition: Petition, news: News) -> Verdict:
    """Show again what was hidden: a moderator who did not write it."""
    verdict = moderate(user, petition.topic)
    if not verdict:
        return verdict
    if news.by_id == user.pk:
        return NOT_ONES_OWN
    if not news.hidden_at:
        return refuse("petition.news_not_hidden", _("It is not hidden."))
    return ALLOWED


# --- The council --------------------------------------------------------------------------------


def _impartial(verdict: Verdict, user: Anybody, petition: Petition) -> Verdict:
    """Nobody reviews, decides or answers for the council what she asked of it herself."""
    return NOT_ONES_OWN if verdict and petition.author_id == user.pk else verdict


def start_review(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Announce that its review begins, within three working days of its having enough."""
    verdict = _impartial(review(user, petition), user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) != State.REACHED:
        return refuse(
            "petition.not_reached",
            _("A review begins when there are enough signatures, and only once."),
        )
    return ALLOWED


def put_on_agenda(
    user: Anybody, petition: Petition, *, now: datetime, session_on: date, today: date
) -> Verdict:
    """Say at which session the council considers it, or that the day is another now."""
    verdict = keep_record(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in UNDER_REVIEW:
        return NOT_UNDER_REVIEW
    if session_on < today:
        return refuse("petition.session_in_the_past", _("That day has passed already."))
    return ALLOWED


def decide(user: Anybody, petition: Petition, *, now: datetime, today: date) -> Verdict:
    """Announce whether it is supported: after the session, where its rules ask for one."""
    verdict = _impartial(keep_record(user, petition), user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in UNDER_REVIEW:
        return NOT_UNDER_REVIEW
    if not petition.procedure.plenary:
        return ALLOWED
    if petition.session_on is None:
        return refuse(
            "petition.no_session",
            _("The council considers it at a session: put it on an agenda first."),
        )
    if petition.session_on > today:
        return refuse("petition.session_ahead", _("The session has not taken place yet."))
    return ALLOWED


def answer(user: Anybody, petition: Petition, *, now: datetime, texts: Collection[str]) -> Verdict:
    """Publish the reasoned answer: to what was decided, and to what is considered as an appeal.

    ``texts``: what must not be empty – what was asked, what was decided, who answers.
    """
    verdict = _impartial(speak_for(user, petition), user, petition)
    if not verdict:
        return verdict
    state = petition.state_at(now)
    if state == State.ANSWERED:
        return refuse("petition.answered_already", _("It has been answered already."))
    if state not in DECIDED and state != State.NOT_REACHED:
        return refuse("petition.not_decided", _("First it is announced whether it is supported."))
    if not all(text.strip() for text in texts):
        return refuse(
            "petition.answer_empty", _("Say what was asked, what was decided, and who answers.")
        )
    return ALLOWED


def promise(user: Anybody, petition: Petition, *, now: datetime, text: str) -> Verdict:
    """Say what will be done of what was decided, once it is answered."""
    verdict = keep_record(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) != State.ANSWERED:
        return refuse("petition.not_answered", _("Steps are told with the answer or after it."))
    if not text.strip():
        return refuse("petition.step_empty", _("Say what is to be done."))
    return ALLOWED


def note_step(
    user: Anybody, petition: Petition, *, done_on: date | None, note: str, today: date
) -> Verdict:
    """Say what became of a promised step: that it is done, or why it is not yet."""
    verdict = keep_record(user, petition)
    if not verdict:
        return verdict
    if done_on is not None and done_on > today:
        return refuse("petition.done_in_the_future", _("That day is still to come."))
    if done_on is None and not note.strip():
        return refuse("petition.step_note_empty", _("Say what became of it."))
    return ALLOWED
