"""Fields that API and open data publish of a poll, column by column."""

from __future__ import annotations

from core.domain.published_fields import not_published, published_fields, told
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

_HOW = "how it is held: the page and the API tell it"
_DAYS = "the last day: the poll's own dates say it"

published_fields(
    Poll,
    api=told(
        "title summary department secrecy ballot_kind voters min_age district results_while_open"
        " random_order tie_rule opens_at closes_at",
        {
            "the keepers of the keys are told": "keeping",
            "the results are told by what there are": "splits",
        },
    ),
    open_data=told(
        "title summary department secrecy voters min_age district tie_rule opens_at closes_at",
        {_HOW: "ballot_kind keeping results_while_open splits random_order"},
    ),
)
published_fields(
    Extension,
    api=told(
        "poll at old_closes_at new_closes_at reason",
        {"an officer: the entries of the audit log name who did it": "by"},
    ),
    open_data=_DAYS,
)
published_fields(
    Question,
    api=told(
        "poll text details kind method least most budget in_hryvnias none_of_these is_required",
        {"the order of the list": "place"},
    ),
    open_data=told(
        "poll text kind method none_of_these",
        {
            "the API tells how it is answered": "details least most budget in_hryvnias is_required",
            "the order of the rows": "place",
        },
    ),
)
published_fields(
    Option,
    api=told(
        "question text details cost district street",
        {"the order of the list": "place", "the page shows it": "picture"},
    ),
    open_data=told(
        "question text",
        {
            "the API tells what an option is": "details picture cost district street",
            "the order of the rows": "place",
        },
    ),
)
published_fields(
    Result,
    api=told(
        "poll counted codes_hash",
        {
            "the results are the poll's: published_at": "at",
            "an officer: the entries of the audit log name who did it": "by",
            "how many live where, for the shares of each district": "city",
        },
    ),
    open_data=told(
        "poll counted codes_hash",
        {
            "the results are the poll's: published_at": "at",
            "an officer: the entries of the audit log name who did it": "by",
            "how many live where, for the shares of each district": "city",
        },
    ),
)
published_fields(
    OpenBallot,
    api=told(
        "choices voter_record changed_at",
        {"of one's own: which poll and when is asked for": "poll at"},
    ),
    open_data=told(
        "poll choices",
        {"nobody who voted is told, nor when": "voter_record at changed_at"},
    ),
)
published_fields(
    PaperBallot,
    api="the results count it with the others",
    open_data=told(
        "poll choices",
        {
            "who counted, and when, is told nobody": (
                "number entered_by entered_at confirmed_by confirmed_at"
            )
        },
    ),
)
published_fields(
    ReceiptCode,
    api=told("poll code", {"by chance: codes are listed by themselves": "place"}),
    open_data="the API and the page list the codes; the table has their fingerprint",
)
published_fields(
    Keeper,
    api=told(
        "poll",
        {
            "of a key there is its fingerprint alone": "place name made_by made_at proved_at",
        },
    ),
    open_data="the API tells the fingerprints",
)
not_published(OpenedBallot, why="who counts anew reads them from the page's file")
not_published(*(Invitation, VoterRecord, SecretVoterRecord), why="who may vote and who did")
not_published(Text, why="a reader decides which are published, and the page shows those")
