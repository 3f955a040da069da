"""What can go wrong on the server's side, on purpose."""

import time
from collections.abc import Callable
from random import Random

from django.db import DatabaseError, connection

from benchmarks.databases import Database
from benchmarks.load.server import Server

WORKER_KILLS, CONNECTION_KILLS, CRASHES = 20, 10, 3
BUSY_FIRST = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid()
    order by (state = 'idle'), random() limit 1
"""

Fault = Callable[[], None]


def all_faults(server: Server, database: Database, chance: Random) -> list[Fault]:
    """In an order of chance. Only a database server has connections to kill; a SQLite file crashes with its users."""
    kinds: list[Fault] = [lambda: kill_a_worker(server, chance)] * WORKER_KILLS
    if database.is_server:
        kinds += [kill_a_connection] * CONNECTION_KILLS + [database.crash] * CRASHES
    else:
        kinds += [server.kill_all] * CRASHES
    chance.shuffle(kinds)
    return kinds


def kill_a_worker(server: Server, chance: Random) -> None:
    """SIGKILL, in the middle of whatever it does."""
    workers = server.workers
    if workers:
        server.kill(chance.choice(workers))


def kill_a_connection() -> None:
    """The backend of one connection, one in the middle of a statement or transaction if there is any."""
    for _ in range(50):
        try:
            with connection.cursor() as cursor:
                cursor.execute(BUSY_FIRST)
            return
        except DatabaseError:  # it has just crashed
            time.sleep(0.2)
        finally:
            connection.close()
