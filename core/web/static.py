"""Static files in production: WhiteNoise's storage, with URLs computed once per process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class KnownFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise is untyped
    """The manifest is read when a process begins and changes with the code alone; a page names
    twenty files, and each address would be split, hashed and joined again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = lru_cache(maxsize=1000)(super().url)

    def url(self, name: str, force: bool = False) -> str:
        return str(self._known(name, force))
