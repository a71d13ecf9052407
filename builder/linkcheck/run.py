"""All addresses, asked for: few servers at a time, each in its own pace."""

from __future__ import annotations

import queue
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from builder.linkcheck.ask import Asker
from builder.linkcheck.cache import AGE, Cache
from builder.linkcheck.model import Answer, Clock, RealClock, Settings, Target

# A server that did not answer so often in a row is not asked for its other addresses.
ENOUGH = 3
# How often it is looked whether there is an answer, in seconds.
_TICK = 0.2


class NoNetwork(Exception):
    """No server at all answers: this machine is at fault, and not the links."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found. answers: by address, of every target. asked: how many were asked for in this
    run; the others' answers are those of an earlier one, or there was no time."""

    answers: Mapping[str, Answer]
    asked: int

    @property
    def counts(self) -> Counter[str]:
        """How many addresses are in each state."""
        return Counter(answer.state for answer in self.answers.values())


def ask_all(
    targets: Iterable[Target],
    settings: Settings,
    cache: Cache,
    *,
    age: timedelta = AGE,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Ask for every address of which the cache holds no fresh answer, and keep the answers.

    The cache is written even if this is interrupted. progress: called with how many addresses are
    done, and of how many.
    Raises NoNetwork.
    """
    clock = clock or RealClock()
    targets = tuple(targets)
    found: dict[str, Answer] = {}
    open_: list[Target] = []
    for target in targets:
        known = cache.fresh(target, clock.date(), age)
        if known:
            found[target.url] = known
        else:
            open_.append(target)
    asked: dict[str, Answer] = {}
    try:
        for target, answer in _answers(open_, cache, settings, clock):
            asked[target.url] = answer
            progress(len(asked), len(open_))
        _has_network(open_, asked)
    finally:
        # Nothing is kept of a run without a network.
        bad = _offline(open_, asked)
        for url, answer in asked.items():
            found[url] = answer if bad else cache.note(url, answer)
        cache.write(clock.date())
    now = clock.date()
    for target in open_:
        found.setdefault(target.url, Answer(state="later", asked=now, since=now))
    done = sum(answer.state not in ("later", "robots") for answer in asked.values())
    return Report(answers={target.url: found[target.url] for target in targets}, asked=done)


def _answers(
    targets: list[Target], cache: Cache, settings: Settings, clock: Clock
) -> Iterable[tuple[Target, Answer]]:
    """(target, answer) as they come, until all have come or the time is up."""
    asker = Asker(settings, clock)
    lanes = _lanes(targets, cache)
    results: queue.Queue[tuple[Target, Answer] | BaseException] = queue.Queue()
    stop = threading.Event()
    waiting = queue.SimpleQueue[list[Target]]()
    for lane in lanes:
        waiting.put(lane)

    def work() -> None:
        try:
            while not stop.is_set():
                _lane(waiting.get_nowait(), asker, results, stop)
        except queue.Empty:
            return
        except BaseException as error:
            results.put(error)

    # A server may hold a thread for ever; nobody waits for that one at the end.
    threads = [
        threading.Thread(target=work, daemon=True) for _ in range(min(settings.workers, len(lanes)))
    ]
    for thread in threads:
        thread.start()
    left = len(targets)
    try:
        while left:
            try:
                result = results.get(timeout=_TICK)
            except queue.Empty:
                if asker.pace.over:
                    return
                continue
            if isinstance(result, BaseException):
                raise result
            left -= 1
            yield result
    finally:
        stop.set()
        if not left:
            for thread in threads:
                thread.join()
            asker.close()


def _lanes(targets: list[Target], cache: Cache) -> list[list[Target]]:
    """The addresses by server, the server with most of them first; those first that were never
    asked for, then those whose answer is oldest, so that several short runs see them all."""
    lanes: defaultdict[str, list[Target]] = defaultdict(list)

    def age(target: Target) -> tuple[str, str]:
        known = cache.answers.get(target.url)
        return known.asked.isoformat() if known else "", target.url

    for target in sorted(targets, key=age):
        lanes[target.host].append(target)
    return sorted(lanes.values(), key=lambda lane: (-len(lane), lane[0].host))


def _lane(
    lane: list[Target],
    asker: Asker,
    results: queue.Queue[tuple[Target, Answer] | BaseException],
    stop: threading.Event,
) -> None:
    failed: list[Answer] = []
    for target in lane:
        if stop.is_set():
            return
        answer = failed[-1] if len(failed) >= ENOUGH else asker.ask(target)
        failed = [*failed, answer] if answer.state == "unreachable" else []
        results.put((target, answer))


def _offline(targets: list[Target], asked: Mapping[str, Answer]) -> bool:
    hosts = {target.host for target in targets if target.url in asked}
    states = {answer.state for answer in asked.values()}
    return (
        len(hosts) > 1
        and states <= {"unreachable", "nowhere", "later"}
        and ("unreachable" in states or "nowhere" in states)
    )


def _has_network(targets: list[Target], asked: Mapping[str, Answer]) -> None:
    if _offline(targets, asked):
        raise NoNetwork("no server answers; is this machine connected to the network?")
