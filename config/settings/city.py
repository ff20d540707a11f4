"""The council as it is before its first administrator edits it."""

from __future__ import annotations

from config.settings.base import env

#: The council as it is before its first administrator edits it at /desk/city/: the migration that
#: makes its row takes names, contacts and arms from here, once (city/migrations,
#: core/domain/council.py).
CITY = {
    "name": env("CITY_NAME", default="Рудногірськ"),
    "name_locative": env("CITY_NAME_LOCATIVE", default="Рудногірську"),
    "council": env("CITY_COUNCIL", default="Рудногірська міська рада"),
    "arms": env("CITY_ARMS", default="img/arms.svg"),
    #: A static file of the installation's own, linked beside the colours of the row.
    "stylesheet": env("CITY_STYLESHEET", default=""),
    "address": env("CITY_ADDRESS", default="пл. Рудникова, 1, м. Рудногірськ"),
    "phone": env("CITY_PHONE", default="(000) 000-00-00"),
    "email": env("CITY_EMAIL", default="rada@viche.example"),
    "website": env("CITY_WEBSITE", default=""),
    #: Settlements of the community, and its region (""), as identity providers name them
    #: (accounts/identity/locality.py). No settlement: no provider confirms where people live. None:
    #: the one of the council's row.
    "localities": env.list(
        "CITY_LOCALITIES", default=[env("CITY_NAME")] if env("CITY_NAME", default="") else None
    ),
    "state": env("CITY_STATE", default=""),
    #: The community in the codifier of 2020 (КАТОТТГ), and the council in the register of legal
    #: entities, for the catalogue of open data; "": left out. portal/opendata/checks.py reads them.
    "katottg": env("CITY_KATOTTG", default=""),
    "edrpou": env("CITY_EDRPOU", default=""),
}
#: Under which licence the open data at /data/ are given, by its address.
OPEN_DATA_LICENCE = env("OPEN_DATA_LICENCE", default="https://creativecommons.org/licenses/by/4.0/")
