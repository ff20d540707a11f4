"""What tests cost: a limit for each test, a budget for each level, the dearest at the end.

CPU seconds are counted, of a test's process, of what it starts and of its PostgreSQL server, since
wall time says more about the other work of a machine. They are scaled by a calibration, which is
printed at the start and repeated during the run: beside other work a processor is slower.

A test may take `LIMIT`; ``@pytest.mark.cpu(seconds)`` allows more, and one marked `long` or
`nightly` may take what it needs. What fixtures of a wider scope take counts as their folder's.

A test that is over its limit fails. Other work on the machine costs CPU seconds, too: a test that
was over by no more than `NEAR` and keeps to its limit in the second run (`--second`) is named in a
list of its own there, and not among those that passed only the second time.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from statistics import mean
from typing import Any

import pytest

from tests.plugins import processor_time
from tests.plugins.levels import folder_of, level

#: CPU seconds that a test may take without a mark.
LIMIT = 3
#: CPU seconds that each test of a folder may take: browsers and servers of several people, and
#: walks through all routes.
FOLDERS = {"access": 15, "attack": 40, "cli": 10, "journeys": 15, "pages": 30, "realtime": 8}
#: CPU seconds of whole runs, by (all, long). A capability may add 60 to the first and 200 to the
#: last, which with bin/check (50 to 75 in a fresh clone) is what .ci/run takes; of 950 and 3,700
#: before them the last that did are the proof of procedures (docs/evidence.md), what a hall lives
#: with (docs/meetings.md), what an attack found with the counts of hot paths (tests/speed), the
#: desk with the way of a text to the lawyer and back, and the registers of the programme.
BUDGETS = {(False, False): 1250, (True, False): 3200, (True, True): 4700}
#: Part of its budget by which a run may be over without failing: the same tests, run twice in a
#: row on one machine, took 78 and 90 CPU seconds of the reference.
NOISE = 0.15
#: Ends of a run: over its budget; over its budget, with tests that failed.
OVER_BUDGET, OVER_BUDGET_AND_FAILED = 6, 7
#: How many tests may pass only the second time.
SECOND_TIME = 2
#: How many may have been a little over their CPU seconds the first time.
NEAR_MISSES = 20
#: Part of its limit by which a test may be over once, beside other work.
NEAR = 0.25
#: Where pytest's cache keeps the tests that were so much over, for the second run.
_NEARLY = "viche/nearly"
#: Where it keeps the line that says why a test failed, for the second run.
_REASONS = "viche/reasons"
_WORKERS = 2
#: Seconds between two calibrations.
_CALIBRATED_EACH = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("viche").addoption(
        "--second",
        action="store_true",
        help="with --last-failed: say what passed only now, and fail where that is more than"
        f" {SECOND_TIME} tests",
    )


def pytest_configure(config: pytest.Config) -> None:
    meter = Meter(config)
    config.pluginmanager.register(meter, "viche-meter")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Bill(config, meter), "viche-bill")


class Meter:
    """Counts each test's CPU seconds in the process that runs it, and fails what is too dear."""

    def __init__(self, config: pytest.Config) -> None:
        servers = os.environ.get("TEST_SERVERS", "").split()
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        self._server = int(servers[worker]) if worker < len(servers) else None
        self._own = self._others = self._looked = 0.0
        self._shared = 0.0
        self._before = 0.0
        self._depth = 0
        self.scales = [processor_time.calibrate()]
        self._calibrated = time.monotonic()
        self._config = config

    def pytest_runtestloop(self) -> None:
        self._spent()

    def pytest_sessionfinish(self) -> None:
        if hasattr(self._config, "workerinput"):
            self._config.workeroutput["scales"] = self.scales

    def _calibrate(self) -> None:
        self.scales.append(processor_time.calibrate())
        self._calibrated = time.monotonic()
        self._own = processor_time.of_this_process()  # no test's

    def _spent(self, *, at_once: bool = True) -> float:
        """CPU seconds since the last call; others' are read when they may have done something."""
        own, now = processor_time.of_this_process(), time.monotonic()
        spent, self._own = own - self._own, own
        if at_once or now > self._looked + 0.2:
            others = processor_time.of_others(self._server)
            spent += max(0, others - self._others)
            self._others, self._looked = others, now
        return spent

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[Any]:
        """What is made for several tests is not a cost of the first of them."""
        if fixturedef.scope == "function" or self._depth:
            return (yield)
        self._depth += 1
        before = self._spent()
        try:
            return (yield)
        finally:
            self._depth -= 1
            self._shared += self._spent()
            self._before += before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[Any]:
        report = yield
        if call.when == "teardown":
            cost = self._before + self._spent(at_once=False)
            report.user_properties += [("cpu", round(cost, 4)), ("shared", round(self._shared, 4))]
            self._before = self._shared = 0
            allowed = self._allowed(item)
            dear = cost > allowed and report.passed
            if dear or time.monotonic() > self._calibrated + _CALIBRATED_EACH:
                self._calibrate()
            if dear and cost > allowed * (scale := max(self.scales[-2:])):
                report.outcome = "failed"
                report.user_properties.append(("near", cost <= allowed * scale * (1 + NEAR)))
                report.longrepr = (
                    f"It took {cost:.1f} CPU seconds; {allowed * scale:.1f} are allowed"
                    f" ({allowed} on the reference machine). Make it cheaper, or allow it more"
                    " by @pytest.mark.cpu(seconds)."
                )
        return report

    def _allowed(self, item: pytest.Item) -> float:
        if item.get_closest_marker("long") or item.get_closest_marker("nightly"):
            return float("inf")
        mark = item.get_closest_marker("cpu")
        return float(mark.args[0]) if mark else FOLDERS.get(folder_of(item), LIMIT)


