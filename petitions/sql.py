"""Names in raw SQL: tables of models, and the numbers of a signature's statuses.

    _COUNT = sql("SELECT count(*) FROM {Signature} WHERE status = {COUNTED}")

A statement is completed once, when its module is loaded, so that PostgreSQL prepares it by its
text. Nothing that anybody has typed is written into it: values are parameters. A name that is not
among ``NAMES`` is a KeyError at import.
"""

from __future__ import annotations

from discussions.models import Comment
from petitions.models import DayTotal, Petition, Signature, Total

_MODELS = (Comment, DayTotal, Petition, Signature, Total)

#: What a statement may name: ``Signature`` its table, ``COUNTED`` the number of that status.
NAMES: dict[str, str] = {
    **{model.__name__: f'"{model._meta.db_table}"' for model in _MODELS},
    **{status.name: str(status.value) for status in Signature.Status},
}


def sql(statement: str) -> str:
    """The statement with ``{names}`` of NAMES in place; other braces must be doubled."""
    return statement.format_map(NAMES)
