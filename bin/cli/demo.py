"""`bin/demo`: the whole product with a demo city, on one machine, from one command.

`bin/demo recount 6`: any command of manage.py, with the settings and the database of that city.
"""

import contextlib
import fcntl
import http
import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from cli import install, postgres
from cli.clone import (
    LOCAL,
    LOGS,
    PYTHON,
    ROOT,
    UserError,
    digest,
    failed,
    info,
    port_from_environment,
    require_free_port,
)
from cli.processes import Child, ChildProcesses

HOST = "127.0.0.1"
#: What the demo city was prepared from.
STAMP = LOCAL / "prepared"
#: Commands that get the address of the audit log's owner.
OWNERS = ("migrate", "secure_audit", "trim_audit")
START_LIMIT = 120  # seconds for the web server's first answer


def main(arguments: list[str]) -> int:
    """Serves until Ctrl-C, or runs a command on the demo city. Raises UserError for what a person
    can mend."""
    if arguments and arguments[0].startswith("-"):
        raise UserError(
            "takes no options, only a command of manage.py to run on the demo city; PORT and "
            "DATABASE_URL are read from the environment."
        )
    return _run(arguments) if arguments else _serve()


def _run(command: list[str]) -> int:
    """Runs a command of manage.py and answers its exit code. The database server is that of the
    running demo, or one that is started for as long as it takes."""
    missing = UserError("There is no demo city of these sources yet: start it once, by bin/demo.")
    if not STAMP.exists():
        raise missing
    env = {"DEBUG": "1", **os.environ}
    with contextlib.ExitStack() as alone, ChildProcesses() as processes:
        cluster = None if env.get("DATABASE_URL") else postgres.Cluster(postgres.home())
        if STAMP.read_text() != _preparation(str(cluster.data) if cluster else env["DATABASE_URL"]):
            raise missing
        if cluster:
            if not cluster.is_running():
                alone.enter_context(_alone_in_this_clone())
                cluster.start(processes)
            env["DATABASE_URL"] = cluster.application_url
            if command[0] in OWNERS:
                env["OWNER_DATABASE_URL"] = cluster.url
        return subprocess.run([PYTHON, "manage.py", *command], cwd=ROOT, env=env).returncode


def _serve() -> int:
    port = port_from_environment("PORT", 8000)
    with ChildProcesses() as processes, _alone_in_this_clone():
        require_free_port(HOST, port, "PORT")
        install.everything("demo")
        env = {"DEBUG": "1", **os.environ, "PORT": str(port)}
        if not env.get("DATABASE_URL"):
            cluster = postgres.Cluster(postgres.home())
            cluster.create()
            cluster.start(processes)
            env["DATABASE_URL"] = cluster.application_url
            owner = {"OWNER_DATABASE_URL": cluster.url}
            identity = str(cluster.data)
        else:
            owner = {}
            identity = env["DATABASE_URL"]
        _start_identity_service(processes, env)
        logins = _bring_up(processes, env, port, identity, owner)
        info(f"\nВіче · http://localhost:{port}/\n")
        info(logins)
        info(f"Ctrl-C stops everything. What the servers say: {LOGS.relative_to(ROOT)}/")
        ended = processes.wait_for_end()
        raise failed(f"{ended.name} has ended; {LOGS}/{_log_name(ended)} says why.", LOCAL)


