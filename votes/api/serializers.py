"""Serializers of the API of polls: every field by name, both ways.

Of a secret poll it says no more than the pages: until its boxes are opened its turnout in steps of
twenty, afterwards its numbers and the codes that count. Who voted is told nobody.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from city.council.serializers import NamedOut
from core.api.input import (
    Input,
    PageQuery,
    Query,
    Slug,
    Whole,
)
from core.api.views import page_schema
from votes import methods, pages
from votes.models import (
    Extension,
    OpenBallot,
    Option,
    Poll,
    Question,
    ReceiptCode,
    State,
)
from votes.pages import LISTS
from votes.presenters import PollRow

#: Where an announced one may stand.
STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]

# --- What is asked for ----------------------------------------------------------------------------


class PollsQuery(PageQuery):
    list = serializers.ChoiceField(
        [(name, name) for name in LISTS],
        default="all",
        help_text=_("`open` can be voted in now, `results` have published results."),
    )
    department = Slug(help_text=_("A department’s `slug`."))
    district = Slug(help_text=_("A district’s `slug`."))
    voters = serializers.ChoiceField(
        Poll.Voters.choices, required=False, help_text=_("Who may vote.")
    )
    secrecy = serializers.ChoiceField(
        Poll.Secrecy.choices, required=False, help_text=_("Open or secret.")
    )


class BallotQuery(Query):
    organisation = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("The `id` of the organisation in whose name the ballot was cast."),
    )


# --- What is said ---------------------------------------------------------------------------------


class PollOut(serializers.Serializer[PollRow]):
    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    title = serializers.CharField()
    state = serializers.SerializerMethodField()
    is_open = serializers.SerializerMethodField(help_text=_("Whether one can vote now."))
    secrecy = serializers.ChoiceField(Poll.Secrecy.choices)
    voters = serializers.ChoiceField(Poll.Voters.choices)
    min_age = serializers.SerializerMethodField(
        help_text=_("Confirmed, where the voters are; null: it is not asked.")
    )
    district = NamedOut(allow_null=True, help_text=_("Whose residents vote, or null."))
    department = NamedOut(help_text=_("Who asks."))
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(help_text=_("The first moment that is too late to vote."))
    published_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When the results were published.")
    )
    cancelled_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, poll: Poll) -> str:
        return f"{settings.SITE_URL}{poll.get_absolute_url()}"

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, poll: PollRow) -> str:
        return str(poll.state_at(poll.now))

    def get_is_open(self, poll: PollRow) -> bool:
        return poll.state_at(poll.now) == State.OPEN

    def get_min_age(self, poll: Poll) -> int | None:
        return poll.requirement.age_over


class OptionOut(serializers.Serializer[Option]):
    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    details = serializers.CharField()
    cost = serializers.IntegerField(allow_null=True, help_text=_("In hryvnias."))
    district = NamedOut(allow_null=True, help_text=_("The district in which it is, or null."))
    street = NamedOut(allow_null=True, help_text=_("The street or square in which it is, or null."))


class QuestionOut(serializers.Serializer[Question]):
    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    details = serializers.CharField()
    kind = serializers.ChoiceField(Question.Kind.choices)
    method = serializers.ChoiceField(
        Question.Method.choices, allow_blank=True, help_text=_("How an order is counted.")
    )
    how = serializers.SerializerMethodField(
        help_text=_("How it is answered and counted, in a sentence.")
    )
    least = serializers.IntegerField(help_text=_("Options to choose at least."))
    most = serializers.IntegerField(allow_null=True, help_text=_("Options to choose at most."))
    budget = serializers.IntegerField(allow_null=True, help_text=_("Points to share out."))
    in_hryvnias = serializers.BooleanField(help_text=_("Whether the points are hryvnias."))
    none_of_these = serializers.BooleanField(help_text=_("Whether `none` may be answered."))
    is_required = serializers.BooleanField()
    options = OptionOut(many=True, help_text=_("In the order of the list."))

    def get_how(self, question: Question) -> str:
        return methods.sentence(question)


class ExtensionOut(serializers.Serializer[Extension]):
    at = serializers.DateTimeField()
    old_closes_at = serializers.DateTimeField()
    new_closes_at = serializers.DateTimeField()
    reason = serializers.CharField()


class PollDetailOut(PollOut):
    summary = serializers.CharField()
    results_while_open = serializers.BooleanField()
    random_order = serializers.BooleanField(
        help_text=_("Whether the page mixes the options, so that none is always the first.")
    )
    tie_rule = serializers.ChoiceField(
        Poll.TieRule.choices, help_text=_("What happens to options that tie.")
    )
    lot = serializers.CharField(help_text=_("The number from which lots are drawn, or empty."))
    electorate = serializers.IntegerField(
        allow_null=True, help_text=_("How many may vote, where it is known.")
    )
    turnout = serializers.SerializerMethodField(
        help_text=_(
            "How many have voted; of a secret poll until its ballots are opened in steps of twenty."
        )
    )
    ballot_kind = serializers.SerializerMethodField(
        help_text=_(
            "Of a secret poll: `once`, with a receipt, or `changeable`, without one; else empty."
        )
    )
    keepers = serializers.SerializerMethodField(
        help_text=_("Of a secret poll: the fingerprints of the keys that open its ballots.")
    )
    cancelled_reason = serializers.CharField()
    extensions = ExtensionOut(many=True)
    questions = QuestionOut(many=True)

    def get_turnout(self, poll: Poll) -> int:
        return pages.turnout(poll)

    def get_ballot_kind(self, poll: Poll) -> str:
        return poll.ballot_kind if poll.is_secret else ""

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_keepers(self, poll: Poll) -> list[str]:
        return [keeper.fingerprint for keeper in poll.keepers.all()] if poll.is_secret else []


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string"}]})
class ChosenField(serializers.Field[int | str, int | str, int | str, Any]):
    """An option's id, or a word: yes, no, abstain."""

    def to_representation(self, value: int | str) -> int | str:
        return value


