"""A picture as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from core.kept_pictures.models import Picture


@dataclass(frozen=True, slots=True)
class ShownPicture[Row: Picture]:
    """A picture with the words for it in the page's language."""

    picture: Row

    @property
    def alt(self) -> str:
        in_english: str = getattr(self.picture, "alt_en", "")
        return (get_language() == "en" and in_english) or self.picture.alt
