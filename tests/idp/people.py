"""Who has an account at the city's own provider."""

from __future__ import annotations

CLIENT_ID, CLIENT_SECRET = "viche", "viche-and-the-city"

#: «taken»: says an address that is somebody's at Viche, and that nobody has confirmed.
PEOPLE = {
    "charlie": {
        "given_name": "Карпо",
        "family_name": "Лисенко",
        "email": "charlie@viche.example",
        "email_verified": True,
        "birthdate": "2009-02-01",
        "address": {"locality": "Рудногірськ", "region": "Рудна область"},
    },
    "taken": {
        "given_name": "Зловмисна",
        "family_name": "Особа",
        "email": "olena@viche.example",
        "email_verified": False,
    },
    "vouched": {
        "given_name": "Зловмисна",
        "family_name": "Установа",
        "email": "olena@viche.example",
        "email_verified": True,
    },
}