class OptionCountOut(serializers.Serializer[dict[str, Any]]):
    option = ChosenField(help_text=_("An option’s `id`; of yes or no the word."))
    votes = serializers.IntegerField(
        help_text=_("Ballots that chose it; of an order, as the first.")
    )
    points = serializers.IntegerField(allow_null=True, help_text=_("The sum of scores or points."))
    spread = serializers.ListField(
        child=serializers.IntegerField(), help_text=_("Of scores: how many gave 0, 1, … 5.")
    )
    place = serializers.IntegerField(help_text=_("From 1; equals may share one."))
    by_tie_rule = serializers.BooleanField(
        help_text=_("Whether the rule for ties alone decided the place.")
    )


class LeftOut(serializers.Serializer[dict[str, Any]]):
    option = serializers.IntegerField()
    ballots = serializers.IntegerField()


class MovedOut(serializers.Serializer[dict[str, Any]]):
    start = serializers.IntegerField()
    end = serializers.IntegerField(allow_null=True, help_text=_("null: for nobody any more."))
    ballots = serializers.IntegerField()


class RoundOut(serializers.Serializer[dict[str, Any]]):
    counts = LeftOut(many=True)
    exhausted = serializers.IntegerField(
        help_text=_("Ballots that name nobody who is left in the count.")
    )
    eliminated = serializers.ListField(child=serializers.IntegerField())
    by_tie_rule = serializers.BooleanField()
    transfers = MovedOut(many=True)

    def to_representation(self, each: dict[str, Any]) -> dict[str, Any]:
        return super().to_representation(
            each
            | {
                "counts": [{"option": o, "ballots": n} for o, n in each["counts"]],
                "transfers": [
                    {"start": s, "end": e, "ballots": n} for s, e, n in each["transfers"]
                ],
            }
        )


class OutcomeOut(serializers.Serializer[dict[str, Any]]):
    question = serializers.IntegerField()
    answers = serializers.IntegerField(help_text=_("Ballots that answered it."))
    none = serializers.IntegerField(help_text=_("Of them: none of these."))
    winners = serializers.ListField(
        child=ChosenField(), help_text=_("More than one where they share the first place.")
    )
    options = OptionCountOut(many=True)
    rounds = RoundOut(many=True, help_text=_("Of a run-off."))
    pairs = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()),
        help_text=_("Of Schulze’s method: how many put the option of the line before the other."),
    )


class MomentOut(serializers.Serializer[dict[str, Any]]):
    moment = serializers.DateTimeField(help_text=_("When the minute, hour or day begins."))
    ballots = serializers.IntegerField(help_text=_("Cast in it first."))


class OverTimeOut(serializers.Serializer[dict[str, Any]]):
    step = serializers.ChoiceField(choices=["minute", "hour", "day"])
    rows = MomentOut(many=True)

    def to_representation(self, told: dict[str, Any]) -> dict[str, Any]:
        rows = [{"moment": moment, "ballots": number} for moment, number in told["rows"]]
        return {"step": told["step"], "rows": rows}


