"""`bin/serve`: the production layout on one machine, behind a reverse proxy.

Pages by granian (WSGI), sockets by uvicorn (ASGI), jobs by procrastinate; each is started again
when it dies. All are stateless: run as many of these as you like, on as many machines.
"""

import contextlib
import ipaddress
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cli import install
from cli.council import check_council
from cli.ground import (
    PYTHON,
    ROOT,
    Trouble,
    port_from_environment,
    require_free_port,
    say,
    warn,
)
from cli.processes import Child, Family

TRUE = {"1", "true", "yes", "on", "y", "ok", "t"}  # as django-environ reads them
LONGEST_PAUSE = 30  # seconds before a process that keeps dying is started again
STEADY_AFTER = 60  # seconds of life after which its next death counts as the first


MODES = {  # what each one does: install, migrate, serve
    "": (True, True, True),
    "--install": (True, False, False),
    "--migrate": (False, True, False),
    "--prepare": (True, True, False),
    "--no-prepare": (False, False, True),
}


def main(arguments: list[str]) -> int:
    """Serves until it is told to stop. Raises Trouble for what an administrator can mend."""
    mode = " ".join(arguments)
    if mode not in MODES:
        raise Trouble(f"takes one of {', '.join(filter(None, MODES))}, not {mode!r}.")
    install_first, migrate_first, serve = MODES[mode]
    env = dict(os.environ)
    with Family() as family:
        if migrate_first or serve:
            _require_production(env)
        if install_first:
            _install(env)
        if migrate_first:
            _run("The database", [PYTHON, ROOT / "bin/cli/prepare.py"], direct(env))
        if serve:
            _serve(family, env)
    return 0


def _serve(family: Family, env: dict[str, str]) -> None:
    host = env.get("HOST") or "127.0.0.1"
    port = port_from_environment("PORT", 8000)
    live_port = port_from_environment("LIVE_PORT", 8001)
    if not PYTHON.exists():
        raise Trouble("Nothing is installed yet: run bin/serve --install first.")
    require_free_port(host, port, "PORT")
    require_free_port(host, live_port, "LIVE_PORT")
    say(f"Pages on {host}:{port}, sockets on {host}:{live_port}.")
    programs: dict[str, list[str | Path]] = {
        "pages": _pages(env, host, port),
        "sockets": _sockets(host, live_port),
        "jobs": [
            *(PYTHON, "manage.py", "procrastinate", "worker"),
            *("--concurrency", "4", "--shutdown-graceful-timeout", "20"),
        ],
    }
    with _metrics_folder(env) as more:
        keep_alive(family, programs, {**env, **more})


