"""Fields that API and open data publish of a published answer, column by column.

One's own appeals, which the API tells their applicant, are no document for everybody.
"""

from __future__ import annotations

from appeals.models import (
    Answer,
    Appeal,
    AppealsExport,
    Attachment,
    Category,
    CopyFee,
    Entry,
    Executor,
    FiguresEdition,
    OutgoingLetter,
    OutgoingYear,
    Reading,
    Refusal,
    RegisterDay,
    SavedAnswer,
    SystemRegistration,
)
from core.domain.published_fields import not_published, published_fields, told

_LETTER = "the letter to who asked"
_ASKED = "of who asked"
_CASE = "the course of the case"

published_fields(
    Appeal,
    api=told(
        "theme district",
        {
            _ASKED: (
                "organisation_name organisation_code name residence email phone is_collective"
                " people street house privileged about_person"
            ),
            "the published answer has a subject and a question of its own": "kind subject text",
            _CASE: "category about_department",
        },
    ),
    open_data=told(
        "theme district",
        {
            _ASKED: (
                "organisation_name organisation_code name residence email phone is_collective"
                " people street house privileged about_person"
            ),
            "the published answer has a subject and a question of its own": "kind subject text",
            _CASE: "category about_department",
        },
    ),
)
published_fields(
    Answer,
    api=told(
        "public_subject=subject public_question=question public_text=text",
        {_LETTER: "appeal text result by at signed_as how"},
    ),
    open_data=told(
        "public_subject=subject public_question=question public_text=text",
        {_LETTER: "appeal text result by at signed_as how"},
    ),
)
not_published(*(Category, FiguresEdition), why="figures have a page and a file of their own")
not_published(
    *(Attachment, CopyFee, Entry, Executor, OutgoingLetter, OutgoingYear, Reading, Refusal),
    why="of one case: for its applicant and the officers",
)
not_published(
    *(AppealsExport, RegisterDay, SavedAnswer, SystemRegistration), why="work of the desk"
)
