"""`manage.py import_organisations`: put a list of local businesses into the office's queue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.domain.rules import Refused
from core.export.csv import NotATable
from organisations.registering import actions, tables


class Command(BaseCommand):
    help = (
        "Reads legal entities from a table (CSV) with the columns of the desk's export. They wait "
        "in the office's queue; another officer than --by confirms them. One line that is wrong, "
        "and nothing is taken over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", type=Path)
        parser.add_argument("--by", required=True, help="the officer's e-mail")
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong")

    def handle(self, *args: Any, table: Path, by: str, dry_run: bool, **options: Any) -> None:
        officer = User.objects.by_email(by).first()
        if officer is None:
            raise CommandError(_("Nobody is known by exactly this."))
        try:
            done = tables.read(table.read_bytes())
        except (OSError, NotATable) as reason:
            raise CommandError(str(reason)) from reason
        for number, words in done.wrong:
            self.stderr.write(f"{number}: {words}")
        if done.wrong:
            raise CommandError(_("Nothing was taken over: some lines are wrong."))
        entered = 0
        with transaction.atomic():
            for number, row in done.rows:
                try:
                    actions.enter(by=officer, **row)
                    entered += 1
                except Refused as refusal:
                    self.stderr.write(f"{number}: {refusal}")
            if dry_run:
                transaction.set_rollback(True)
        self.stdout.write(_("Entered: %(entered)d.") % {"entered": entered})
