"""The form by which an officer confirms or corrects the matching of clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.web.optimistic_lock import OptimisticLockForm
from drafts.matching.pairs import Pair
from drafts.models import Clause, Version

#: What a select says for a clause that continues no other.
NEW = "new"
_FREE = 20  # clauses that nothing continues, offered everywhere


class MatchingForm(OptimisticLockForm):
    """For each clause shown: which clause of the version before it continues."""

    def __init__(
        self,
        *args: Any,
        pairs: Sequence[Pair],
        gone: Sequence[Clause],
        version: Version,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        self.version = version
        for pair in pairs:
            self.fields[_name(pair.new)] = forms.ChoiceField(
                label=_("Continues"),
                choices=_choices(pair, gone),
                initial=str(pair.old.key) if pair.old else NEW,
            )

    def rows(self) -> list[tuple[Pair, forms.BoundField]]:
        """Each pair with its field."""
        return [(pair, self[_name(pair.new)]) for pair in self.pairs]

    def choices(self) -> dict[int, UUID | None]:
        """The officer's choices, for drafts' rematch."""
        chosen = {pair.new.pk: self.cleaned_data[_name(pair.new)] for pair in self.pairs}
        return {pk: None if key == NEW else UUID(key) for pk, key in chosen.items()}

    def current_values(self, row: Version) -> dict[str, Any]:
        keys = row.clauses.in_order().values_list("pk", "key", "text")
        return {"_keys": [f"{pk}|{key}|{text}" for pk, key, text in keys]}

    def seen_values(self) -> dict[str, Any]:
        return self.current_values(self.version)


def _name(clause: Clause) -> str:
    return f"continues_{clause.pk}"


def _choices(pair: Pair, gone: Sequence[Clause]) -> list[tuple[str, str]]:
    offered = [pair.old] if pair.old else []
    offered += [*pair.others, *gone[:_FREE]]
    distinct = {clause.key: clause for clause in offered}
    named = [(str(key), _words_of(clause)) for key, clause in distinct.items()]
    return [*named, (NEW, pgettext("a clause", "nothing: it is new"))]


def _words_of(clause: Clause) -> str:
    return f"{clause}: {Truncator(clause.text).chars(70)}"
