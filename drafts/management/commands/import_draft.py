"""`manage.py import_draft FILE`: a draft, or the next version of one, from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.domain.rules import Refused
from drafts import importing
from drafts.importing import ImportRefused, Node
from drafts.models import Draft
from drafts.versions import actions, set_aside


class Command(BaseCommand):
    """Every failure is one line without a traceback; a refused file leaves nothing behind."""

    help = (
        "Import a draft decision (.docx, .doc, .odt, .html, .txt, .md, .pdf) as a tree of clauses."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="", help="instead of the title in the text")
        parser.add_argument("--draft", type=int, help="import the next version of this draft")
        parser.add_argument("--publish", action="store_true", help="publish it at once")
        parser.add_argument(
            "--leave-out",
            action="store_true",
            help="leave out what is set aside: a list of contents, a page's menu",
        )
        parser.add_argument("--dry-run", action="store_true", help="print the tree, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                if options["dry_run"]:
                    self._show(importing.read(file, path.name))
                    return
                self._keep(file, path.name, options)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ImportRefused as refused:
            raise CommandError(f"{path.name}: {refused} [{refused.code}]") from refused
        except Refused as refused:
            raise CommandError(f"{refused} [{refused.verdict.code}]") from refused

    def _keep(self, file: Any, name: str, options: dict[str, Any]) -> None:
        if options["draft"] is None:
            version = actions.import_draft(file, name=name, title=options["title"])
        else:
            draft = Draft.objects.filter(pk=options["draft"]).first()
            if draft is None:
                raise CommandError(f"There is no draft {options['draft']}.")
            version = actions.import_version(draft, file, name=name)
        if options["leave_out"] and (undecided := version.set_aside.undecided()):
            set_aside.leave_out(version, undecided)
        if options["publish"]:
            version = actions.publish(version)
        aside = sum(version.set_aside.values_list("words", flat=True))
        state = "published" if version.is_published else "preview"
        self.stdout.write(
            f"draft {version.draft_id}, version {version.number} ({state}): "
            f"{version.clauses.count()} clauses, {version.clauses.numbered().count()} numbered, "
            f"{version.file_words} words in the file, {aside} of them set aside"
        )

    def _show(self, imported: importing.Imported) -> None:
        for node in imported.nodes:
            self.stdout.write(_line(node))
        for each in imported.set_aside:
            self.stdout.write(f"set aside ({each.kind}): {' / '.join(each.lines)}")
        numbered = sum(bool(node.number) for node in imported.nodes)
        self.stdout.write(f"{imported.format}: {len(imported.nodes)} clauses, {numbered} numbered")


def _line(node: Node) -> str:
    text = node.text.replace("\n", " / ").replace("\t", " | ")
    shown = text if len(text) <= 60 else text[:59] + "…"
    return f"{'  ' * node.depth}{node.kind} [{node.label}] {node.printed} {shown}".rstrip()
