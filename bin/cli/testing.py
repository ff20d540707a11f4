"""`bin/test`: pytest on a PostgreSQL of its own."""

import os
import shutil
import subprocess

from cli import changes, install, nightly, postgres, template
from cli.clone import PYTHON, ROOT, UserError, info
from cli.processes import ChildProcesses, Stopped

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
#: Chromium without what only a window needs; it takes a quarter less of the processor.
SHELL = "chromium-headless-shell"


def main(arguments: list[str]) -> int:
    """Answers pytest's exit code; pytest's summary is the last line. Raises UserError."""
    revision, arguments = _since(arguments)
    with ChildProcesses() as processes:
        install.everything("dev")
        if revision and not {"--all", "--nightly"} & set(arguments):
            chosen = changes.choose(revision)
            if not chosen:
                info(f"Nothing has changed since {revision}.")
                return 0
            arguments = [*chosen, *arguments]
        if "--nightly" in arguments and shutil.which("java"):
            install.browser_assets(html_checker=True)
        env = {**os.environ, "DEBUG": "1"}
        # Tests start the product a hundred times: it is compiled once, whatever the machine wishes.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        by_shell, by_browser = env | _browser(SHELL, *BROWSERS), env | _browser(*BROWSERS, SHELL)
        if "CHROMIUM" not in by_shell:
            info(
                "No Chromium on PATH: the tests in a browser (tests/journeys and tests/pages, "
                "above all) are skipped; on Debian: apt-get install chromium, elsewhere: "
                "CHROMIUM=/path/to/it."
            )
        if "--nightly" not in arguments:
            workers = 2 if revision else _workers(arguments)
            return _run(processes, arguments, by_shell, workers=workers)
        if _named(arguments):
            return _run(processes, arguments, by_browser, workers=_workers(arguments))
        return nightly.run(
            arguments,
            lambda part, whole: _run(processes, part, by_browser if whole else by_shell, workers=2),
        )


def _since(arguments: list[str]) -> tuple[str, list[str]]:
    """The revision of `--since`, "" without it, and the other arguments. Raises UserError."""
    others = list(arguments)
    for place, argument in enumerate(arguments):
        if argument.startswith("--since="):
            del others[place]
            return argument.partition("=")[2], others
        if argument == "--since":
            if place + 1 == len(arguments):
                raise UserError("--since needs a revision: bin/test --since main.")
            del others[place : place + 2]
            return arguments[place + 1], others
    return "", others


def _run(
    processes: ChildProcesses, arguments: list[str], env: dict[str, str], *, workers: int
) -> int:
    """One run of pytest, on servers of its own or on the DATABASE_URL that was given."""
    if env.get("DATABASE_URL"):
        return _pytest(arguments, env)
    workers = int(os.environ.get("TEST_WORKERS") or workers)
    if workers > 1:
        arguments = [*arguments, f"--numprocesses={workers}", "--dist=loadfile"]
        arguments += ["--max-worker-restart=0"]
    with postgres.copies(processes, template.ensure(), workers) as servers:
        theirs = {
            "DATABASE_URL": servers[0][0],
            "TEST_DATABASE_URLS": " ".join(url for url, _ in servers),
            "TEST_DATABASE_READY": "1",
            "TEST_SERVERS": " ".join(str(pid) for _, pid in servers),
            "TEST_RUNNER": str(os.getpid()),
        }
        return _pytest(arguments, env | theirs)


def _pytest(arguments: list[str], env: dict[str, str]) -> int:
    """Runs pytest in the terminal; a stop signal lets it tear down and say its summary."""
    process = subprocess.Popen([PYTHON, "-m", "pytest", *arguments], cwd=ROOT, env=env)
    try:
        return process.wait()
    except Stopped:
        process.terminate()
        return process.wait()


def _workers(arguments: list[str]) -> int:
    """Two where many tests run; one where paths are named, or somebody looks into a test."""
    alone = {"--pdb", "--trace", "-s", "--capture=no", "--collect-only", "--co"}
    return 1 if _named(arguments) or alone & set(arguments) else 2


def _named(arguments: list[str]) -> bool:
    return any((ROOT / argument.split("::")[0]).exists() for argument in arguments)


def _browser(*names: str) -> dict[str, str]:
    """The setting CHROMIUM: as it was given, or the first of these programs that is installed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return {"CHROMIUM": found} if found else {}