class Bill:
    """Adds up what all workers' tests cost, and says it."""

    def __init__(self, config: pytest.Config, meter: Meter) -> None:
        self._config = config
        self._scales = meter.scales  # of this process, until workers send theirs
        self._tests: dict[str, float] = {}
        self._folders: Counter[str] = Counter()
        self._numbers: Counter[str] = Counter()
        second = config.getoption("second")
        self._failed = set(config.cache.get("cache/lastfailed", {})) if second else set()
        self._nearly = set(config.cache.get(_NEARLY, [])) if second else set()
        self._nearly_before = frozenset(self._nearly)
        self._reasons: dict[str, str] = config.cache.get(_REASONS, {}) if second else {}
        self._reasons_before = dict(self._reasons)
        self._passed: set[str] = set()
        # Of a night every part is a run.
        self._before = self._spent_in_all() if level(config).nightly else 0

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """A worker has ended: take over its calibrations."""
        if not error and "scales" in node.workeroutput:
            self._scales = [*self._scales, *node.workeroutput["scales"]]

    def pytest_report_header(self) -> list[str]:
        chosen, lines, scale = level(self._config), [], self._scales[0]
        names = [name for name in ("all", "long", "nightly") if getattr(chosen, name)]
        line = f"level: {' '.join(f'--{name}' for name in names) or f'everyday, {chosen.day}'}"
        if (budget := self._budget()) is not None:
            minutes = budget * scale / _WORKERS / 60
            line += f"; about {minutes:.0f} minutes where nothing else runs on two cores"
        lines.append(line)
        lines.append(
            f"calibration: a CPU second of the reference takes {scale:.2f} here;"
            f" a test may take {LIMIT * scale:.1f} CPU seconds without a mark"
        )
        if chosen.nightly:
            lines.append(f"random lives: --seed {chosen.seed}")
        return lines

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        passed = report.nodeid in self._passed  # but for what it cost
        if report.when == "call" and report.passed:
            self._passed.add(report.nodeid)
        elif report.failed:
            self._passed.discard(report.nodeid)
            self._reasons.setdefault(report.nodeid, _reason(report))
        costs = dict(report.user_properties)
        if report.when != "teardown" or "cpu" not in costs:
            return
        self._nearly.discard(report.nodeid)
        if passed and costs.get("near"):
            self._nearly.add(report.nodeid)
        folder = _folder(report.nodeid)
        self._tests[report.nodeid] = costs["cpu"]
        self._folders[folder] += costs["cpu"] + costs["shared"]
        self._numbers[folder] += 1

    def pytest_sessionfinish(self) -> None:
        if self._config.pluginmanager.has_plugin("cacheprovider"):
            self._config.cache.set(_NEARLY, sorted(self._nearly))
            self._config.cache.set(_REASONS, self._reasons)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        say = terminalreporter.write_line
        if len(self._tests) > 20:
            terminalreporter.section("CPU seconds: the dearest tests, and by folder")
            for nodeid, cost in sorted(self._tests.items(), key=lambda item: -item[1])[:20]:
                say(f"{cost:7.1f}  {nodeid}")
            say("")
            for folder, cost in self._folders.most_common():
                say(f"{cost:7.1f}  {folder} ({self._numbers[folder]} tests)")
        if self._tests:
            self._judge(terminalreporter)
        if self._config.getoption("second"):
            self._name_second_time(terminalreporter)

    def _judge(self, terminalreporter: pytest.TerminalReporter) -> None:
        # Processes of a whole Chromium outlive it, and nobody waits for them: what they took is
        # counted by the tests alone.
        total = max(self._spent_in_all() - self._before, sum(self._folders.values()))
        scaled, budget = total / mean(self._scales), self._budget()
        line = f"{total:.0f} CPU seconds in all, {scaled:.0f} on the reference machine"
        terminalreporter.write_line("")
        if budget is None:
            terminalreporter.write_line(line)
        elif scaled <= budget:
            terminalreporter.write_line(f"{line}; the budget of this level is {budget}", green=True)
        elif scaled <= budget * (1 + NOISE):
            terminalreporter.write_line(
                f"{line}: more than the budget of this level, {budget}, by no more than the"
                " measure varies",
                yellow=True,
            )
        else:
            terminalreporter.write_line(
                f"{line}: over the budget of this level, {budget} (tests/plugins/cost.py)", red=True
            )
            session = terminalreporter._session
            if session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = OVER_BUDGET
            elif session.exitstatus == pytest.ExitCode.TESTS_FAILED:
                session.exitstatus = OVER_BUDGET_AND_FAILED

    def _spent_in_all(self) -> float:
        """CPU seconds of `bin/test` with all that it has started; of pytest where that is alone."""
        return processor_time.of_tree(int(os.environ.get("TEST_RUNNER") or os.getpid()))

    def _name_second_time(self, terminalreporter: pytest.TerminalReporter) -> None:
        passed = self._failed & self._passed
        near_misses, second_time = passed & self._nearly_before, passed - self._nearly_before
        for title, names, most in (
            ("a little over their CPU seconds the first time", near_misses, NEAR_MISSES),
            ("passed only the second time", second_time, SECOND_TIME),
        ):
            if names:
                terminalreporter.section(title)
            for name in sorted(names):
                terminalreporter.write_line(name)
                if reason := self._reasons_before.get(name):
                    terminalreporter.write_line(f"    {reason}")
            session = terminalreporter._session
            if len(names) > most and session.exitstatus in (
                pytest.ExitCode.OK,
                pytest.ExitCode.TESTS_FAILED,
            ):
                terminalreporter.write_line(
                    f"That is more than {most}: the run has failed.", red=True
                )
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _budget(self) -> int | None:
        """That of the level, where all of it is run."""
        option, chosen = self._config.option, level(self._config)
        source = pytest.Config.ArgsSource
        partly = option.keyword or option.markexpr or option.lf or option.collectonly
        if partly or self._config.args_source is source.ARGS or chosen.nightly:
            return None
        return BUDGETS.get((chosen.all, chosen.long))


def _reason(report: pytest.TestReport) -> str:
    """One line that says why the test failed: what was raised, or what it cost."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return " ".join((crash.message if crash else str(report.longrepr)).split())[:300]


def _folder(nodeid: str) -> str:
    return "/".join(nodeid.split("::")[0].split("/")[:-1][:2])
