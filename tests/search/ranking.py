"""Where the expected things of real queries stand in what the search finds, by kind of query.

On a loaded demo city:

    bin/demo shell -c "from tests.search.ranking import main; main('tests/search/queries.toml')"

A file holds tables ``[[query]]`` with ``words``, ``label`` (what is difficult about it) and
``expected``: things by ``kind`` and ``title`` (of a clause or a remark, words of it), any of which
is right.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import override

from discussions.models import Comment
from drafts.models import Clause
from search.kinds import Result, draw
from search.views import look_for

#: On the first screen of a computer.
SCREEN = 5
QUERIES = Path(__file__).with_name("queries.toml")
_SPACES = re.compile(r"\s+")
#: What people call a kind, where it is not the name in addresses.
_NAMES = {
    "news": "news",
    "article": "news",
    "event": "news",
    "announcement": "news",
    "deputy": "deputies",
    "act": "acts",
    "council_page": "pages",
    "site": "pages",
    "site_page": "pages",
    "urgent": "acts",
    "questions": "answers",
    "urgent_act": "acts",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the place of the first right thing, from 1; 0: it is not among the first ten."""

    words: str
    label: str
    place: int
    expected: str
    first: str


def judge(path: Path) -> list[Judged]:
    """Each query of a file, looked for."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    queries = next(rows for rows in tables.values() if isinstance(rows, list))
    with override("uk"):
        return [_judge(query) for query in queries]


def _judge(query: dict[str, Any]) -> Judged:
    wanted = [(_kind(each["kind"]), _plain(each["title"])) for each in query["expected"]]
    asked, found, _switched = look_for(query["words"])
    shown = [
        (_kind(line.kind), _title(line, pk))
        for line, (_kind_of_it, pk) in zip(draw(found.things, asked), found.things, strict=True)
    ]
    places = [number for number, line in enumerate(shown, 1) if _is_one_of(line, wanted)]
    return Judged(
        query["words"],
        query.get("label", ""),
        min(places, default=0),
        " | ".join(f"{kind}: {title}" for kind, title in wanted),
        "{}: {}".format(*shown[0]) if shown else "–",
    )


def _title(line: Result, pk: int) -> str:
    """What a line is called; of a remark or a clause, which have no title, all its words."""
    if line.kind == "clauses":
        return _plain(Clause.objects.get(pk=pk).text)
    if line.kind == "remarks":
        said = Comment.objects.get(pk=pk)
        return _plain(f"{said.text} {said.proposal}")
    return _plain("".join(part for part, _found in line.title))


def _kind(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    return name if name.endswith("s") else f"{name}s"


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip().casefold()


def _is_one_of(line: tuple[str, str], wanted: Iterable[tuple[str, str]]) -> bool:
    kind, title = line
    return any(kind == of and (title == said or said in title) for of, said in wanted)


def table(judged: list[Judged]) -> str:
    """By label: how many, right first, on the first screen, among ten, not there."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        groups[each.label].append(each)
    lines = [f"{'label':<20} {'all':>4} {'first':>6} {f'in {SCREEN}':>5} {'not':>4}"]
    for label, rows in [*sorted(groups.items()), ("all", judged)]:
        first = sum(row.place == 1 for row in rows)
        near = sum(1 <= row.place <= SCREEN for row in rows)
        absent = sum(row.place == 0 for row in rows)
        lines.append(f"{label:<20} {len(rows):>4} {first:>6} {near:>5} {absent:>4}")
    return "\n".join(lines)


def main(path: str = str(QUERIES), *, each: bool = True) -> None:
    """Print what was not first, and the table; ``each``: False prints the table alone."""
    judged = judge(Path(path))
    for row in judged if each else ():
        if row.place != 1:
            print(
                f"{row.place:>2}  [{row.label}] {row.words}",
                f"      {row.expected}",
                f"    > {row.first}",
                sep="\n",
            )
    print(table(judged))
