"""Work that is divided among the machine's processors."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

S = TypeVar("S")
T = TypeVar("T")

# So many parts of a whole are given to each process: parts differ in what they cost, and with
# several none waits long for the last one.
_PARTS = 4

# What a child process does: it inherits the tasks by being a copy of this one, so that they may
# hold whatever they like; only results travel.
_tasks: Sequence[Callable[[], Any]] = ()
# Whether this is a copy that works beside the process it was made of, see `aside`.
_is_aside = False


def processors() -> int:
    """How many processors this process may use; PAPERSHELF_WORKERS, where set, says otherwise."""
    if _is_aside:
        return 1
    given = os.environ.get("PAPERSHELF_WORKERS", "")
    if given.isdecimal() and int(given):
        return int(given)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    tasks: Sequence[Callable[[], T]],
    *,
    done: Callable[[int, T], None] = lambda index, result: None,
    workers: int | None = None,
    begun: Callable[[], None] | None = None,
    yielding: bool = False,
) -> list[T]:
    """The results of all tasks, in their order; `done` is told the place and the result of each
    that has ended, as soon as it has.

    begun: is called once no more processes will be made of this one: from then on it may have other
    threads, whose locks a copy would find closed for ever. It is not called where there are none.
    yielding: the copies leave the processors to whatever else wants them, such as a program that
    takes what they make.

    The tasks run in copies of this process where the system can make such (not on Windows, and
    not on macOS, whose own libraries do not survive it), and in this one otherwise, one after the
    other. Their results must be fit for pickle. The first exception ends all of them and is raised
    here; when this process is interrupted, none goes on.
    """
    global _tasks
    # An edit makes copies one by one.
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait

    workers = min(len(tasks), workers or processors())
    if workers < 2 or not _forks():
        results = []
        for index, task in enumerate(tasks):
            results.append(task())
            done(index, results[-1])
        return results
    _tasks = tasks
    found: dict[int, T] = {}
    # What is frozen is not looked at by a child's garbage collector, and so stays shared.
    gc.freeze()
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_begin,
        initargs=(yielding,),
    )
    try:
        # The first of these makes all processes.
        pending = {pool.submit(_call, index): index for index in range(len(tasks))}
        if begun:
            begun()
        while pending:
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                index = pending.pop(future)
                found[index] = future.result()
                done(index, found[index])
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()
        _tasks = ()
    return [found[index] for index in range(len(tasks))]


@contextmanager
def aside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Work that is done in a copy of this process while this one goes on; gives what waits for its
    result.

    It is for what this process need not know soon, while it does much that nobody can help with:
    the copy takes the processor that is idle meanwhile, and makes no copies itself. Where there is
    no second processor or no copy, the work is done when its result is asked for. The result must
    be fit for pickle; an exception is raised where it is asked for. Whoever leaves without the
    result ends the work.
    """
    with aside_in_turn(work) as (result,):
        yield result


@contextmanager
def aside_in_turn(*works: Callable[[], Any]) -> Iterator[Sequence[Callable[[], Any]]]:
    """As `aside`, of works that one copy does one after the other; gives what waits for the result
    of each, to be called in this order."""
    with _copied(lambda wait: works) as copied:
        if copied is None:
            yield works
        else:
            yield [copied.result for _ in works]


@contextmanager
def aside_in_two(
    work: Callable[[Callable[[], Any]], T], *, few: bool = False
) -> Iterator[tuple[Callable[[Any], None], Callable[[], T]]]:
    """As `aside`, of work that must not go on from some point before this process lets it, and
    tells it something: there it calls what it is given, which waits for that. Gives what tells it
    and lets it go on, to be called once, and what waits for its result, to be called afterwards.

    few: it is done sooner than a copy is made.
    """
    with nullcontext() if few else _copied(lambda wait: [lambda: work(wait)]) as copied:
        if copied is None:
            told: list[Any] = []
            yield told.append, lambda: work(lambda: told[-1])
        else:
            yield copied.go, copied.result


@contextmanager
def conversing(
    first: Callable[[], Any], then: Callable[[Callable[[], Any]], Any], *, needless: bool = False
) -> Iterator[Copy | None]:
    """A copy of this process that does `first`, and stays to do `then`, which is given what waits
    for what it is told: `Copy.result` tells the results, `Copy.go` goes before the second. None
    where there can be no copy, or where it is needless."""
    with (
        nullcontext() if needless else _copied(lambda wait: [first, partial(then, wait)]) as copied
    ):
        yield copied


class Copy:
    """A copy of this process that works beside it."""

    def __init__(self, receiver: Connection, let: Connection) -> None:
        self._receiver = receiver
        self._let = let

    def go(self, told: object = None) -> None:
        """Let it go on from where it waits, and tell it something."""
        # If it came to its end already, `result` tells how.
        with contextlib.suppress(OSError):
            self._let.send(told)

    def result(self) -> Any:
        """What its next work gave, which is waited for."""
        try:
            found, error = self._receiver.recv()
        except EOFError:
            raise RuntimeError("a process ended before its work") from None
        if error:
            raise error
        return found


@contextmanager
def _copied(
    works: Callable[[Callable[[], Any]], Sequence[Callable[[], Any]]],
) -> Iterator[Copy | None]:
    """A copy that does some works in turn, which are given what waits until they may go on; None
    where there can be none."""
    if processors() < 2 or not _forks():
        yield None
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    told, let = context.Pipe(duplex=False)

    def work() -> None:
        # Of this copy's own ends nobody hears: when the other process is gone, waiting for it or
        # telling it something must fail.
        receiver.close()
        let.close()
        _work_aside(works(told.recv), sender)

    process = context.Process(target=work)
    process.start()
    sender.close()
    told.close()
    try:
        yield Copy(receiver, let)
    finally:
        # First of all: who finds a pipe closed has something to say.
        process.terminate()
        process.join()
        receiver.close()
        let.close()


def _work_aside(works: Sequence[Callable[[], Any]], sender: Connection) -> None:
    global _is_aside
    # It does not yield: on a busy machine this would be waited for longer than it was worth.
    _begin(yielding=False)
    _is_aside = True
    for work in works:
        try:
            result: tuple[Any, BaseException | None] = work(), None
        except BaseException as error:
            result = None, error
        sender.send(result)
        if result[1]:
            return


def spread(work: Callable[[Sequence[S]], Sequence[T]], items: Sequence[S], *, few: int) -> list[T]:
    """What `work` makes of items, a result each, in their order: of more than `few` it is given
    parts, which are worked on side by side. It must make the same of an item in any part."""
    workers = processors()
    if len(items) <= few or workers < 2:
        return list(work(items))
    tasks = [partial(work, part) for part in parts(items)]
    return [found for some in run(tasks) for found in some]


def parts(items: Sequence[S], *, least: int = 1, most: int | None = None) -> list[Sequence[S]]:
    """Items in a row, cut into parts of one size for all processors; least, most: items of a
    part."""
    size = max(least, -(-len(items) // (processors() * _PARTS)))
    size = min(size, most or size)
    return [items[at : at + size] for at in range(0, len(items), size)]


def _forks() -> bool:
    """Whether this process can be copied: not on Windows, and not on macOS."""
    is_macos = os.uname().sysname == "Darwin" if hasattr(os, "uname") else False
    return "fork" in multiprocessing.get_all_start_methods() and not is_macos


def _begin(yielding: bool) -> None:
    # Ctrl-C goes to all processes of a terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if yielding:
        os.nice(10)


def _call(index: int) -> Any:
    return _tasks[index]()
