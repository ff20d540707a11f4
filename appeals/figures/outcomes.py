"""Outcomes of appeals, by kind and quarter, and of requests for information, by year.

393/96-ВР art. 19 has bodies inform people of the course of this work, 2939-VI art. 15(1)10 publish
reports on how requests were satisfied. Both keep to the rule of small figures. How many appeals
there were in all is known (appeals.figures.quarters), so kinds are hidden by it first; of a kind
that is hidden no outcomes are told. Requests have theirs by year alone: a year beside its quarters
would tell the quarter that hides them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.figures.small_cells import FEWEST, Figures, Tables, suppress
from appeals.models import Answer, Appeal

#: What became of the appeals of the period by the end of their terms, by kind: the last answer's
#: result, or the ending without one.
OUTCOMES = """
SELECT kind, CASE
           WHEN withdrawn_at < %(until)s THEN 'withdrawn'
           WHEN given_back_at < %(until)s THEN 'given_back'
           WHEN returned_at < %(until)s THEN 'returned'
           WHEN forwarded_at < %(until)s THEN 'forwarded'
           WHEN refused_at < %(until)s THEN 'not_considered'
           WHEN moved_at < %(until)s THEN 'moved'
           ELSE coalesce(sent.result, 'waiting')
       END, sent.ground, count(*), count(*) FILTER (WHERE postponed_at < %(until)s)
FROM appeals_appeal LEFT JOIN LATERAL (
    SELECT result, ground
    FROM appeals_answer LEFT JOIN appeals_refusal ON appeals_refusal.answer_id = appeals_answer.id
    WHERE appeal_id = appeals_appeal.id AND sent_at < %(until)s
    ORDER BY appeals_answer.id DESC LIMIT 1
) AS sent ON true
WHERE registered_on >= %(first)s AND registered_on < %(end)s
GROUP BY 1, 2, 3
"""
#: How each outcome is called; of a refused request with its ground («denied:restricted»).
LABELS: dict[str, str | Promise] = {
    **{each.value: each.label for each in Answer.Result},
    "waiting": _("still considered"),
    "withdrawn": _("withdrawn by the applicant"),
    "given_back": _("considered as a petition again"),
    "returned": _("returned to the applicant"),
    "forwarded": _("forwarded to the competent body"),
    "not_considered": _("left without consideration"),
    "moved": _("considered as an administrative case"),
    "denied:not_held": _("refused: the council neither holds it nor has to"),
    "denied:restricted": _("refused: access is restricted"),
    "denied:unpaid": _("refused: copying was not paid for"),
    "denied:incomplete": _("refused: the request lacks what it must have"),
}

#: Kind, outcome, ground of a refusal, how many, how many of them were postponed.
type Row = tuple[str, str, str | None, int, int]


def count_outcomes(rows: Iterable[Row]) -> Tables:
    """Tables «kind», and «outcome:<kind>» of each kind of appeals that is shown."""
    rows = list(rows)
    totals: Counter[str] = Counter()
    for kind, _outcome, _ground, number, _postponed in rows:
        totals[kind] += number
    kinds = suppress(_row(kind, number) for kind, number in totals.items())
    tables = {"kind": _as_json(kinds)}
    for kind in (each.name for each in kinds if each.total is not None):
        if kind != Appeal.Kind.REQUEST:
            tables[f"outcome:{kind}"] = _as_json(
                suppress(_row(*each) for each in _by_outcome(rows, kind).items())
            )
    return tables


def count_requests(rows: Iterable[Row], *, is_hidden: bool) -> Tables:
    """Tables «requests» of a year, by outcome and ground, and «postponed» of one row.

    ``is_hidden``: a quarter of it does not say how many requests it had. Then the year does not
    either: one row of its table is not shown, so that nobody adds them up.
    """
    rows = [row for row in rows if row[0] == Appeal.Kind.REQUEST]
    shown = suppress(
        _row(*each) for each in _by_outcome(rows, Appeal.Kind.REQUEST, by_ground=True).items()
    )
    if is_hidden and shown and all(row.total is not None for row in shown):
        least = min(row.total or 0 for row in shown)
        shown = [replace(row, total=None) if row.total == least else row for row in shown]
    postponed = sum(row[4] for row in rows)
    number = postponed if postponed >= FEWEST else None
    return {
        "requests": _as_json(shown),
        "postponed": _as_json([_row("postponed", number)]),
    }


def _by_outcome(rows: Iterable[Row], kind: str, *, by_ground: bool = False) -> Counter[str]:
    found: Counter[str] = Counter()
    for row_kind, outcome, ground, number, _postponed in rows:
        if row_kind == kind:
            is_refused = by_ground and ground and outcome == Answer.Result.DENIED
            found[f"{outcome}:{ground}" if is_refused else outcome] += number
    return found


def _row(name: str, total: int | None) -> Figures:
    return Figures(name, total, None, None, None)


def _as_json(rows: Iterable[Figures]) -> list[dict[str, object]]:
    return [asdict(row) for row in rows]


def label_of(name: str) -> str | Promise:
    """Label of a row of these tables: an outcome, or a kind of appeals."""
    kinds: dict[str, str | Promise] = dict(Appeal.Kind.choices)
    return LABELS.get(name) or kinds.get(name) or name
