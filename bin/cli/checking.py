"""`bin/check`: everything that can be judged without running the product."""

import contextlib
import os
import resource
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

from cli import install, postgres
from cli.clone import PYTHON, ROOT, UserError, info
from cli.processes import ChildProcesses

# What a production machine would have.
PRODUCTION = {
    "SECRET_KEY": "checked-without-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz",
    "PERSON_KEY_SECRET": "checked-without-persons-0123456789-abcdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://viche.example",
    "ALLOWED_HOSTS": "viche.example",
    "TRUSTED_PROXIES": "127.0.0.1",
    "EMAIL_URL": "smtp://mail.viche.example",
    "DEBUG": "0",
}
DEVELOPMENT = {**PRODUCTION, "DEBUG": "1"}


def main(arguments: list[str]) -> int:
    """Runs the checks named, or all; answers 1 and lists the failed ones if any failed."""
    if unknown := set(arguments) - set(CHECKS):
        raise UserError(f"knows {', '.join(CHECKS)}; not {' '.join(sorted(unknown))}.")
    failures = []
    with ChildProcesses() as processes:
        install.everything("dev")
        with _database(processes) as url:
            os.environ["DATABASE_URL"] = url
            for name in arguments or CHECKS:
                info(f"· {name}")
                if not CHECKS[name]():
                    failures.append(name)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    info(f"{used.ru_utime + used.ru_stime:.0f} CPU seconds.")
    if failures:
        raise UserError(f"failed: {', '.join(failures)}.")
    info("All checks passed.")
    return 0


def _database(processes: ChildProcesses) -> contextlib.AbstractContextManager[str]:
    """Django's own checks ask the server for its version."""
    if given := os.environ.get("DATABASE_URL"):
        return contextlib.nullcontext(given)
    return postgres.throwaway(processes)


def _module(*command: str | Path, env: dict[str, str] = DEVELOPMENT) -> bool:
    """Runs a module of the environment (`python -m …`) in the terminal; true if it is content."""
    return not subprocess.run(
        [PYTHON, "-m", *command], cwd=ROOT, env={**os.environ, **env}
    ).returncode


def _manage(*command: str, env: dict[str, str] = DEVELOPMENT) -> bool:
    return not subprocess.run(
        [PYTHON, "-W", "ignore::DeprecationWarning", "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, **env},
    ).returncode


def apps() -> list[str]:
    """The Python packages of the product, as the import contract names them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return list(contract["root_packages"])


def typed_files() -> list[Path]:
    """What mypy checks of the apps: every file but migrations."""
    files = [path for app in apps() for path in sorted((ROOT / app).rglob("*.py"))]
    return [path for path in files if "migrations" not in path.parts]


def _are_commands_typed() -> bool:
    """The commands of `bin/` themselves, strictly; apart, for their package has another root."""
    strict = ("--strict", "--explicit-package-bases", "--no-error-summary")
    return _module("mypy", *strict, "bin/cli", "manage.py", env={**DEVELOPMENT, "MYPYPATH": "bin"})


def _dependencies() -> bool:
    """Licences of what the lock files pin, and the bill of materials."""
    return not subprocess.run([PYTHON, "bin/cli/dependencies.py"], cwd=ROOT).returncode


def _layers() -> bool:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [PYTHON, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        info(done.stdout)
    return not done.returncode


CHECKS: dict[str, Callable[[], bool]] = {
    "ruff": lambda: _module("ruff", "check", "--quiet"),
    "format": lambda: _module("ruff", "format", "--check", "--quiet"),
    "djlint": lambda: _module("djlint", "--lint", "--quiet", "templates"),
    "mypy": lambda: _module("mypy", "--no-error-summary", *typed_files()) and _are_commands_typed(),
    "layers": _layers,
    "dependencies": _dependencies,
    "migrations": lambda: _manage("makemigrations", "--check", "--dry-run"),
    "deploy": lambda: _manage("check", "--deploy", "--fail-level", "WARNING", env=PRODUCTION),
    "catalogues": lambda: _module(
        "pytest", "-q", "--no-header", "tests/architecture/test_texts.py"
    ),
}
