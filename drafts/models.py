"""Models of drafts: a text under discussion, its versions, and each version's tree of clauses.

A clause's printed text is its `marker` followed by its `text`. A remark's selector addresses
`text` alone, so a clause that only gets another number keeps its remarks' anchors.
"""

from drafts.clauses.models import Clause, ClauseQuerySet
from drafts.versions.models import (
    Draft,
    DraftQuerySet,
    Revision,
    RevisionQuerySet,
    SetAside,
    SetAsideQuerySet,
    Version,
    VersionQuerySet,
)

__all__ = [
    "Clause",
    "ClauseQuerySet",
    "Draft",
    "DraftQuerySet",
    "Revision",
    "RevisionQuerySet",
    "SetAside",
    "SetAsideQuerySet",
    "Version",
    "VersionQuerySet",
]
