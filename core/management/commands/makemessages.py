"""`manage.py makemessages`: brings the catalogues up to date with the sources.

Django's own command needs GNU gettext; this one needs only Babel, which compiles them as well.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

PLAIN = {f"{name}_lazy": places for name, places in DEFAULT_KEYWORDS.items()}
KEYWORDS = {**DEFAULT_KEYWORDS, **PLAIN, "gettext_noop": None}
TEMPLATES = {".html", ".txt", ".xml"}


def sources() -> Catalog:
    """Every translatable string of the product's own code and templates, with its places."""
    catalog = Catalog(charset="utf-8")
    for path in _files():
        text = path.read_text()
        if path.suffix != ".py":
            # Calls of gettext among blanked-out text; its indentation would only confuse.
            lines = templatize(text).splitlines()
            text = "\n".join(line.strip() for line in lines)
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS, ("Translators:",))
        for line, message, comments, context in found:
            place = (str(path.relative_to(settings.BASE_DIR)), line)
            catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


def _files() -> Iterator[Path]:
    root = Path(settings.BASE_DIR)
    project = tomllib.loads((root / "pyproject.toml").read_text())
    packages: list[str] = project["tool"]["importlinter"]["root_packages"]
    for package in packages:
        yield from sorted((root / package).rglob("*.py"))
    for folder in ["templates", *packages]:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in TEMPLATES and (folder == "templates" or "templates" in path.parts):
                yield path


class Command(BaseCommand):
    requires_system_checks = ()  # they ask the database, which has no part in this
    help = "Brings locale/*/LC_MESSAGES/django.po up to date with the sources."

    def handle(self, *args: Any, **options: Any) -> None:
        template = sources()
        for path in sorted(Path(settings.BASE_DIR).glob("locale/*/LC_MESSAGES/django.po")):
            with path.open("rb") as file:
                catalog = read_po(file, locale=path.parent.parent.name)
            catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
            with path.open("wb") as file:
                # Places without line numbers: a catalogue changes only when a text does.
                write_po(file, catalog, width=100, include_lineno=False, ignore_obsolete=True)
            missing = sum(1 for message in catalog if message.id and not all(_forms(message)))
            self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}: {missing} to translate")


def _forms(message: Any) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)
