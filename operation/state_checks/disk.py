"""Fullness of the disks of this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.state.registry import Finding, Level, check

#: Percent from which it is critical.
FULL = 95
_GIB = 2**30


@check("disk", gettext_lazy("Disk"))
def check_disk() -> Iterator[Finding]:
    """Each disk once, by the first of the folders that lies on it."""
    seen = set()
    for folder in map(Path, settings.STATE_DISKS):
        if not folder.exists() or (device := folder.stat().st_dev) in seen:
            continue
        seen.add(device)
        usage = shutil.disk_usage(folder)
        # As df counts: what is kept for root is neither used nor free.
        percent = round(100 * usage.used / max(1, usage.used + usage.free))
        words = _("%(percent)d %% is used, %(free)s GiB are free.") % {
            "percent": percent,
            "free": f"{usage.free / _GIB:.1f}",
        }
        if percent >= max(FULL, settings.STATE_DISK_PERCENT):
            level = Level.CRITICAL
        else:
            level = Level.WARNING if percent >= settings.STATE_DISK_PERCENT else Level.OK
        yield Finding(level, words, subject=str(folder))
