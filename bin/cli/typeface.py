"""`bin/typeface`: the site's typeface, cut down to the characters that its pages are written in."""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from cli.clone import ROOT, UserError, info

PACKAGE = "@fontsource/arsenal@5.3.0"
INTEGRITY = (
    "Vrd5aEEr+E7C1pFyeYHJLQSBNT6mXX7KWWeTDWDirannW5DQXMAqP2Y7WDGG8B6ra+fRqnZ7SomZREYm4UrvQQ=="
)
TOOLS = ("fonttools==4.68.0", "brotli==1.2.1")
FONTS = ROOT / "static/fonts"
PRINTED = ROOT / "core/export/prints/fonts"
WEIGHTS = ("400", "700")


def main(arguments: list[str]) -> int:
    """Writes the files of both weights and their licence. Raises UserError."""
    if arguments:
        raise UserError("takes no arguments.")
    if not shutil.which("npm"):
        raise UserError("needs npm.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = _tools(folder)
        package = _package(folder)
        for fonts in (FONTS, PRINTED):
            fonts.mkdir(exist_ok=True)
            shutil.copy(package / "LICENSE", fonts / "OFL.txt")
        for weight in WEIGHTS:
            both = FONTS / f"arsenal-{weight}.woff2", PRINTED / f"arsenal-{weight}.ttf"
            subset = Path(__file__).with_name("typeface_subset.py")
            subprocess.run([python, subset, package / "files", weight, *both], check=True)
            for made in both:
                info(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes")
    return 0


def _tools(folder: Path) -> Path:
    python = folder / "tools/bin/python"
    subprocess.run([sys.executable, "-m", "venv", folder / "tools"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *TOOLS], check=True)
    return python


def _package(folder: Path) -> Path:
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    [packed] = folder.glob("*.tgz")
    if base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() != INTEGRITY:
        raise UserError(f"{PACKAGE} is not what it was: its digest differs.")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"
