"""Whether the settings name the council, so that no city goes public under the demo city's name.

They are needed once: the first migration takes them into the database, where administrators edit
them at /desk/city/ from then on.
"""

import re
from collections.abc import Mapping

from cli.clone import ROOT, UserError

# What pages, mails and letters cannot do without -> an example of it.
NEEDED = {
    "CITY_NAME": "Рудногірськ",
    "CITY_NAME_LOCATIVE": "Рудногірську",
    "CITY_COUNCIL": "Рудногірська міська рада",
    "CITY_ADDRESS": "пл. Рудникова, 1, м. Рудногірськ",
    "CITY_PHONE": "(000) 000-00-00",
    "CITY_EMAIL": "rada@misto.gov.ua",
}
FILES = ("CITY_ARMS", "CITY_STYLESHEET")  # below static/; each page shows them
_TEXT = re.compile(r"[^\W\d_]{2}")
_EMAIL = re.compile(r"[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,.]+")
_WEBSITE = re.compile(r"https?://[^\s/]+\.\S+")
_FOREIGN = set("<>{}$\\")  # no name has them; a template or a variable that nobody filled in has
_DIGITS_OF_A_PHONE = 3  # 102 is one


def require_council(env: Mapping[str, str]) -> None:
    """Refuses settings from which the council's row cannot be made. Raises UserError."""
    for name, example in NEEDED.items():
        if not env.get(name, "").strip():
            raise UserError(
                f"{name} is {'empty' if name in env else 'not set'}: pages and mails name the "
                f"council by it, e.g. {name}='{example}'."
            )
    check_council(env)


def check_council(env: Mapping[str, str]) -> None:
    """Refuses settings of the council that make no sense; absent ones pass. Raises UserError."""
    for name, example in NEEDED.items():
        value = env.get(name, "").strip()
        if value and not _makes_sense(name, value):
            raise UserError(f"{name} makes no sense as {value!r}; it should look like {example!r}.")
    website = env.get("CITY_WEBSITE", "")
    if website and not _WEBSITE.fullmatch(website):
        raise UserError(
            f"CITY_WEBSITE must be a whole address, https://…, or stay empty; not {website!r}."
        )
    for name in FILES:
        path = env.get(name, "")
        if path and not (ROOT / "static" / path).is_file():
            raise UserError(
                f"{name} must name a file in {ROOT / 'static'}, e.g. img/arms.svg; "
                f"there is no {path!r}."
            )


def _makes_sense(name: str, value: str) -> bool:
    if name == "CITY_EMAIL":
        return bool(_EMAIL.fullmatch(value))
    if name == "CITY_PHONE":
        return sum(character.isdigit() for character in value) >= _DIGITS_OF_A_PHONE
    return bool(_TEXT.search(value)) and not set(value) & _FOREIGN
