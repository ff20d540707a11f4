"""A draft and its versions: imported, published. `by` is None when the command line acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from core.db.search import document
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from drafts import importing, rules
from drafts.clauses import outline, tree
from drafts.events import VersionImported, VersionPublished
from drafts.importing import Imported
from drafts.importing.node import Node
from drafts.matching.replacing import match_through
from drafts.models import Clause, Draft, Version
from drafts.versions import set_aside

if TYPE_CHECKING:
    from accounts.models import User


def import_draft(
    file: BinaryIO | bytes | Imported, *, name: str = "", title: str = "", by: User | None = None
) -> Version:
    """Begin a draft with the preview of its first version; the title is read from the text.

    Raises `ImportRefused` for a file that is not a text, and then keeps nothing. Who holds locks
    gives what `importing.read` has read before them.
    """
    require(rules.prepare(by))
    imported = file if isinstance(file, Imported) else importing.read(file, name)
    with action():
        draft = Draft.objects.create(title=title or suggest_title(imported.nodes), created_by=by)
        return _keep(draft, imported, name, by, [])


def import_version(
    draft: Draft, file: BinaryIO | bytes | Imported, *, name: str = "", by: User | None = None
) -> Version:
    """Make `file` the preview of the draft's next version, in place of a preview that it has.

    Clauses that the version before has, or that preview, keep their keys. Raises `ImportRefused`
    for a file that is not a text; the preview that was stays then.
    """
    require(rules.prepare(by))
    imported = file if isinstance(file, Imported) else importing.read(file, name)
    with action():
        draft = locked(draft)
        replaced: list[Clause] = []
        # Locked one by one: a preview that is being published at this moment is none any more.
        for preview in draft.versions.previews().select_for_update():
            replaced = list(preview.outline())
            preview.delete()
        return _keep(draft, imported, name, by, replaced)


def _keep(
    draft: Draft,
    imported: importing.Imported,
    name: str,
    by: User | None,
    replaced: list[Clause],
) -> Version:
    last = draft.versions.latest_first().first()
    version = Version.objects.create(
        draft=draft,
        number=last.number + 1 if last else 1,
        source_name=name.replace("\x00", "")[-255:],
        source_sha256=imported.sha256,
        source_format=imported.format,
        tracked_changes=imported.tracked,
        file_words=imported.words,
        pdf_reading=imported.pdf_reading.as_json() if imported.pdf_reading else {},
    )
    before = list(last.outline()) if last else []
    keys = match_through(before, replaced, imported.nodes)
    clauses = tree.clauses_of(version, imported.nodes, keys)
    tree.save_new(clauses)
    set_aside.keep(version, imported.set_aside, clauses)
    created(version)
    emit(VersionImported(draft.pk, version.pk, _id(by)))
    return version


def publish(version: Version, *, is_compared: bool = False, by: User | None = None) -> Version:
    """Make a preview what everybody reads; from now on it never changes.

    ``is_compared``: an officer says that the text was compared with the PDF it was read from.
    Refuses by rules.publish. Emits VersionPublished.
    """
    with action():
        version = locked(version)
        clauses, undecided = version.clauses.count(), version.set_aside.undecided().count()
        require(
            rules.publish(
                by, version, clauses=clauses, undecided=undecided, is_compared=is_compared
            )
        )
        _tell_apart(version)
        _index(version)  # the last change: what is published never does
        version.published_at = clock.now()
        version.save(update_fields=["published_at"])
        emit(VersionPublished(version.draft_id, version.pk, _id(by)))
        return version


def discard(draft: Draft, *, by: User | None = None) -> None:
    """Delete a draft of which nothing was published, and its previews; another one stays."""
    require(rules.prepare(by))
    with action():
        draft = locked(draft)
        if not draft.versions.published().exists():
            draft.delete()


def _tell_apart(version: Version) -> None:
    """Label a preview anew that an earlier release imported with equal labels."""
    clauses = list(version.outline())
    if len({clause.label for clause in clauses} - {""}) < len(clauses):
        outline.save(clauses)


def _index(version: Version) -> None:
    """Let its clauses be found by their words, and by what a citizen calls them («п. 2.1»)."""
    clauses = list(version.clauses.only("label", "text"))
    for clause in clauses:
        clause.search = document(A=clause.label, B=clause.text)
    Clause.objects.bulk_update(clauses, ["search"], batch_size=500)


def suggest_title(nodes: list[Node]) -> str:
    """Return the title that a text gives itself: its first line «Про …», else its first line."""
    lines = [node.text.replace("\n", " ") for node in nodes[:40] if node.text]
    title = next((line for line in lines if line.startswith(("Про ", "ПРО "))), "")
    title = title or next(iter(lines), "")
    return title if len(title) <= 500 else title[:499] + "…"


def _id(by: User | None) -> int | None:
    return by.pk if by else None
