"""``manage.py verify_audit``: whether the audit log holds, link by link and entry by entry."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.audit_log.anchors import queries as anchors
from core.audit_log.checking import Verified, faults
from core.models import AuditCut, AuditLink


class Command(BaseCommand):
    help = (
        "Checks the chain of the audit log, every entry under it and what attests its heads, and"
        " prints its head. One line per fault; exit code 1 when there is any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMBER:HASH",
            help="a head that was kept from the public page: it must still be in the chain",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verified, number = Verified(), 0
        for fault in faults(verified):
            self.stdout.write(fault)
            number += 1
        for fault in anchors.faults():
            self.stdout.write(fault)
            number += 1
        if options["head"] and (fault := _find_fault_of_head(options["head"])):
            self.stdout.write(fault)
            number += 1
        if number:
            self.stderr.write(f"{number} faults")
            sys.exit(1)
        self.stdout.write(
            f"{verified.entries} entries in {verified.links} links and the record of"
            f" {verified.procedures} procedures hold; head {verified.head}"
        )


def _find_fault_of_head(given: str) -> str:
    """Why a kept head is not in the chain; "" where it is."""
    number, _, found = given.partition(":")
    if not number.isdecimal() or len(found) != 64:
        raise CommandError(
            "--head takes a number and a hash, as the public page shows them: 12:ab…"
        )
    link = AuditLink.objects.filter(number=int(number)).first()
    if link is not None:
        return "" if link.hash == found else f"link {number} has another hash than the kept head"
    cut = AuditCut.objects.filter(number__gte=int(number)).order_by("number").first()
    if cut is None:
        return f"link {number} of the kept head is not there"
    if cut.number == int(number) and cut.head != found:
        return f"link {number} had another hash than the kept head when it was cut"
    return ""
