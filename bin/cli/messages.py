"""`bin/messages`: the catalogues follow the sources."""

import os
import subprocess

from cli import install
from cli.clone import PYTHON, ROOT, UserError


def main(arguments: list[str]) -> int:
    """Adds new texts to locale/, drops old ones, compiles. Raises UserError."""
    if arguments:
        raise UserError("takes no arguments.")
    install.everything("dev")
    env = {**os.environ, "DEBUG": "1"}
    code = subprocess.run([PYTHON, "manage.py", "makemessages"], cwd=ROOT, env=env).returncode
    install.catalogues()
    return code
