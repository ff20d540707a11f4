"""Make a bundle: what the job consultations.jobs.make_evidence_bundle does."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings

from accounts.models import User
from consultations.evidence import actions, content, record
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.record import NOTICES
from consultations.evidence.verifier.verify import (
    FORMAT_1,
    MANIFEST,
    MANIFEST_HASH,
    write_member,
)
from core.audit_log.chaining import chain_entries, find_head
from core.domain import clock
from core.domain.chain import canonical, fingerprint, moment


def folder() -> Path:
    """The private folder of bundles; made on first use, for the server's own account alone."""
    place = Path(settings.PRIVATE_ROOT) / "evidence"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(bundle: EvidenceBundle) -> Path:
    return folder() / Path(bundle.file).name


def make_bundle(bundle_id: int) -> None:
    """Write the ZIP beside, then store it; each file says how far it is."""
    bundle = EvidenceBundle.objects.select_related(
        "consultation__procedure", "consultation__department"
    ).get(pk=bundle_id)
    if bundle.ready_at is not None:
        return
    name = f"{token_hex(16)}.zip"
    unfinished = folder() / f"{name}.part"
    try:
        manifest = write_bundle(bundle, unfinished, lambda percent: _say(bundle, percent))
        size = unfinished.stat().st_size
        unfinished.rename(folder() / name)
    finally:
        unfinished.unlink(missing_ok=True)
    actions.store(bundle, file=name, size=size, manifest=manifest)


def write_bundle(bundle: EvidenceBundle, path: Path, say: Callable[[int], None]) -> str:
    """Write the whole ZIP to ``path``; returns the SHA-256 of its manifest."""
    consultation = bundle.consultation
    chain_entries()
    head = find_head()
    parts = [*content.parts_of(consultation), *record.parts_of(consultation, head)]
    files: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(path, "w") as archive:
        for done, (name, chunks) in enumerate(parts):
            digest, size = write_member(archive, name, chunks())
            files[name] = {"sha256": digest, "bytes": size}
            say(5 + 90 * (done + 1) // len(parts))
        manifest = canonical(
            {
                "consultation": consultation.pk,
                "files": files,
                "format": FORMAT_1,
                "head": {"number": head.number, "hash": head.hash},
                "made_at": moment(clock.now()),
                "site": settings.SITE_URL,
                "version": settings.VERSION,
            }
        )
        write_member(archive, MANIFEST, [manifest.encode()])
        said = fingerprint(manifest)
        write_member(archive, MANIFEST_HASH, [f"{said}  {MANIFEST}\n".encode()])
    return said


def people_in(path: Path) -> list[int]:
    """The accounts that a bundle names as told, as far as they are still there."""
    with zipfile.ZipFile(path) as archive, archive.open(NOTICES) as file:
        told = {json.loads(line)["account"] for line in file}
    return list(User.objects.filter(pk__in=told).order_by("pk").values_list("pk", flat=True))


def sweep() -> int:
    """Delete files whose period is over, and what a stopped job has left; returns how many."""
    before = clock.now() - settings.RETENTION["evidence"]
    over = list(EvidenceBundle.objects.filter(ready_at__lt=before).exclude(file="")[:100])
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


def _say(bundle: EvidenceBundle, progress: int) -> None:
    EvidenceBundle.objects.filter(pk=bundle.pk).update(progress=progress)
