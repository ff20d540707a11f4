"""The commands in `bin/`, by name: `python bin/cli demo`.

Standard library only, because it runs before anything is installed.
"""

import errno
import importlib
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from cli.clone import UserError  # noqa: E402 (needs the path above)
from cli.processes import Stopped  # noqa: E402

COMMANDS = {
    "demo": "cli.demo",
    "serve": "cli.serve",
    "test": "cli.testing",
    "check": "cli.checking",
    "manage": "cli.managing",
    "messages": "cli.messages",
    "bench": "cli.benching",
    "typeface": "cli.typeface",
}


def main(arguments: list[str]) -> int:
    """Runs the command and answers its exit code; whatever a person can mend is one sentence."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        print(f"usage: python bin/cli {{{','.join(COMMANDS)}}}", file=sys.stderr)
        return 2
    try:
        code: int = importlib.import_module(COMMANDS[name]).main(rest)
        return code
    except UserError as error:
        sentence = str(error)
    except Stopped:
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sentence = f"The disk is full: nothing more can be written to {error.filename or 'it'}."
    print(f"bin/{name}: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
