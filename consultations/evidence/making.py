"""Make bundles: what the jobs make_evidence_bundle and make_public_evidence do."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from secrets import token_hex

from accounts.models import User
from consultations.evidence import actions
from consultations.evidence.bundle_format import TOLD
from consultations.evidence.kinds import Audience
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.queries import folder, path_of
from consultations.evidence.writing import Written, write_bundle
from core.domain import clock
from core.domain.retention import period_of

#: How often a public bundle is begun anew because something happened meanwhile, at most.
MOST_ROUNDS = 5
_BEGUN = 5


class Overtaken(Exception):
    """Something happens in the consultation faster than its bundle is made: try again later."""


def make_bundle(bundle_id: int) -> None:
    """Make a bundle that an officer asked for."""
    bundle = _load(pk=bundle_id)
    if bundle is not None and bundle.ready_at is None:
        _make(bundle)


def make_public_bundle(consultation_id: int) -> None:
    """Make the bundle that everybody downloads, if one waits to be made.

    It is begun anew where words were hidden or names went meanwhile: what is stored shows what the
    pages show. Raises Overtaken.
    """
    for _round in range(MOST_ROUNDS):
        bundle = _load(consultation=consultation_id, audience=Audience.PUBLIC, ready_at=None)
        if bundle is None or _make(bundle):
            return
    raise Overtaken


def _load(**which: object) -> EvidenceBundle | None:
    rows = EvidenceBundle.objects.filter(**which)
    return rows.select_related("consultation__procedure", "consultation__department").first()


def _make(bundle: EvidenceBundle) -> bool:
    """Write the ZIP beside, then store it; False where it says too much by now."""
    EvidenceBundle.objects.filter(pk=bundle.pk).update(progress=_BEGUN)
    name = f"{token_hex(16)}.zip"
    unfinished = folder() / f"{name}.part"
    is_stored = False
    try:
        written = write_bundle(bundle.consultation, unfinished, is_public=bundle.is_public)
        unfinished.rename(folder() / name)
        is_stored = _store(bundle, name, written)
    finally:
        unfinished.unlink(missing_ok=True)
        if not is_stored:
            (folder() / name).unlink(missing_ok=True)
    return is_stored


def _store(bundle: EvidenceBundle, name: str, written: Written) -> bool:
    size = (folder() / name).stat().st_size
    return actions.store(bundle, file=name, size=size, written=written)


def people_in(path: Path) -> list[int]:
    """The accounts that a bundle names as told, as far as they are still there."""
    with zipfile.ZipFile(path) as archive, archive.open(TOLD) as file:
        told = {json.loads(line)["account"] for line in file}
    return list(User.objects.filter(pk__in=told).order_by("pk").values_list("pk", flat=True))


def sweep() -> int:
    """Delete files of staff's bundles whose period is over, and what a stopped job has left;
    returns how many."""
    before = clock.now() - period_of("evidence")
    staffs = EvidenceBundle.objects.filter(audience=Audience.STAFF, ready_at__lt=before)
    over = list(staffs.exclude(file="")[:100])
    for bundle in over:
        path_of(bundle).unlink(missing_ok=True)
    EvidenceBundle.objects.filter(pk__in=[each.pk for each in over]).update(file="")
    named = set(EvidenceBundle.objects.exclude(file="").values_list("file", flat=True))
    old = before.timestamp()
    left = [each for each in folder().iterdir() if each.name not in named]
    left = [each for each in left if each.stat().st_mtime < old]
    for path in left:
        path.unlink(missing_ok=True)
    return len(over) + len(left)
