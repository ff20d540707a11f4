"""Latin slugs of Ukrainian names (Cabinet's resolution 55 of 27.01.2010)."""

from __future__ import annotations

from collections.abc import Container

from django.utils.text import slugify

_LETTERS = dict(
    zip(
        "абвгґдезиіклмнопрстуфь",
        ["a", "b", "v", "h", "g", "d", *"ezyiklmnoprstuf", ""],
        strict=True,
    )
) | {
    "є": "ie",
    "ж": "zh",
    "ї": "i",
    "й": "i",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "iu",
    "я": "ia",
    "’": "",
    "'": "",
    "ʼ": "",
}
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
#: A SlugField's length, with room for a number.
_LONGEST = 45


def slug_of(name: str, taken: Container[str] = ()) -> str:
    """A slug for ``name`` that is not ``taken``: «Управління транспорту» is upravlinnia-transportu.

    A name without a letter that we know is "item".
    """
    words = name.lower().replace("зг", "zgh").split()
    latin = " ".join(
        _FIRST.get(word[0], _LETTERS.get(word[0], word[0]))
        + "".join(_LETTERS.get(letter, letter) for letter in word[1:])
        for word in words
    )
    slug = slugify(latin)
    if len(slug) > _LONGEST:
        slug = slug[:_LONGEST].rpartition("-")[0] or slug[:_LONGEST]
    slug = slug or "item"
    found, number = slug, 2
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found
