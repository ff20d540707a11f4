"""Fields that evidence, report, API and open data publish of what was said, column by column."""

from __future__ import annotations

from core.domain.published_fields import not_published, published_fields, told
from discussions.models import Comment, Correction, Edit, Flag, Reaction, SpeechSalt, Thread

published_fields(
    Comment,
    evidence=told("thread author author_name parent text proposal interest created_at"),
    report=told(
        "author author_name parent text proposal interest created_at",
        {"one thread a consultation": "thread"},
    ),
    api=told(
        "author author_name text proposal interest created_at",
        {
            "the API has remarks, and the council's replies within them": "parent",
            "one thread a consultation": "thread",
        },
    ),
    open_data=told(
        "author_name text proposal created_at",
        {
            "an account is named by a declared name or not at all": "author",
            "the API and the page tell it": "interest",
            "one row a remark": "parent thread",
        },
    ),
)
not_published(Thread, why="it holds comments together")
not_published(
    *(Edit, Correction), why="former words: the page shows them, the record keeps their digests"
)
not_published(*(Reaction, Flag), why="of one person: documents tell sums")
not_published(SpeechSalt, why="a secret")