@contextlib.contextmanager
def _metrics_folder(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """The variable that names a new folder in which processes count for /metrics, where it is on.

    In memory: a file that is mapped and cannot grow on a full disk ends its process.
    """
    if not env.get("METRICS_ALLOWED"):
        yield {}
        return
    places = [env.get("RUNTIME_DIRECTORY", ""), "/dev/shm"]  # noqa: S108 (a new folder within)
    place = next((one for one in places if one and os.access(one, os.W_OK)), None)
    with tempfile.TemporaryDirectory(prefix="viche-metrics-", dir=place) as folder:
        yield {"PROMETHEUS_MULTIPROC_DIR": folder}


def _require_production(env: dict[str, str]) -> None:
    """Refuses settings that would expose a council. Raises Trouble."""
    if env.get("DEBUG", "").lower() in TRUE or env.get("DEMO", "").lower() in TRUE:
        raise Trouble("DEBUG and DEMO show secrets to visitors: unset them (or use bin/demo).")
    key = env.get("SECRET_KEY", "")
    if len(key) < 50 or len(set(key)) < 5 or key.startswith(("demo", "django-insecure")):
        raise Trouble(
            "SECRET_KEY must be a secret of 50 or more random characters, e.g. what "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` prints."
        )
    persons = env.get("PERSON_KEY_SECRET", "")
    if len(persons) < 50 or len(set(persons)) < 5 or persons == key or persons.startswith("demo"):
        raise Trouble(
            "PERSON_KEY_SECRET must be another secret of 50 or more random characters: it keeps "
            "people's РНОКПП from being found out, and is never changed."
        )
    if not env.get("DATABASE_URL"):
        raise Trouble("DATABASE_URL must name a PostgreSQL database: postgres://user:pw@host/name.")
    if env.get("PGBOUNCER", "").lower() in TRUE and not env.get("LIVE_DATABASE_URL"):
        raise Trouble(
            "LIVE_DATABASE_URL must name PostgreSQL itself where DATABASE_URL leads to PgBouncer: "
            "no signal of a change comes through that."
        )
    if not env.get("ALLOWED_HOSTS"):
        raise Trouble("ALLOWED_HOSTS must name the site's host names, e.g. viche.misto.gov.ua.")
    if not re.fullmatch(r"https?://[^\s/]+/?", env.get("SITE_URL", "")):
        raise Trouble("SITE_URL must be the public address, e.g. https://viche.misto.gov.ua.")
    if not env.get("EMAIL_URL"):
        raise Trouble(
            "EMAIL_URL must name the mail server, or nobody gets a code to sign in; on a trial "
            "machine consolemail:// writes mails to the log instead."
        )
    _require_observing(env)
    check_council(env)


def _require_observing(env: dict[str, str]) -> None:
    """Refuses settings of logs and figures that make no sense. Raises Trouble."""
    if env.get("LOG_FORMAT", "") not in ("", "text", "json"):
        raise Trouble(f"LOG_FORMAT must be text or json, not {env['LOG_FORMAT']!r}.")
    for network in filter(None, env.get("METRICS_ALLOWED", "").split(",")):
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise Trouble(
                f"METRICS_ALLOWED must name addresses or networks, e.g. 10.0.0.5; not {network!r}."
            ) from None


def direct(env: dict[str, str]) -> dict[str, str]:
    """The settings of what needs connections of its own, to PostgreSQL itself: jobs, which listen
    and hold locks, and migrations."""
    if not env.get("LIVE_DATABASE_URL"):
        return env
    return {
        **env,
        "DATABASE_URL": env["LIVE_DATABASE_URL"],
        "POOLED_DATABASE_URL": env["DATABASE_URL"],
        "PGBOUNCER": "0",
    }


def _install(env: dict[str, str]) -> None:
    """Packages, assets, catalogues, and the static files under hashed names. Raises Trouble."""
    install.everything("base")
    if env.get("SENTRY_DSN"):
        install.also("sentry")
    _run(
        "The static files",
        [PYTHON, "manage.py", "collectstatic", "--no-input", "--clear", "--verbosity", "0"],
        # Collecting signs nothing: a container can be built without the site's secrets.
        {"SECRET_KEY": "collecting", "PERSON_KEY_SECRET": "collecting", **env},
    )


def _run(what: str, command: list[str | Path], env: dict[str, str]) -> None:
    if subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode:
        raise Trouble(f"{what} could not be prepared; the lines above say why.")


def _pages(env: dict[str, str], host: str, port: int) -> list[str | Path]:
    workers = env.get("WORKERS") or str(os.cpu_count() or 1)
    # A thread waits while PostgreSQL flushes a commit or a password's turn to be hashed comes.
    threads = env.get("THREADS") or "8"
    return [
        *(PYTHON, "-m", "granian", "config.wsgi:application", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--http", "1", "--no-ws"),
        *("--workers", workers, "--blocking-threads", threads),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        *("--log-level", "warning"),
    ]


def _sockets(host: str, port: int) -> list[str | Path]:
    return [
        *(PYTHON, "-m", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port)),
        # Compression costs 35 MB for a thousand sockets and most of the CPU of a broadcast.
        *("--ws-per-message-deflate", "false", "--ws-max-size", "65536"),
        # Whose word about a client's address counts is decided by TRUSTED_PROXIES alone.
        "--no-proxy-headers",
        *("--no-server-header", "--no-access-log", "--log-level", "warning"),
        *("--timeout-graceful-shutdown", "5"),
    ]


def keep_alive(
    family: Family,
    programs: dict[str, list[str | Path]],
    env: dict[str, str],
) -> None:
    """Starts the programs, and each again when it dies; returns only by a stop signal (Stopped).

    A program that keeps dying is started after 1, 2, 4 … 30 seconds.
    """

    def start(name: str) -> Child:
        more = {"VICHE_PROCESS": name}
        if name == "sockets":
            more["LIVE_ONLY"] = "1"  # pages are not its business
        given = direct(env) if name == "jobs" else env
        return family.start(name, programs[name], env={**given, **more}, grace=25)

    due: dict[str, float] = {}
    pause = dict.fromkeys(programs, 0.5)
    for name in programs:
        start(name)
    while True:
        for child in family.ended():
            steady = time.monotonic() - child.started >= STEADY_AFTER
            pause[child.name] = 1 if steady else min(pause[child.name] * 2, LONGEST_PAUSE)
            due[child.name] = time.monotonic() + pause[child.name]
            warn(
                f"{child.name} ended with code {child.exit_code}; "
                f"starting again in {pause[child.name]:.0f} s."
            )
        for name in [name for name, when in due.items() if time.monotonic() >= when]:
            del due[name]
            start(name)
        time.sleep(0.2)
