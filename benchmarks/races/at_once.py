"""Two calls at the same moment, each on a database connection of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Barrier

from django.db import connection

from assessments.lifecycle import NotNow

Call = Callable[[], object]


class AtOnce:
    """Two threads that wait for each other before each pair of calls."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._barrier = Barrier(2)

    def __call__(self, first: Call, second: Call) -> tuple[bool, bool]:
        """Which of the two went through; False for one that the portal refused. Any other exception is raised."""
        one, other = (self._pool.submit(self._run, call) for call in (first, second))
        wait((one, other))  # neither may still be at it when the next pair is prepared
        return one.result(), other.result()

    def _run(self, call: Call) -> bool:
        self._barrier.wait(timeout=30)
        try:
            call()
        except NotNow:
            return False
        return True

    def close(self) -> None:
        """Each thread closes its own connection."""
        for end in [self._pool.submit(self._hang_up) for _ in range(2)]:
            end.result()

    def _hang_up(self) -> None:
        self._barrier.wait(timeout=30)
        connection.close()


@contextmanager
def two_threads() -> Iterator[AtOnce]:
    """Threads that keep their connections from one pair of calls to the next."""
    with ThreadPoolExecutor(2) as pool:
        at_once = AtOnce(pool)
        try:
            yield at_once
        finally:
            at_once.close()
