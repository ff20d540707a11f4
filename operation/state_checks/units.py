"""Units of systemd that have failed: the backup, the audit log's term, the programs themselves."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.state.registry import Finding, Level, check

_SECONDS = 5
#: A conversion of a document may fail by its document, and is no fault of the machine.
_PATTERNS = ("viche.service", "viche@*", "viche-backup*", "viche-audit*", "viche-keys*")


@check("units", gettext_lazy("Units of systemd"))
def check_units() -> Iterator[Finding]:
    command = [settings.STATE_SYSTEMCTL, "list-units", "--state=failed", "--plain", "--no-legend"]
    try:
        done = subprocess.run(  # noqa: S603 - systemctl, by the administrator's setting
            [*command, *_PATTERNS],
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        yield Finding(Level.OK, _("There is no systemd on this machine."))
        return
    except (OSError, subprocess.TimeoutExpired):
        yield Finding(Level.UNKNOWN, _("systemd does not answer."))
        return
    if done.returncode:
        # In a container systemctl may be there, and nothing that it could ask.
        yield Finding(Level.OK, _("This machine was not started by systemd."))
        return
    failed = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]
    for unit in failed:
        words = _("It has failed: journalctl -u %(unit)s") % {"unit": unit}
        yield Finding(Level.CRITICAL, words, subject=unit)
    if not failed:
        yield Finding(Level.OK, _("None has failed."))