def _bring_up(
    processes: ChildProcesses,
    env: dict[str, str],
    port: int,
    identity: str,
    owner: dict[str, str],
) -> str:
    """Prepares the database and starts the servers; answers what to tell about the logins.

    `owner`: what only the preparation gets, the address of the audit log's owner.

    A database that was ready at the last start very likely still is: then its check and the
    web server's start go side by side, which halves the time to the first page.
    """
    wanted = _preparation(identity)
    ready = STAMP.exists() and STAMP.read_text() == wanted
    if not ready:
        info("Preparing the demo city (once) …")
    output = LOGS / "prepare.out"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("")
    web = _start_web(processes, env, port) if ready else None
    prepare = processes.start(
        "prepare", [PYTHON, ROOT / "bin/cli/prepare.py", "--demo"], env=env | owner, log=output
    )
    while prepare.exit_code is None:
        _still_running(processes, except_for=prepare)
        time.sleep(0.02)
    processes.children.remove(prepare)
    logins = output.read_text().strip()
    if prepare.exit_code:
        raise failed(
            logins.splitlines()[-1] if logins else "The demo city cannot be loaded.", LOCAL
        )
    STAMP.write_text(wanted)
    if not web:
        _start_web(processes, env, port)
    _await_answer(processes, port)
    _start_worker(processes, env)  # last: it would only take the web server's time
    _start_keys(processes, env)
    return logins


def _preparation(identity: str) -> str:
    """A stamp of everything that can make preparing necessary: migrations, packages, content."""
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/management/commands/load_demo.py")]
    return digest([*sorted(sources), *sorted(ROOT.glob("requirements/*.txt"))], salt=identity)


def _start_web(processes: ChildProcesses, env: dict[str, str], port: int) -> Child:
    return processes.start(
        "The web server",
        [
            *(PYTHON, "-m", "daphne", "config.asgi:application", "--bind", HOST),
            *("--port", str(port), "--no-server-name", "--application-close-timeout", "2"),
        ],
        env=env,
        log=_fresh(LOGS / "web.log"),
    )


def _start_identity_service(processes: ChildProcesses, env: dict[str, str]) -> None:
    """The stand-in for id.gov.ua, unless the environment names another one (docs/identity.md)."""
    if env.get("IDGOV_URL"):
        return
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    processes.start(
        "The identity service",
        [PYTHON, "-m", "accounts.identity.idgov.fake", str(port)],
        env=env,
        log=_fresh(LOGS / "identity.log"),
    )
    env |= {
        "IDGOV_URL": f"http://{HOST}:{port}",
        "IDGOV_CLIENT_ID": "viche-demo",
        "IDGOV_CLIENT_SECRET": "viche-demo-secret",
    }


def _start_worker(processes: ChildProcesses, env: dict[str, str]) -> Child:
    return processes.start(
        "The job worker",
        [PYTHON, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "5"],
        env=env,
        log=_fresh(LOGS / "worker.log"),
    )


def _start_keys(processes: ChildProcesses, env: dict[str, str]) -> Child:
    """What keeps the server's own keys of secret polls (docs/deploy.md)."""
    return processes.start(
        "The keeper of keys",
        [PYTHON, "manage.py", "ballot_keys"],
        env=env,
        log=_fresh(LOGS / "keys.log"),
    )


def _log_name(child: Child) -> str:
    return {
        "The web server": "web.log",
        "The job worker": "worker.log",
        "The keeper of keys": "keys.log",
        "The identity service": "identity.log",
        "PostgreSQL": "postgres.log",
    }[child.name]


def _fresh(log: Path) -> Path:
    log.unlink(missing_ok=True)
    return log


def _await_answer(processes: ChildProcesses, port: int) -> None:
    """Waits until the web server answers a request. Raises UserError if it ends or never does."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        _still_running(processes)
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            status = connection.getresponse().status
            if status < 500:
                return
            if status != http.HTTPStatus.SERVICE_UNAVAILABLE:  # not "not yet", but broken
                break
        connection.close()
        time.sleep(0.05)
    raise UserError(f"The web server does not answer as it should; {LOGS}/web.log says why.")


def _still_running(processes: ChildProcesses, except_for: Child | None = None) -> None:
    for child in processes.children:
        if child is not except_for and child.exit_code is not None:
            raise failed(f"{child.name} has ended; {LOGS}/{_log_name(child)} says why.", LOCAL)


@contextlib.contextmanager
def _alone_in_this_clone() -> Iterator[None]:
    """Two demos in one clone would share one database server: the second is refused."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UserError("The demo of this clone is already running; stop it first.") from None
        yield
