"""Child processes that end with the command that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from cli.clone import ROOT

# Ctrl-C, `kill`, and the terminal that goes away.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A stop signal has come: Ctrl-C, `kill`, a terminal that was closed."""


@dataclass
class Child:
    """One process with a session of its own, so that Ctrl-C reaches only the command itself."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10  # seconds to end by itself before it is killed
    last: bool = False  # ends after the others, which need it

    @property
    def exit_code(self) -> int | None:
        return self.process.poll()


class ChildProcesses:
    """Starts child processes, and ends all of them at the end of its `with` block."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self._starting = False
        self._is_stopped = False
        self._handlers = {number: signal.getsignal(number) for number in STOP_SIGNALS}

    def __enter__(self) -> "ChildProcesses":
        for number, handler in self._handlers.items():
            # nohup's wish is respected; an ignored SIGINT (a shell's `&`) is not.
            if number != signal.SIGHUP or handler != signal.SIG_IGN:
                signal.signal(number, self._stop_signal_came)
        return self

    def __exit__(self, *_: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # the stopping itself is not interrupted
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _stop_signal_came(self, number: int, frame: FrameType | None) -> None:
        self._is_stopped = True
        if not self._starting:
            raise Stopped

    @contextlib.contextmanager
    def _not_interrupted(self) -> Iterator[None]:
        """A signal between fork and bookkeeping would leave a process that nobody knows."""
        self._starting = True
        yield
        self._starting = False
        if self._is_stopped:
            raise Stopped

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: dict[str, str],
        log: Path | None = None,
        cwd: Path = ROOT,
        user: str | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 10,
        last: bool = False,
    ) -> Child:
        """Starts `command`; its output goes to the file `log`, or to the terminal without one.

        `user` (as root only) is the system user it runs as. Raises OSError if it cannot start.
        """
        with contextlib.ExitStack() as files:
            output = None
            if log:
                log.parent.mkdir(parents=True, exist_ok=True)
                output = files.enter_context(log.open("ab"))
            with self._not_interrupted():
                process = subprocess.Popen(
                    command,
                    cwd=cwd,
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT if log else None,
                    start_new_session=True,
                    preexec_fn=_ends_with_parent(stop_signal),
                    **as_user(user),
                )
                child = Child(name, process, stop_signal, grace, last)
                self.children.append(child)
        return child

    def wait_for_end(self) -> Child:
        """Blocks until one of the processes ends by itself, and answers which."""
        while True:
            for child in self.children:
                if child.exit_code is not None:
                    self.children.remove(child)
                    _kill_group(child)
                    return child
            time.sleep(0.2)

    def stop(self) -> None:
        """Ends every process: first those that use others, then those that they use."""
        for last in (False, True):
            ending = [child for child in self.children if child.last is last]
            for child in ending:
                # The number of one that was waited for may be another process's by now.
                if child.process.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(child.process.pid, child.stop_signal)
            for child in ending:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(child.grace)
                _kill_group(child)
                child.process.wait()
        self.children.clear()


def _kill_group(child: Child) -> None:
    """Ends what is left of the child's process group, itself included."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)


def _ends_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """What the child does first: ask Linux for `stop_signal` when its parent dies, even by -9."""
    if sys.platform != "linux":
        return None
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(set_parent_death_signal, int(stop_signal))


def as_user(name: str | None) -> dict[str, Any]:
    """The arguments with which `subprocess` runs a program as another system user."""
    return {"user": name, "group": name, "extra_groups": []} if name else {}
