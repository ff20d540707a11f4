"""Fields of a draft's versions that evidence, report, API and open data publish, by column."""

from __future__ import annotations

from core.domain.published_fields import not_published, published_fields, told
from drafts.models import Clause, Draft, Revision, SetAside, Version

_FOLLOWS = "it follows from the clause's kind, marker and place"

published_fields(
    Version,
    evidence=told(
        "draft number",
        {
            "of the uploaded file; the digest is of its clauses": (
                "source_name source_sha256 source_format"
            )
        },
    ),
    report=told(
        "number",
        {
            "one draft a consultation": "draft",
            "of the uploaded file": "source_name source_sha256 source_format",
        },
    ),
    api=told(
        "number",
        {
            "one draft a consultation": "draft",
            "of the uploaded file": "source_name source_sha256 source_format",
        },
    ),
    open_data="the API tells the text of each version",
)
published_fields(
    Clause,
    evidence=told(
        "version position kind marker label text",
        {_FOLLOWS: "parent depth number role", "made of the text": "html"},
    ),
    report=told(
        "label text=printed version",
        {
            "the report names clauses by their labels": (
                "parent position depth kind number marker role"
            ),
            "made of the text": "html",
        },
    ),
    api=told(
        "version parent depth kind number marker label text",
        {
            "the order of the list": "position",
            "the page draws by it": "role",
            "made of the text": "html",
        },
    ),
    open_data=told(
        "label=clause_label",
        {
            "the API tells the text of each version": (
                "version parent position depth kind number marker role text"
            ),
            "made of the text": "html",
        },
    ),
)
not_published(Draft, why="it holds versions together; its consultation has the title")
not_published(SetAside, why="lines of an uploaded file that are no part of its text")
not_published(Revision, why="tracked changes of an uploaded file: the page shows them")