class GroupOut(serializers.Serializer[dict[str, Any]]):
    groups = serializers.ListField(
        child=serializers.CharField(), help_text=_("More than one stand together.")
    )
    ballots = serializers.IntegerField(help_text=_("Five at least."))


class TurnoutOut(GroupOut):
    population = serializers.IntegerField(allow_null=True)


class CellsOut(GroupOut):
    cells = serializers.ListField(child=serializers.IntegerField())


class SplitOut(serializers.Serializer[dict[str, Any]]):
    question = serializers.IntegerField()
    columns = serializers.ListField(
        child=ChosenField(), help_text=_("Options, or none, unanswered, other.")
    )
    other = serializers.ListField(
        child=ChosenField(), help_text=_("What stands together in the column “other”.")
    )
    rows = CellsOut(many=True)


class KindOfGroupsOut(serializers.Serializer[dict[str, Any]]):
    kind = serializers.ChoiceField(choices=["district", "age", "voter"])
    turnout = TurnoutOut(many=True)
    questions = SplitOut(many=True)


class ResultsOut(serializers.Serializer[dict[str, Any]]):
    is_final = serializers.BooleanField(help_text=_("false: it is open and still counted."))
    electorate = serializers.IntegerField(allow_null=True)
    ballots = serializers.IntegerField()
    paper = serializers.IntegerField(help_text=_("Of them on paper, typed by two."))
    codes_hash = serializers.CharField(
        help_text=_("SHA-256 of the file of codes of a secret poll, or empty.")
    )
    codes_url = serializers.URLField(allow_null=True, help_text=_("That file."))
    questions = OutcomeOut(many=True)
    over_time = OverTimeOut(
        allow_null=True, help_text=_("Turnout over time; of a secret poll nobody knows it.")
    )
    groups = KindOfGroupsOut(
        many=True,
        help_text=_("Once published: turnout and answers by groups, none of fewer than five."),
    )


class CodeOut(serializers.Serializer[ReceiptCode]):
    code = serializers.SerializerMethodField(help_text=_("32 hexadecimal digits."))

    def get_code(self, ballot: ReceiptCode) -> str:
        return ballot.code.hex


class BallotOut(serializers.Serializer[OpenBallot]):
    choices = serializers.DictField(child=serializers.JSONField())
    at = serializers.DateTimeField(help_text=_("When it was cast first."))
    changed_at = serializers.DateTimeField(allow_null=True)


class SecretFormOut(serializers.Serializer[dict[str, Any]]):
    form = serializers.CharField(help_text=_("Signed; to be sent back with the choices."))


class ReceiptOut(serializers.Serializer[dict[str, Any]]):
    code = serializers.CharField(
        allow_null=True,
        help_text=_("Keep it: once the results are published it is in the list of codes."),
    )


PollPage = page_schema("PollPage", PollOut)
CodePage = page_schema("CodePage", CodeOut)

# --- What is posted -------------------------------------------------------------------------------


class BallotIn(Input):
    choices = serializers.DictField(
        child=serializers.JSONField(allow_null=True),
        help_text=_(
            "A question’s `id` → its answer. `single`: an option’s `id`; `multiple`, `approval`: "
            "a list of them; `ranked`: a list, the best first; `yes_no`: `yes`, `no` or "
            "`abstain`; `score`, `points`: an option’s `id` → a number; `text`: a text. `none`, "
            "where it is offered."
        ),
    )
    organisation = Whole(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("The `id` of the organisation in whose name one votes."),
    )


class SecretBallotIn(BallotIn):
    form = serializers.CharField(
        max_length=1000,
        help_text=_(
            "What was got by GET for this ballot. Sent again with the same one, the ballot is the "
            "same and so is the receipt: other choices with it are not cast."
        ),
    )


#: What the documents say of some schemas, by name.
DESCRIPTIONS = {
    "PollOut": _("A poll in a list."),
    "PollDetailOut": _("All about a poll but its results."),
    "QuestionOut": _("What is asked, and how it is answered and counted."),
    "ResultsOut": _("What was counted."),
    "OutcomeOut": _("The count of one question."),
    "RoundOut": _("One round of a run-off."),
    "CodeOut": _("A code of a ballot that was counted. What it says, nobody can tell from it."),
    "BallotOut": _("One’s own ballot in an open poll."),
    "SecretFormOut": _("What a secret ballot is cast with."),
    "ReceiptOut": _("The receipt of a secret ballot. It is told this once."),
    "BallotIn": _("A ballot of an open poll."),
    "SecretBallotIn": _("A ballot of a secret poll."),
}
