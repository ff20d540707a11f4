"""A version's tree between its two forms: nodes, as the importer makes them, and clauses."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from drafts.importing import markup
from drafts.importing.counted import read_kept
from drafts.importing.labels import label
from drafts.importing.lines import TITLE_NOUN
from drafts.importing.markers import Form, Marker
from drafts.importing.node import Node
from drafts.models import Clause, Version


def clauses_of(version: Version, nodes: list[Node], keys: Sequence[UUID | None]) -> list[Clause]:
    """Return unsaved clauses for `nodes`; `keys` are those to keep, None for a new clause."""
    made: dict[int, Clause] = {}
    for position, (node, key) in enumerate(zip(nodes, keys, strict=True)):
        made[id(node)] = Clause(
            version=version,
            key=key or uuid4(),
            parent=made[id(node.parent)] if node.parent else None,
            position=position,
            depth=node.depth,
            kind=node.kind,
            number=node.number[:40],
            marker=node.printed[:80],
            role=_role(node),
            label=node.label,
            text=node.text,
            html=markup.of_table(node.rows)
            if node.rows is not None
            else markup.of_text(node.text, node.spans),
        )
    return list(made.values())


def save_new(clauses: list[Clause]) -> None:
    """Insert a whole tree, level by level: a parent needs its id before its children."""
    by_depth: dict[int, list[Clause]] = {}
    for clause in clauses:
        by_depth.setdefault(clause.depth, []).append(clause)
    for depth in sorted(by_depth):
        for clause in by_depth[depth]:
            clause.parent_id = clause.parent.pk if clause.parent else None
        Clause.objects.bulk_create(by_depth[depth], batch_size=2_000)


def arrange(clauses: list[Clause]) -> None:
    """Set positions, parents, depths and labels anew from the order and the depths.

    The parent of a clause is the nearest one before it that is less deep, so a clause that moves
    up takes its later siblings with it, as in any outline.
    """
    chain: list[Clause] = []
    for position, clause in enumerate(clauses):
        clause.position = position
        clause.depth = min(clause.depth, len(chain))
        del chain[clause.depth :]
        clause.parent = chain[-1] if chain else None
        chain.append(clause)
    nodes = _nodes(clauses)
    label(nodes)
    for clause, node in zip(clauses, nodes, strict=True):
        clause.label = node.label


def _nodes(clauses: list[Clause]) -> list[Node]:
    nodes: dict[int, Node] = {}
    last: dict[int, Marker] = {}  # by parent
    for clause in clauses:
        parent = nodes[id(clause.parent)] if clause.parent else None
        marker = read_kept(
            clause.marker,
            clause.kind,
            latin=clause.number.isascii(),
            text=clause.text,
            before=last.get(id(parent)),
        )
        if marker:
            last[id(parent)] = marker
        node = Node(
            clause.kind,
            clause.text,
            marker,
            parent=parent,
            depth=clause.depth,
            quoted=clause.role == Clause.Role.QUOTED,
            closing=clause.role == Clause.Role.CLOSING,
            title=clause.role == Clause.Role.TITLE,
        )
        if node.title and node.parent and node.parent.form is Form.APPROVED:
            found = TITLE_NOUN.search(node.text)
            node.parent.name = found[0].capitalize() if found else ""
        nodes[id(clause)] = node
    return list(nodes.values())


def _role(node: Node) -> str:
    if node.title:
        return Clause.Role.TITLE
    if node.closing:
        return Clause.Role.CLOSING
    return Clause.Role.QUOTED if node.quoted else Clause.Role.ORDINARY
