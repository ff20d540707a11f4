"""Whatever a command starts ends with it."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings

from .conftest import alive, processes_of, restore_hangup, wait_until

# A command with a child that has a child, and one that does not listen to SIGTERM.
COMMAND = r"""
import os, sys
sys.path.insert(0, "bin")
from cli.processes import ChildProcesses, Stopped
with ChildProcesses() as processes:
    processes.start("parent", ["sh", "-c", "sleep 600 & sleep 600"], env={"PATH": "/usr/bin:/bin"})
    processes.start("deaf", ["sh", "-c", "trap '' TERM; echo deaf; exec sleep 600"],
                 env={"PATH": "/usr/bin:/bin"}, grace=0.3)
    os.write(1, b"started\n")  # whole, beside what the child says
    try:
        processes.wait_for_end()
    except Stopped:
        os.write(1, b"stopped\n")
"""


@pytest.fixture
def command():
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=restore_hangup,
    )
    heard = {process.stdout.readline(), process.stdout.readline()}
    assert heard == {"started\n", "deaf\n"}
    processes = processes_of(process.pid)
    yield process
    for left in alive(processes):
        left.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_signal_leaves_no_process(command, number):
    processes = processes_of(command.pid)
    assert len(processes) == 5
    command.send_signal(number)
    assert command.wait(20) == 0
    assert command.stdout.read() == "stopped\n"
    assert alive(processes) == []


def shells(processes):
    return [process for process in processes if process.name() == "sh"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a parent's death")
def test_killed_command_takes_its_children_along(command):
    children = processes_of(command.pid)[0].children()
    wait_until(lambda: len(shells(children)) == 1, 5, "the deaf one has become its sleep")
    listening = shells(children)
    command.kill()
    command.wait()
    wait_until(lambda: not alive(listening), 5, "the child ends after its parent was killed")
