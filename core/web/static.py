"""Static files in production: WhiteNoise's storage, with URLs computed once per process."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

#: A string, which is kept as it is; a comment; white space, and signs that need none beside them.
_PIECES = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<comment>/\*.*?\*/)|\s*(?P<sign>[{};,])\s*|(?P<space>\s+)""",
    re.DOTALL,
)

#: A comment that has its lines for itself; an empty line.
_COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)?\n", re.MULTILINE)


def shorten_css(sheet: str) -> str:
    """A style sheet without comments and needless white space: what a browser reads is the same.

    White space about a colon or a combinator stays, since it can mean something there.
    """
    without = re.sub(_PIECES, _shorten_comment, sheet)
    return re.sub(_PIECES, _shorten_piece, without).strip()


def _shorten_comment(found: re.Match[str]) -> str:
    return " " if found["comment"] else found[0]


def _shorten_piece(found: re.Match[str]) -> str:
    return found["string"] or found["sign"] or " "


def shorten_js(script: str) -> str:
    """A script of ours without the comments that have lines of their own, and without empty lines.

    What stands behind code stays, so nothing of the language has to be understood.
    """
    return re.sub(_COMMENT_LINES, "", script)


#: By folder and ending, which files of ours are shortened, and how.
_SHORTENED = {("css/", ".css"): shorten_css, ("js/", ".js"): shorten_js}


def _short(name: str | None, content: File[Any]) -> File[Any]:
    """Our own style sheet or script, shortened; any other file as it is."""
    for (folder, ending), shorten in _SHORTENED.items():
        if name and name.startswith(folder) and name.endswith(ending):  # the manifest has no name
            text = b"".join(content.chunks()).decode()  # from its beginning: it was read before
            return ContentFile(shorten(text).encode())
    return content


class KnownFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise is untyped
    """The manifest is read when a process begins and changes with the code alone; a page names
    twenty files, and each address would be split, hashed and joined again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = lru_cache(maxsize=1000)(super().url)

    def file_hash(self, name: str | None, content: File[Any] | None = None) -> str | None:
        """The hash of what is stored: another comment is no other address."""
        of_stored = None if content is None else _short(name, content)
        found: str | None = super().file_hash(name, of_stored)
        return found

    def _save(self, name: str, content: File[Any]) -> str:
        """Our own style sheets and scripts are stored short."""
        return str(super()._save(name, _short(name, content)))

    def url(self, name: str, force: bool = False) -> str:
        return str(self._known(name, force))
