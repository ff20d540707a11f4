"""A real worker for the journeys: what pages have left to it is done, then it ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from procrastinate.contrib.django import app


def work(*queues: str) -> None:
    """Do what waits in these queues: in a thread, for the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_work, queues).result(timeout=60)


def _work(queues: tuple[str, ...]) -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            queues=list(queues), wait=False, install_signal_handlers=False, listen_notify=False
        )
