"""Delete files of pictures that no row has: of failed transactions and of ended processes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import default_storage

from core.kept_pictures.files import delete_unused, folder_of
from core.kept_pictures.models import Picture

#: Seconds; files are written before their row is committed.
ORPHAN_AFTER = 24 * 3600


def delete_orphans() -> int:
    """Delete the files that lie for a day without a row that uses them; return of how many."""
    return sum(
        delete_unused(model, digest)
        for model in apps.get_models()
        if issubclass(model, Picture)
        for digest in sorted(set(_stored_digests(model)) - set(model.digests_in_use()))
        if _is_old(folder_of(model.folder, digest))
    )


def _stored_digests(model: type[Picture]) -> Iterator[str]:
    """The digests under which files of the model lie."""
    for beginning in _folders(model.folder):
        yield from _folders(f"{model.folder}/{beginning}")


def _folders(path: str) -> list[str]:
    try:
        return default_storage.listdir(path)[0]
    except FileNotFoundError:
        return []


def _is_old(path: str) -> bool:
    return time.time() - default_storage.get_modified_time(path).timestamp() > ORPHAN_AFTER
