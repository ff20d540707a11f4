"""Files that an applicant adds: photographs and documents, judged by their content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from appeals.actions.filing import NewFile
from appeals.models import Attachment
from appeals.rules.filing import MOST_FILES
from core.domain.rules import Refused, refuse, reject
from core.export import uploads
from core.web.invisible_characters import hides_something

MOST_BYTES = 10 * 2**20
MOST_TOGETHER = 20 * 2**20
#: Pixels of a picture's longer side: letters on a photographed paper can still be read.
LONGEST_SIDE = 3508
_LONGEST_NAME = 120


def accept(files: Sequence[UploadedFile[Any]]) -> list[NewFile]:
    """What was sent as it will be stored: pictures drawn anew.

    Refuses with ``files.too_many``, ``files.too_large`` and the codes of core.export.uploads, and
    names the file.
    """
    if len(files) > MOST_FILES:
        reject(
            "files.too_many", _("Add at most %(most)s files.") % {"most": MOST_FILES}, field="files"
        )
    if sum(file.size or 0 for file in files) > MOST_TOGETHER:
        message = _("Together the files are larger than %(most)s MB.")
        reject("files.too_large", message % {"most": MOST_TOGETHER // 2**20}, field="files")
    return [_accept(file, number) for number, file in enumerate(files, start=1)]


def _accept(file: UploadedFile[Any], number: int) -> NewFile:
    try:
        accepted = uploads.accept(cast(BinaryIO, file), most=MOST_BYTES, longest=LONGEST_SIDE)
    except Refused as refusal:
        verdict = refusal.verdict
        named = f"«{name_of(file.name or '', number)}»: {verdict.message}"
        raise Refused(refuse(verdict.code, named, field="files")) from refusal
    name = f"{name_of(file.name or '', number)}.{accepted.ending}"
    return NewFile(name, accepted.media_type, accepted.content)


def name_of(given: str, number: int) -> str:
    """The file's name without its ending, as it is shown and downloaded."""
    stem = PurePath(given.replace("\\", "/")).stem.strip().strip(".")
    if not stem or hides_something(stem):
        return f"{_('file')}-{number}"
    try:
        return get_valid_filename(stem)[:_LONGEST_NAME]
    except ValueError:
        return f"{_('file')}-{number}"


def with_kinds(files: Iterable[Attachment]) -> list[tuple[Attachment, str]]:
    """Each file with the word for its kind."""
    return [(each, uploads.ENDINGS.get(each.media_type, "").upper()) for each in files]
