"""`bin/serve`: the production servers, behind a reverse proxy.

Pages by granian (WSGI), sockets by uvicorn (ASGI), jobs by procrastinate. `bin/serve pages` (or
`sockets`, `jobs`) becomes that program: so the systemd units and the compose file start each one,
and supervise it. Without a name all three run in the foreground, as in a single container.
All are stateless: run as many of them as you like, on as many machines.
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
from typing import NoReturn

from cli import install
from cli.clone import (
    PYTHON,
    ROOT,
    UserError,
    info,
    port_from_environment,
    require_free_port,
    warn,
)
from cli.council import check_council
from cli.processes import ChildProcesses

TRUE = {"1", "true", "yes", "on", "y", "ok", "t"}  # as django-environ reads them
#: Seconds before a program that has ended is started again: doubled each time, to the longest,
#: and back to the first when it has run for that long.
PAUSE, LONGEST_PAUSE = 1, 30
PROGRAMS = ("pages", "sockets", "jobs")


MODES = {  # what each one does: install, migrate, serve
    "": (True, True, True),
    "--install": (True, False, False),
    "--migrate": (False, True, False),
    "--prepare": (True, True, False),
    "--no-prepare": (False, False, True),
}


def main(arguments: list[str]) -> int:
    """Serves until it is told to stop. Raises UserError for what an administrator can mend."""
    mode = " ".join(arguments)
    if mode not in (*MODES, *PROGRAMS):
        raise UserError(
            f"takes one of {', '.join([*PROGRAMS, *filter(None, MODES)])}, not {mode!r}."
        )
    env = dict(os.environ)
    if mode in PROGRAMS:
        _require_production(env)
        _require_no_owner(env)
        _become(mode, env)
    install_first, migrate_first, serve = MODES[mode]
    if serve:
        _require_no_owner(env)
    with ChildProcesses() as processes:
        if migrate_first or serve:
            _require_production(env)
        if install_first:
            _install(env)
        if migrate_first:
            _run("The database", [PYTHON, ROOT / "bin/cli/prepare.py"], direct(env))
        if serve:
            _serve(processes, env)
    return 0


def _become(name: str, env: dict[str, str]) -> NoReturn:
    """Replaces this process by one of the programs: whoever supervises it has no one in between."""
    command, its_env = _program(name, env)
    if not env.get("METRICS_ALLOWED"):
        its_env.pop("PROMETHEUS_MULTIPROC_DIR", None)
    os.chdir(ROOT)
    os.execve(PYTHON, [str(part) for part in command], its_env)  # noqa: S606 (no shell is wanted)


def _serve(processes: ChildProcesses, env: dict[str, str]) -> NoReturn:
    """Runs all programs, each again when it ends, until a stop signal (raises Stopped)."""
    with _metrics_folder(env) as more:
        programs = {name: _program(name, {**env, **more}) for name in PROGRAMS}
        host, port = env.get("HOST") or "127.0.0.1", env.get("PORT") or 8000
        info(f"Pages on {host}:{port}, sockets on {host}:{env.get('LIVE_PORT') or 8001}.")
        for name, (command, its_env) in programs.items():
            processes.start(name, command, env=its_env, grace=25)
        pauses, began = dict.fromkeys(programs, PAUSE), dict.fromkeys(programs, time.monotonic())
        while True:
            ended = processes.wait_for_end()
            name = ended.name
            if time.monotonic() - began[name] > LONGEST_PAUSE:
                pauses[name] = PAUSE
            warn(f"{name} ended with code {ended.exit_code}; starting again in {pauses[name]} s.")
            time.sleep(pauses[name])
            pauses[name] = min(2 * pauses[name], LONGEST_PAUSE)
            command, its_env = programs[name]
            processes.start(name, command, env=its_env, grace=25)
            began[name] = time.monotonic()


def _program(name: str, env: dict[str, str]) -> tuple[list[str | Path], dict[str, str]]:
    """The command and the environment of a program. Raises UserError where it could not start."""
    if not PYTHON.exists():
        raise UserError("Nothing is installed yet: run bin/serve --install first.")
    # glibc gives each thread an arena of its own, and holes in eight of them are a third of a
    # process that serves pages (benchmarks/README.md, memory).
    its_env = {"MALLOC_ARENA_MAX": "2", **env, "VICHE_PROCESS": name}
    if name == "jobs":
        worker: list[str | Path] = [
            *(PYTHON, "manage.py", "procrastinate", "worker"),
            *("--concurrency", "4", "--shutdown-graceful-timeout", "20"),
        ]
        return worker, direct(its_env)
    host = env.get("HOST") or "127.0.0.1"
    variable, default = ("PORT", 8000) if name == "pages" else ("LIVE_PORT", 8001)
    port = port_from_environment(variable, default)
    require_free_port(host, port, variable)
    if name == "pages":
        return _pages(env, host, port), its_env
    return _sockets(host, port), {**its_env, "LIVE_ONLY": "1"}  # pages are not its business


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
    """Refuses settings that would expose a council. Raises UserError."""
    if env.get("DEBUG", "").lower() in TRUE or env.get("DEMO", "").lower() in TRUE:
        raise UserError("DEBUG and DEMO show secrets to visitors: unset them (or use bin/demo).")
    key = env.get("SECRET_KEY", "")
    if len(key) < 50 or len(set(key)) < 5 or key.startswith(("demo", "django-insecure")):
        raise UserError(
            "SECRET_KEY must be a secret of 50 or more random characters, e.g. what "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` prints."
        )
    persons = env.get("PERSON_KEY_SECRET", "")
    if len(persons) < 50 or len(set(persons)) < 5 or persons == key or persons.startswith("demo"):
        raise UserError(
            "PERSON_KEY_SECRET must be another secret of 50 or more random characters: it keeps "
            "people's РНОКПП from being found out, and is never changed."
        )
    if not env.get("DATABASE_URL"):
        raise UserError(
            "DATABASE_URL must name a PostgreSQL database: postgres://user:pw@host/name."
        )
    if env.get("PGBOUNCER", "").lower() in TRUE and not env.get("LIVE_DATABASE_URL"):
        raise UserError(
            "LIVE_DATABASE_URL must name PostgreSQL itself where DATABASE_URL leads to PgBouncer: "
            "no signal of a change comes through that."
        )
    if not env.get("ALLOWED_HOSTS"):
        raise UserError("ALLOWED_HOSTS must name the site's host names, e.g. viche.misto.gov.ua.")
    if not re.fullmatch(r"https?://[^\s/]+/?", env.get("SITE_URL", "")):
        raise UserError("SITE_URL must be the public address, e.g. https://viche.misto.gov.ua.")
    if not env.get("EMAIL_URL"):
        raise UserError(
            "EMAIL_URL must name the mail server, or nobody gets a code to sign in; on a trial "
            "machine consolemail:// writes mails to the log instead."
        )
    _require_observing(env)
    check_council(env)


def _require_no_owner(env: dict[str, str]) -> None:
    """Refuses to serve with the address of the audit log's owner at hand. Raises UserError."""
    file = env.get("OWNER_DATABASE_URL_FILE", "")
    if env.get("OWNER_DATABASE_URL") or (file and os.access(file, os.R_OK)):
        raise UserError(
            "The service must not know OWNER_DATABASE_URL, or it could change its audit log: give "
            "it to bin/serve --migrate alone, and let another user read the file."
        )


def _require_observing(env: dict[str, str]) -> None:
    """Refuses settings of logs and figures that make no sense. Raises UserError."""
    if env.get("LOG_FORMAT", "") not in ("", "text", "json"):
        raise UserError(f"LOG_FORMAT must be text or json, not {env['LOG_FORMAT']!r}.")
    for network in filter(None, env.get("METRICS_ALLOWED", "").split(",")):
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise UserError(
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
    """Packages, assets, catalogues, and the static files under hashed names. Raises UserError."""
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
        raise UserError(f"{what} could not be prepared; the lines above say why.")


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
