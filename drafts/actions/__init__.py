"""Actions on drafts."""

from drafts.actions.clauses import (
    join,
    join_all,
    move_all,
    renumber,
    retype_all,
    reword,
    split,
    undo,
)
from drafts.actions.versions import (
    discard,
    import_draft,
    import_version,
    publish,
    suggest_title,
)

__all__ = [
    "discard",
    "import_draft",
    "import_version",
    "join",
    "join_all",
    "move_all",
    "publish",
    "renumber",
    "retype_all",
    "reword",
    "split",
    "suggest_title",
    "undo",
]
