"""Files that an applicant adds: photographs and documents, judged by their content.

A document that would do something by itself when an officer opens it (core.export.active_content)
is left out, and the appeal goes through: its name and the reason are kept in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from appeals.filing.actions import NewFile
from appeals.filing.rules import MOST_FILES
from appeals.models import Attachment
from core.domain.invisible_characters import hides_something
from core.domain.rules import Refused, refuse, reject
from core.export import uploads

MOST_BYTES = 10 * 2**20
MOST_TOGETHER = 20 * 2**20
#: Pixels of a picture's longer side: letters on a photographed paper can still be read.
LONGEST_SIDE = 3508
_LONGEST_NAME = 120


def accept(files: Sequence[UploadedFile[Any]]) -> list[NewFile]:
    """Prepare uploaded files for storage: pictures drawn anew.

    Refuses with ``files.too_many``, ``files.too_large`` and the codes of core.export.uploads, and
    names the file; what would do something by itself comes back without content, ``left_out``.
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
        accepted = uploads.accept(
            cast(BinaryIO, file), most=MOST_BYTES, longest=LONGEST_SIDE, passive=True
        )
    except Refused as refusal:
        verdict = refusal.verdict
        if verdict.code in uploads.ACTIVE:
            return NewFile(_whole_name(file.name or "", number), "", b"", left_out=verdict.code)
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


def _whole_name(given: str, number: int) -> str:
    """The file's name with the ending that it came with, as it is named to people."""
    ending = PurePath(given.replace("\\", "/")).suffix
    return name_of(given, number) + (ending if re.fullmatch(r"\.\w{1,8}", ending) else "")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not taken, and why, for its applicant and for the office."""

    name: str
    why: str


def left_out(files: Iterable[Attachment]) -> list[LeftOut]:
    """Those among the files that were not taken."""
    return [
        LeftOut(each.name, str(uploads.ACTIVE.get(each.left_out, "")))
        for each in files
        if each.left_out
    ]


def with_kinds(files: Iterable[Attachment]) -> list[tuple[Attachment, str]]:
    """Each file that was taken, with the word for its kind."""
    return [
        (each, uploads.ENDINGS.get(each.media_type, "").upper())
        for each in files
        if not each.left_out
    ]
