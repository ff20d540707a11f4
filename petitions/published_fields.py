"""Fields that API and open data publish of a petition, column by column."""

from __future__ import annotations

from core.domain.published_fields import not_published, published_fields, told
from petitions.models import (
    Answer,
    Day,
    DayTotal,
    Entry,
    Ground,
    Guard,
    Hour,
    News,
    Objection,
    Pending,
    Petition,
    PetitionPhoto,
    Procedure,
    Removal,
    Signature,
    Step,
    Total,
)

_OFFICER = "an officer: the entries of the audit log name who did it"
_OWN = "the author's own"
_API = "the API tells it of each petition"

published_fields(
    Petition,
    api=told(
        "procedure district department title text reasons author_name=author_shown themes streets",
        {_OWN: "author_address author_phone"},
    ),
    open_data=told(
        "procedure district department title text reasons themes",
        {
            _OWN: "author_address author_phone",
            "people are in no table but that of signatures": "author_name",
            _API: "streets",
        },
    ),
)
published_fields(
    Procedure,
    api=told(
        "legal_basis threshold signers min_age plenary names_may_be_withheld",
        {
            "its terms stand in the dates of each petition": (
                "collection collection_unit publish_within notice_within review_within"
                " answer_within"
            )
        },
    ),
    open_data=told(
        "threshold",
        {
            _API: "legal_basis signers min_age plenary names_may_be_withheld",
            "its terms stand in the dates of each petition": (
                "collection collection_unit publish_within notice_within review_within"
                " answer_within"
            ),
        },
    ),
)
published_fields(
    Answer,
    api=told("petition asked decided signed_as at", {_OFFICER: "by"}),
    open_data=told(
        "petition decided",
        {_OFFICER: "by", _API: "asked signed_as", "the petition's answered_at": "at"},
    ),
)
published_fields(
    Step,
    api=told(
        "petition text due_on done_on note",
        {_OFFICER: "by", "when it was entered is told nobody": "at"},
    ),
    open_data=_API,
)
published_fields(
    News,
    api=told("petition title text at", {"its author's name is the petition's": "by"}),
    open_data=_API,
)
published_fields(PetitionPhoto, api=told("petition alt"), open_data=_API)
published_fields(
    Signature,
    api=told(
        "petition name name_withheld status at wants_news",
        {"whose it is": "user email"},
    ),
    open_data=told(
        "petition status at",
        {"who signed is in no table": "user email name name_withheld", "their own": "wants_news"},
    ),
)
published_fields(
    Total,
    api=told("petition counted checking removed withdrawn at", {"the order of a list": "week"}),
    open_data=told(
        "petition counted checking removed withdrawn at", {"the order of a list": "week"}
    ),
)
published_fields(
    DayTotal, api=told("petition day counted"), open_data="the rows of signatures have their hour"
)
published_fields(
    Entry,
    api=told("number at body previous hash"),
    open_data="the ledger is a file of its own",
)
not_published(*(Day, Hour), why="they close the ledger: its page and file have them")
not_published(Ground, why="of refusals: the page of a refused petition is its author's")
not_published(*(Pending, Guard), why="work of the defence against floods")
not_published(*(Removal, Objection), why="of one signature: the ledger tells rule and reason")
