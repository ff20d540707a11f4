"""A download of everything about a person: one ZIP, written as the rows come from the database.

``data.json`` is for machines, ``data.html`` the same for people, in the person's language, readable
without a network; files stand in a folder beside them. None of it is ever whole in memory.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.data import actions
from accounts.data.export_files import MOST_BYTES, FilesOfExport
from accounts.data.files import delete_file, folder, new_name, path_of
from accounts.data.register import PersonalData, Purpose, Row, Words, all_entries
from accounts.models import Export, User
from core.domain import clock
from core.domain.council import local_council
from core.templatetags.times import last_day

#: What stands in a row beside its columns: the path of its file.
_FILE = "file"
#: Tells how many kinds of data are written, of how many; False: nobody wants it any more.
Tell = Callable[[int, int], bool]


class NotWanted(Exception):
    """The download was ended while it was being written."""


def make(export_id: int) -> None:
    """Write a download that was asked for. Run twice, it is written anew."""
    export = Export.objects.select_related("user").filter(pk=export_id, ended_at=None).first()
    if export is None or export.ready_at:
        return

    def tell(done: int, total: int) -> bool:
        unended = Export.objects.filter(pk=export_id, ended_at=None)
        return bool(unended.update(done=done, total=total))

    name = new_name()
    try:
        with translation.override(export.user.language):
            rows = write(export.user, path_of(name), tell=tell)
        actions.export_ready(export, file=name, size=path_of(name).stat().st_size, rows=rows)
    except NotWanted:
        delete_file(name)
    except BaseException:
        delete_file(name)
        raise


def write(user: User, path: Path, *, tell: Tell, most_of_files: int = MOST_BYTES) -> int:
    """Write the ZIP to ``path``, in the language that is active, with so many bytes of files at
    most; returns how many rows it has."""
    order, files = list(Purpose), FilesOfExport(most_of_files)
    register = sorted(all_entries(), key=lambda entry: order.index(entry.purpose))
    rows = 0

    def go_on(done: int) -> None:
        if not tell(done, len(register)):
            raise NotWanted

    with (
        ZipFile(path, "w", ZIP_DEFLATED) as archive,
        TemporaryFile("w+", encoding="utf-8", dir=folder()) as page,
    ):
        with (
            archive.open("data.json", "w", force_zip64=True) as raw,
            TextIOWrapper(raw, encoding="utf-8") as data,
        ):
            about = {"person": user.pk, "made_at": clock.now(), "city": local_council().council}
            data.write(f'{{"about":{_json(about)},"holdings":[')
            top, bottom = _around_rows("page", _facts(user))
            page.write(top)
            for done, entry in enumerate(register):
                go_on(done)
                data.write(",\n" if done else "\n")
                rows += _write_holding(entry, user, data, page, files)
            data.write("]}\n")
            page.write(bottom)
        page.seek(0)
        with (
            archive.open("data.html", "w", force_zip64=True) as raw,
            TextIOWrapper(raw, encoding="utf-8") as out,
        ):
            shutil.copyfileobj(page, out)
        files.write(archive, go_on=lambda: go_on(len(register)))
    tell(len(register), len(register))
    return rows


def _write_holding(
    entry: PersonalData, user: User, data: TextIO, page: TextIO, files: FilesOfExport
) -> int:
    """One kind of data, in both forms; returns how many rows."""
    facts = {
        "name": entry.name,
        "title": str(entry.title),
        "purpose": str(entry.purpose.title),
        "ground": str(entry.purpose.ground),
        "recipients": str(entry.recipients or entry.purpose.recipients),
        "after_erasure": str(entry.on_erasure.value),
        "kept_because": str(entry.kept_because),
        "fields": {field: str(title) for field, title in _titles(entry).items()},
    }
    data.write(_json(facts)[:-1] + ',"rows":[')
    fields = {path: _field(entry, path) for path in entry.shown}
    count, (top, bottom) = 0, _around_rows("section", facts)
    for row in entry.collect(user):
        if entry.files:
            row[_FILE] = files.choose(entry, row)
        if not count:
            page.write(top)
        data.write(",\n" if count else "\n")
        data.write(_json(row))
        page.write(_article(entry, fields, row, files.most))
        count += 1
    data.write("]}")
    if count:
        page.write(bottom)
    return count


def _around_rows(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """The parts of a template before and after the rows."""
    page = render_to_string(f"accounts/data/export/{template}.html", context)
    top, _rows, bottom = page.partition("<!--rows-->")
    return top, bottom


def _article(
    entry: PersonalData, fields: dict[str, Field[Any, Any] | None], row: Row, most_of_files: int
) -> str:
    """A row as people read it: what is empty is left out."""
    lines = []
    for path, title in _titles(entry).items():
        if path in entry.for_programs or row[path] is None:
            continue
        if path == _FILE:
            lines.append(
                format_html("<dt>{}</dt><dd>{}</dd>", title, _link(row[path], most_of_files))
            )
            continue
        words = _read(entry, fields[path], path, row[path])
        if words:
            lines.append(format_html("<dt>{}</dt><dd>{}</dd>", title, words))
    return f"<dl>{''.join(lines)}</dl>\n"


def _titles(entry: PersonalData) -> dict[str, Words]:
    return {**entry.shown, _FILE: _("in this archive")} if entry.files else dict(entry.shown)


def _link(path: str, most_of_files: int) -> str:
    """To a file of the archive, or why it is not in it."""
    if not path:
        most = filesizeformat(most_of_files)
        return _("no: together the files are larger than %(most)s") % {"most": most}
    return format_html('<a href="{}">{}</a>', quote(path), path)


def _read(entry: PersonalData, field: Field[Any, Any] | None, path: str, value: Any) -> str:
    if path in entry.said:
        return str(entry.said[path](value))
    if path in entry.last_days:
        value = last_day(value)
    return _words(field, value)


def _words(field: Field[Any, Any] | None, value: Any) -> str:
    if value in ("", [], {}):
        return ""
    if isinstance(value, dict):
        return _json(value)
    if isinstance(value, list):
        inner = getattr(field, "base_field", field)
        return ", ".join(_words(inner, one) for one in value)
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j E Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j E Y")
    return str(value)


def _field(entry: PersonalData, path: str) -> Field[Any, Any] | None:
    """The column at the end of a path of keys; None for what stands beside the columns."""
    if path in entry.beside:
        return None
    model: Any = entry.model
    field: Field[Any, Any] | None = None
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = model._meta.get_field(step).related_model
    return field


def _facts(user: User) -> dict[str, Any]:
    return {
        "user": user,
        "city": local_council(),
        "site_url": settings.SITE_URL,
        "now": clock.now(),
        "language": translation.get_language(),
    }


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
