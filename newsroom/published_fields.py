"""Fields that API and open data publish of news, column by column."""

from __future__ import annotations

from core.domain.published_fields import not_published, published_fields, told
from newsroom.models import (
    Accreditation,
    Article,
    ArticleCorrection,
    ArticlePicture,
    ArticleQuestion,
    Page,
    PageVersion,
    PressAttendance,
)

_NONE = "news are in no table: the API and the feed have them"

published_fields(
    Article,
    api=told(
        "kind department title summary text title_en summary_en text_en begins_at ends_at place"
        " contact"
        " district publish_at themes streets",
        {
            "how long it stands first on the home page": "urgent_until",
            "what it is about: the page links to it": "consultations petitions polls meetings",
        },
    ),
    open_data=_NONE,
)
published_fields(
    ArticleCorrection,
    api=told("article=corrections reason former"),
    open_data=_NONE,
)
published_fields(
    ArticlePicture,
    api=told(
        "article=pictures credit alt",
        {"the API tells pictures in Ukrainian, as what they show": "alt_en"},
    ),
    open_data=_NONE,
)
not_published(*(Page, PageVersion), why="pages of the council: text for people")
not_published(ArticleQuestion, why="names stand on the article's page alone, whence they can go")
not_published(*(Accreditation, PressAttendance), why="of journalists")
