"""Parameters of the table's pages: owner of rows, filter, and selection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from consultations.desk.queries import frame
from consultations.dispositions import queries, rules
from consultations.dispositions.forms import clause_names
from consultations.models import Consultation, Remark
from consultations.presenters import ShownConsultation
from consultations.queries import for_page
from consultations.querysets import RemarkQuerySet
from consultations.register.queries import search_remarks
from core.domain.rules import require
from core.domain.typography import group_thousands
from core.web.forms import FilterForm, offer_choices
from drafts.versions.published import Text

#: At most so many rows are changed by one press of a button.
MOST_AT_ONCE = 5000
#: So many ticked rows an address may name.
_MOST_TICKED = 200
REMOVED = "removed"
_STATES = {
    "": gettext_lazy("All"),
    "empty": gettext_lazy("Empty"),
    "unexplained": gettext_lazy("Reason missing"),
    "decided": gettext_lazy("Decided, not approved"),
    "approved": gettext_lazy("Approved"),
    "unchecked": gettext_lazy("Hidden, reason to be checked"),
}
#: Choices of the filter before and behind the clauses.
_WHOLE = [("", gettext_lazy("the whole draft and all clauses"))]
_GONE = [(REMOVED, gettext_lazy("no longer in the text"))]


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A consultation's table as a person may see it: all of it, or what they were given."""

    shown: ShownConsultation
    rows: RemarkQuerySet
    keeps_record: bool
    text: Text | None

    @property
    def consultation(self) -> Consultation:
        return self.shown.consultation


def load_table(request: HttpRequest, pk: int) -> LoadedTable:
    """The table, for its officers and secretaries and for whom rows were given to; else 404 or
    rules.use_table's no. Three queries at most."""
    user = request.user
    if not user.is_authenticated:
        raise Http404
    row = for_page(Consultation.objects.visible_to(user)).filter(pk=pk).first()
    if row is None:
        raise Http404
    shown = ShownConsultation.of(row)
    rows = queries.rows_of(shown.consultation)
    keeps_record = bool(rules.use_table(user, shown.consultation))
    if not keeps_record:
        rows = rows.filter(queries.assigned_to(user))
        is_assigned = bool(user.grants_in_force) and rows.exists()
        require(rules.use_table(user, shown.consultation, is_assigned=is_assigned))
    return LoadedTable(shown, rows, keeps_record, queries.newest_text(shown.consultation))


def frame_of(table: LoadedTable) -> dict[str, Any]:
    """Context of the consultation on each page of the table: assignees of rows get no links to its
    other pages, which would answer them 403.
    """
    context = frame(table.shown, "table")
    return context if table.keeps_record else {**context, "tabs": []}


class TableFilter(FilterForm):
    """Which rows: by state, by who has them, by clause, source, kind and words."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=list(_STATES.items()), required=False
    )
    whose = forms.ChoiceField(label=gettext_lazy("Given to"), required=False)
    clause = forms.ChoiceField(label=gettext_lazy("Clause"), required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("Received"),
        choices=[("", gettext_lazy("by any way")), *Remark.Source.choices],
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("all kinds")), *Remark.Kind.choices],
        required=False,
    )
    q = forms.CharField(label=gettext_lazy("Words or number"), required=False, max_length=200)

    def __init__(self, query: QueryDict, table: LoadedTable) -> None:
        super().__init__(query.dict())
        text = table.text
        self._names = clause_names(text.version_id) if text else {}
        clauses = [(str(key), name) for key, name in self._names.items()]
        offer_choices(self, "clause", [*_WHOLE, *clauses, *_GONE])
        departments = queries.departments_given(table.consultation)
        offer_choices(
            self,
            "whose",
            [
                ("", _("anybody")),
                ("mine", _("me")),
                ("nobody", _("nobody")),
                *((str(pk), name) for pk, name in departments),
            ],
        )
        self._text = text
        self.full_clean()

    def chosen(self, name: str) -> str:
        """A choice that makes no sense is as good as none."""
        return str(self.cleaned_data.get(name) or "")

    def offer_numbers(self, rows: RemarkQuerySet, user: User) -> None:
        """Offer the clauses that have rows among what else is chosen, each with their number, and
        the chosen one: one query."""
        numbers = queries.counts_by_clause(self.apply(rows, user, with_clause=False))
        offered = []
        for key, name in self._names.items():
            if number := numbers.get(key, 0):
                offered.append((str(key), f"{name} ({group_thousands(number)})"))
            elif str(key) == self.chosen("clause"):
                offered.append((str(key), f"{name} (0)"))
        offer_choices(self, "clause", [*_WHOLE, *offered, *_GONE])

    def apply(
        self, rows: RemarkQuerySet, user: User, *, with_state: bool = True, with_clause: bool = True
    ) -> RemarkQuerySet:
        """The rows that the filter lets through; ``with_state``, ``with_clause``: also by these."""
        if with_state and (state := self.chosen("state")):
            rows = rows.filter(queries.STATES[state])
        if whose := self.chosen("whose"):
            rows = _of(rows, whose, user)
        if with_clause and (clause := self.chosen("clause")):
            rows = self._about(rows, clause)
        if source := self.chosen("source"):
            rows = rows.filter(source=source)
        if kind := self.chosen("kind"):
            rows = rows.filter(kind=kind)
        if words := self.chosen("q"):
            rows = search_remarks(rows, words)
        return rows

    def _about(self, rows: RemarkQuerySet, clause: str) -> RemarkQuerySet:
        if clause == REMOVED:
            return queries.about_removed_clauses(rows, self._text)
        return rows.at_clause(UUID(clause))


def _of(rows: RemarkQuerySet, whose: str, user: User) -> RemarkQuerySet:
    if whose == "mine":
        return rows.filter(queries.assigned_to(user))
    if whose == "nobody":
        return rows.filter(assignment=None)
    return rows.filter(assignment__department=int(whose))


def state_tabs(query: QueryDict, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The states with their counts, for components/tabs."""
    tabs = []
    for state, label in _STATES.items():
        asked = query.copy()
        asked.pop("after", None)
        asked.pop("done", None)
        asked["state"] = state
        tabs.append(
            {
                "label": str(label),
                "url": f"?{asked.urlencode()}",
                "current": state == chosen,
                "count": counts[state or "all"],
            }
        )
    return tabs


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows chosen for one decision: the ticked ones, or all that the filter lets through."""

    rows: RemarkQuerySet
    is_all: bool

    @classmethod
    def of(cls, query: QueryDict, table: LoadedTable, user: User) -> Selection:
        if query.get("of") == "all":
            return Selection(TableFilter(query, table).apply(table.rows, user), True)
        ticked = [int(pk) for pk in query.getlist("remark")[:_MOST_TICKED] if is_id(pk)]
        return Selection(table.rows.filter(pk__in=ticked), False)

    def ids(self) -> list[int]:
        """In their order: one query, and at most one more than may be changed at once."""
        ordered = self.rows.order_by(*queries.ORDER).values_list("pk", flat=True)
        return list(ordered[: MOST_AT_ONCE + 1])


def is_id(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) < 19
