"""A stand-in for id.gov.ua: for the demo and the tests, never for a council.

    python -m accounts.identity.idgov.fake 8099

A program of its own, with the real one's addresses and answers, and a page where one chooses which
invented person one is. It holds no state but what its codes and tokens say, and knows no secret:
whoever asks is believed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from itertools import count
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from stdnum.ua import edrpou, rntrc

CLIENT_ID, CLIENT_SECRET = "viche-demo", "viche-demo-secret"
_WORDS = {"dig_sign": "електронний підпис", "bank_id": "BankID", "mobile_id": "Mobile ID"}

type Start = Callable[[str, list[tuple[str, str]]], Any]


def person_code(born: date, number: int) -> str:
    """A РНОКПП with a right check digit, of nobody."""
    nine = f"{(born - date(1899, 12, 31)).days:05}{number:04}"
    return nine + rntrc.calc_check_digit(nine)


def organisation_code(stem: str) -> str:
    return stem + edrpou.calc_check_digit(stem)


#: Who one can be: key -> what is told of them. The settlement is the demo city's, another one,
#: that of an organisation, or none.
PEOPLE: dict[str, dict[str, str]] = {
    "charlie": {
        "givenname": "КАРПО",
        "lastname": "ЛИСЕНКО",
        "drfocode": person_code(date(1991, 3, 2), 1111),
        "locality": "М. РУДНОГІРСЬК",
    },
    "olena": {
        "givenname": "ОЛЕНА",
        "lastname": "КОВАЛЬ",
        "drfocode": person_code(date(1984, 7, 19), 2222),
        "locality": "м. Заріченськ",
    },
    "firm": {
        "givenname": "ІРИНА",
        "lastname": "САВЧУК",
        "drfocode": person_code(date(1979, 11, 5), 3333),
        "edrpoucode": organisation_code("2100771"),
        "o": "ТОВ «ТЕРАСА НА БУЛЬВАРІ КАШТАНОВОМУ»",
        "locality": "м. Рудногірськ",
    },
    "pupil": {
        "givenname": "МАРКО",
        "lastname": "ТИХИЙ",
        "drfocode": person_code(date(2011, 1, 15), 4444),
    },
    "nameless": {"givenname": "ЯВДОХА", "lastname": "БЕЗКОДНА"},
}

_numbers = count(1)
#: Codes given out and tokens alive: each code works once, as the real ones do.
_codes: dict[str, tuple[str, str]] = {}
_tokens: dict[str, tuple[str, str]] = {}


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """The WSGI application."""
    query = {name: values[-1] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    page = {
        "/": _choose,
        "/chosen": _answer_choice,
        "/get-access-token": _token,
        "/get-user-info": _info,
        "/get-user-logout": _logout,
    }.get(environ["PATH_INFO"])
    if page is None:
        return _answer(start_response, "404 Not Found", "text/plain", "немає такої сторінки")
    return page(query, start_response)


def _choose(query: dict[str, str], start: Start) -> Iterable[bytes]:
    """The page to which the site sends people."""
    if query.get("response_type") != "code" or query.get("client_id") != CLIENT_ID:
        return _answer(start, "400 Bad Request", "text/plain", "невідомий сайт")
    kept = {name: query.get(name, "") for name in ("state", "redirect_uri")}
    rows = []
    for key, person in PEOPLE.items():
        ways = " · ".join(
            f'<a href="/chosen?{escape(urlencode({**kept, "who": key, "auth_type": way}))}">'
            f"{escape(_WORDS[way])}</a>"
            for way in query.get("auth_type", "").split(",")
            if way in _WORDS
        )
        name = f"{person['givenname'].title()} {person['lastname'].title()}"
        where = person.get("locality", "населений пункт не вказано")
        rows.append(f"<li>{escape(name)} ({escape(where)}): {ways}</li>")
    cancel = escape(f"/chosen?{urlencode(kept)}")
    body = (
        '<!DOCTYPE html><html lang="uk"><meta charset="utf-8"><title>Несправжній id.gov.ua</title>'
        "<main><h1>Несправжній id.gov.ua</h1><p>Лише для показу: люди вигадані.</p>"
        f'<ul>{"".join(rows)}</ul><p><a href="{cancel}">Скасувати</a></p></main></html>'
    )
    return _answer(start, "200 OK", "text/html; charset=utf-8", body)


def _answer_choice(query: dict[str, str], start: Start) -> Iterable[bytes]:
    """Back to the site, with a code that works once; or with word that it was cancelled."""
    back = query.get("redirect_uri", "")
    if urlsplit(back).scheme not in ("http", "https"):
        return _answer(start, "400 Bad Request", "text/plain", "немає куди вертатися")
    told = {"state": query.get("state", "")}
    if query.get("who") in PEOPLE:
        code = f"code-{next(_numbers)}"
        _codes[code] = (query["who"], query.get("auth_type", "bank_id"))
        told["code"] = code
    else:
        told["error"] = "access_denied"
    start("302 Found", [("Location", f"{back}?{urlencode(told)}")])
    return [b""]


def _token(query: dict[str, str], start: Start) -> Iterable[bytes]:
    right = (query.get("client_id"), query.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
    who = _codes.pop(query.get("code", ""), None) if right else None
    if who is None or query.get("grant_type") != "authorization_code":
        return _json(start, {"error": "invalid_grant", "message": "код недійсний"})
    token = f"token-{next(_numbers)}"
    _tokens[token] = who
    told = {"access_token": token, "token_type": "bearer", "expires_in": 600}
    return _json(start, {**told, "refresh_token": f"refresh-{token}", "user_id": who[0]})


def _info(query: dict[str, str], start: Start) -> Iterable[bytes]:
    known = _tokens.get(query.get("access_token", ""))
    if known is None or known[0] != query.get("user_id"):
        return _json(start, {"error": "invalid_token", "message": "токен недійсний"})
    key, way = known
    told = {
        "issuer": "ТОВ «Вигаданий надавач»",
        "auth_type": way,
        "isqscd": "1" if way == "dig_sign" else "0",
        **PEOPLE[key],
    }
    asked = query.get("fields", "").split(",")
    return _json(start, {name: value for name, value in told.items() if name in asked})


def _logout(query: dict[str, str], start: Start) -> Iterable[bytes]:
    _tokens.pop(query.get("access_token", ""), None)
    return _json(start, {"success": True})


def _json(start: Start, told: dict[str, Any]) -> Iterable[bytes]:
    return _answer(start, "200 OK", "application/json", json.dumps(told, ensure_ascii=False))


def _answer(start: Start, status: str, kind: str, body: str) -> Iterable[bytes]:
    content = body.encode()
    start(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
    return [content]


class _Server(ThreadingMixIn, WSGIServer):
    """With a thread for each connection: browsers open some that they do not use."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """The addresses hold codes and tokens."""


def _end_with(parent: int) -> None:
    """End this program when the one that started it is gone: an interrupted test run, a demo."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main(port: int) -> None:
    """Serve on this machine alone, until it is stopped or whoever started it has ended."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with make_server("127.0.0.1", port, application, _Server, _Quiet) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
