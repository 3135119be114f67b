"""Work on a Dask cluster, through joblib: the same items, the same rules for what fails.

A worker of a cluster should have one thread: a run is pure computing, and what ends a run that hangs ends its worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from sim.errors import bad_input
from sim.play.engines import LOCAL, Done, Terms, Work, attempt_or_die, one_by_one
from sim.play.extras import extra

START_S = 60
"""How long the scheduler may take to answer, in seconds."""


def on_cluster(items: list[Any], work: Work, terms: Terms, address: str, jobs: int) -> Iterator[Done]:
    """Do the work for each item on a cluster; yield what became of each as it ends.

    Raises:
        BadInput: If Dask is not installed or the scheduler does not answer.
    """
    with _client(address, jobs) as client:
        from distributed import KilledWorker

        workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        # A task that yields the work: it travels to each worker once, and is made again if those that hold it are lost.
        sent = client.submit(partial, work)

        def alone(item: Any) -> Iterator[Done]:
            return _parallel([item], sent, terms, 1)

        todo = dict.fromkeys(items)
        while todo:
            try:
                for done in _parallel(list(todo), sent, terms, workers):
                    del todo[done.item]
                    yield done
            except KilledWorker:
                yield from one_by_one(todo, 3 * workers, alone, KilledWorker)


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Any]:
    distributed = extra("distributed", "cluster", "--dask", "a sweep without --dask")
    with ExitStack() as stack:
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=50
            )
            address = stack.enter_context(cluster).scheduler_address
        try:
            client = stack.enter_context(distributed.Client(address, timeout=START_S))
        except (OSError, ValueError) as error:
            what = f"no Dask scheduler answers at {address!r} ({' '.join(str(error).split())[:120]})"
            raise bad_input("--dask", what, "tcp://HOST:PORT of a running scheduler, or local") from error
        yield client


def _parallel(items: list[Any], sent: Any, terms: Terms, workers: int) -> Iterator[Done]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend="dask"):
        parallel = Parallel(n_jobs=-1, batch_size=1, pre_dispatch=2 * workers, return_as="generator_unordered")
        return iter(parallel(delayed(attempt_or_die)(item, sent, terms.limit_s) for item in items))
