"""Static files in production: WhiteNoise's, whose addresses are made once a process."""

from __future__ import annotations

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KnownFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """The manifest is read when a process begins and changes with the code alone; a page names
    twenty files, and each address would be split, hashed and joined again."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.url = lru_cache(maxsize=1000)(self.url)
