"""`bin/test --nightly`: the parts of a night, one after the other.

A part can be run alone (`--part pages`). A night that was stopped, or in which a part failed, goes
on with `--resume`: what has passed on the same tree is left out.
"""

import json
import subprocess
import time
from collections.abc import Callable

from cli.clone import LOCAL, ROOT, UserError, digest, info

#: Folders of tests/ by part; the rest of them is the part `apps`.
PARTS = {
    "pages": ("pages",),
    "access": ("access", "attack"),
    "browsers": ("journeys", "realtime"),
    "faults": ("faults",),
}
NAMES = ("apps", *PARTS)
#: Parts that draw each page: what they look at is the same in the headless shell, and cheaper.
BY_SHELL = ("pages", "access")
STATE = LOCAL / "nightly.json"


def run(arguments: list[str], pytest: Callable[[list[str], bool], int]) -> int:
    """Runs the parts asked for and prints how each ended, and in how many minutes.

    ``pytest`` runs the tests of a part, by the whole Chromium if it is told so, and answers its
    exit code. Answers 1 if a part failed. Raises UserError.
    """
    names, arguments = _chosen(arguments)
    tree = _digest()
    passed = _passed_before(tree)
    resume = "--resume" in arguments
    arguments = [argument for argument in arguments if argument != "--resume"]
    ended: list[tuple[str, str]] = []
    for name in names:
        if resume and name in passed:
            ended.append((name, f"passed before, in {passed[name]:.0f} minutes"))
            continue
        info(f"· {name}")
        began = time.monotonic()
        code = pytest([*arguments, *_paths(name)], name not in BY_SHELL)
        minutes = (time.monotonic() - began) / 60
        ended.append((name, f"{'FAILED' if code else 'passed'} in {minutes:.0f} minutes"))
        if not code:
            passed[name] = minutes
            STATE.write_text(json.dumps({"tree": tree, "passed": passed}))
        elif code == 2:  # interrupted
            break
    info("")
    for name, how in ended:
        info(f"{name:<10}{how}")
    return int(any(how.startswith("FAILED") for _, how in ended))


def _chosen(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The parts that are asked for, and the other arguments."""
    if "--part" not in arguments:
        return list(NAMES), arguments
    place = arguments.index("--part")
    name = "".join(arguments[place + 1 : place + 2])
    if name not in NAMES:
        raise UserError(f"--part wants one of {', '.join(NAMES)}.")
    return [name], arguments[:place] + arguments[place + 2 :]


def _paths(part: str) -> list[str]:
    if part in PARTS:
        return [f"tests/{folder}" for folder in PARTS[part]]
    return [f"--ignore=tests/{folder}" for folders in PARTS.values() for folder in folders]


def _passed_before(tree: str) -> dict[str, float]:
    try:
        state = json.loads(STATE.read_text())
    except FileNotFoundError:
        return {}
    passed: dict[str, float] = state["passed"] if state["tree"] == tree else {}
    return passed


def _digest() -> str:
    """Of all files that Git knows, as they are now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        raise UserError("--nightly wants a clone of the repository: Git lists no files here.")
    paths = (ROOT / name for name in sorted(listed.stdout.split("\0")) if name)
    return digest(path for path in paths if path.is_file())
