"""`viche audit_dependencies`: asks OSV once for known vulnerabilities of the locked packages.

Only by an administrator's command: no test and no check goes out for it.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.domain.locked_packages import LockedPackage, read_locked_packages
from notifications.channels import outgoing

NETWORK = outgoing.Network()
OSV = "https://api.osv.dev/v1/querybatch"
#: Bytes of an answer; one of 130 packages without vulnerabilities has 400.
LONGEST = 4 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Asks OSV (osv.dev) whether vulnerabilities are known of the packages that this version of"
        " Viche stands on. Sends their names and versions, nothing else. Exit code 1 if any is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default=OSV, help="another server with the API of OSV")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        served = [one for one in read_locked_packages(settings.BASE_DIR) if one.is_served]
        found = ask_osv(served, url)
        for package, names in found:
            links = ", ".join(f"https://osv.dev/vulnerability/{name}" for name in names)
            self.stdout.write(f"{package.name} {package.version}: {links}")
        if found:
            raise CommandError(
                f"{len(found)} of {len(served)} packages have known vulnerabilities. Look for a"
                " release of Viche (deploy/upgrade), or tell whoever makes it (SECURITY.md)."
            )
        self.stdout.write(f"No vulnerability is known of {len(served)} packages.")


def ask_osv(packages: list[LockedPackage], url: str) -> list[tuple[LockedPackage, list[str]]]:
    """The packages with known vulnerabilities, each with their ids. Raises CommandError."""
    asked = [
        {"package": {"purl": f"pkg:{one.registry}/{one.name.replace('@', '%40')}@{one.version}"}}
        for one in packages
    ]
    try:
        answer = outgoing.post(
            url,
            json.dumps({"queries": asked}).encode(),
            {"Content-Type": "application/json", "Accept": "application/json"},
            network=NETWORK,
            most=LONGEST,
        )
    except (outgoing.Unreachable, outgoing.Forbidden) as error:
        raise CommandError(f"OSV cannot be asked: {error}.") from None
    try:
        if answer.status != 200:
            raise ValueError
        results = json.loads(answer.body)["results"]
        if len(results) != len(packages):
            raise ValueError
        found = [
            (package, sorted(one["id"] for one in result.get("vulns", [])))
            for package, result in zip(packages, results, strict=True)
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CommandError(f"OSV answers what is no answer ({answer.status}).") from None
    return [(package, names) for package, names in found if names]
