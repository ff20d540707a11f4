"""Register of the personal data in polls."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    Row,
    Words,
    impersonal,
    register,
    register_retention,
    staff_references,
)
from accounts.models import User
from core.domain.email_addresses import to_comparable
from core.domain.retention import keep
from votes.models import (
    Extension,
    Invitation,
    Keeper,
    OpenBallot,
    OpenedBallot,
    Option,
    PaperBallot,
    Poll,
    Question,
    ReceiptCode,
    Result,
    SecretVoterRecord,
    Text,
    VoterRecord,
)
from votes.pages import describe_ballot
from votes.presenters import ShownQuestion

RECORD = _("Counts of a poll do not change when somebody leaves; no name stays")


def _in_words(row: Row) -> Row:
    """Words of a ballot, by questions and options as they read: «Що збудувати? Парк»."""
    asked = Question.objects.filter(pk__in=row["choices"]).order_by("place")
    questions = [ShownQuestion(question, list(question.options.all())) for question in asked]
    said = describe_ballot(questions, row["choices"])
    return row | {
        "choices": "; ".join(f"{each.question.text} {', '.join(each.lines)}" for each in said)
    }


def _shown_or_not(state: str) -> Words:
    return Text.State(state).label


def _invitations_of(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(email=to_comparable(user.email or "-"))


register(
    PersonalData(
        model=Invitation,
        purpose=Purpose.PARTICIPATION,
        title=_("Polls to which you are invited"),
        find=_invitations_of,
        whose=(),
        shown={"poll__title": _("poll"), "name": _("name"), "at": _("when")},
        on_erasure=OnErasure.EMPTIED,
        emptied={"name": "", "name_key": "", "email": "", "code": None},
        kept_because=RECORD,
        period="poll_lists",
        after_end=True,
    ),
    PersonalData(
        model=VoterRecord,
        purpose=Purpose.PARTICIPATION,
        title=_("Polls in which you may vote, and whether you have"),
        shown={"poll__title": _("poll"), "used": _("voted")},
        on_erasure=OnErasure.KEPT,
        counts=True,
        kept_because=RECORD,
    ),
    PersonalData(
        model=SecretVoterRecord,
        purpose=Purpose.PARTICIPATION,
        title=_("Secret polls in which you may vote, and whether you have"),
        shown={"poll__title": _("poll"), "used": _("voted")},
        on_erasure=OnErasure.KEPT,
        counts=True,
        kept_because=RECORD,
        numbered=False,
    ),
    PersonalData(
        model=OpenBallot,
        purpose=Purpose.PARTICIPATION,
        title=_("Your votes in open polls"),
        whose=("voter_record__user",),
        shown={"poll__title": _("poll"), "choices": _("choices"), "at": _("when")},
        change=_in_words,
        on_erasure=OnErasure.KEPT,
        counts=True,
        kept_because=RECORD,
    ),
    PersonalData(
        model=Text,
        purpose=Purpose.PARTICIPATION,
        title=_("Your answers in words in open polls"),
        whose=("ballot__voter_record__user",),
        shown={
            "question__text": _("question"),
            "text": _("answer"),
            "state": _("whether others read it"),
            "at": _("when"),
        },
        said={"state": _shown_or_not},
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
    ),
)
staff_references(Text, "decided_by")
register_retention(
    Retention(
        model=Invitation,
        period="poll_lists",
        stale=lambda before: Q(poll__closes_at__lt=before) & ~Q(name=""),
        emptied={"name": "", "name_key": "", "email": "", "code": None},
    )
)
staff_references(Poll, "made_by")
staff_references(Extension, "by")
staff_references(PaperBallot, "entered_by", "confirmed_by")
staff_references(Result, "by")
impersonal(Question, Option, why="what is asked")
staff_references(Keeper, "made_by")
impersonal(OpenedBallot, ReceiptCode, why="nobody can tell whose a secret ballot is")


# Names and addresses on the list of a poll, once it has closed.
keep("poll_lists", days=365)
