"""Work that is divided: its results, its order, its end."""

import os
import time
from functools import partial

import pytest

from builder import parallel
from builder.problems import Problem, ProblemsFound


def test_results_come_in_the_order_of_the_tasks():
    seen = []
    tasks = [partial(pow, number, 2) for number in range(20)]
    run = parallel.run(tasks, workers=3, done=lambda *each: seen.append(each))
    assert run == [n * n for n in range(20)]
    assert sorted(seen) == list(enumerate(run))


def test_tasks_may_hold_what_cannot_be_sent():
    secret = object()
    found = parallel.run([lambda: repr(secret), lambda: repr(secret)], workers=2)
    assert found == [repr(secret)] * 2


def test_the_work_is_done_by_other_processes():
    assert os.getpid() not in parallel.run([os.getpid, os.getpid], workers=2)
    assert parallel.run([os.getpid, os.getpid], workers=1) == [os.getpid()] * 2


def test_an_exception_of_a_task_is_raised_here():
    problem = Problem(path="a.md", line=1, message="wrong", hint="mend it")

    def fail():
        raise ProblemsFound([problem])

    with pytest.raises(ProblemsFound) as caught:
        parallel.run([fail, int], workers=2)
    assert list(caught.value.problems) == [problem]


def test_a_process_that_dies_is_an_error_not_a_wait_for_ever():
    with pytest.raises(Exception, match="terminated abruptly"):
        parallel.run([partial(os._exit, 9), int], workers=2)


def test_no_task_no_result():
    assert parallel.run([]) == []


def test_the_number_of_processes_can_be_set(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "7")
    assert parallel.processors() == 7
    monkeypatch.setenv("PAPERSHELF_WORKERS", "many")
    assert parallel.processors() >= 1


@pytest.mark.parametrize("workers", ["1", "2", "3"])
@pytest.mark.parametrize("count", [0, 1, 4, 5, 29])
def test_items_are_worked_on_in_parts_and_their_results_stay_in_order(monkeypatch, workers, count):
    monkeypatch.setenv("PAPERSHELF_WORKERS", workers)
    items = list(range(count))
    found = parallel.spread(lambda part: [(n * n, os.getpid()) for n in part], items, few=4)
    assert [square for square, _ in found] == [n * n for n in items]
    elsewhere = workers != "1" and count > 4
    assert all((process != os.getpid()) == elsewhere for _, process in found)


def test_copies_may_leave_the_processors_to_others():
    mine = os.nice(0)
    assert parallel.run([partial(os.nice, 0)] * 2, workers=2) == [mine] * 2
    assert parallel.run([partial(os.nice, 0)] * 2, workers=2, yielding=True) == [mine + 10] * 2
    assert os.nice(0) == mine


def test_work_aside_is_done_by_a_copy_that_makes_no_copies(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    secret = object()
    with parallel.aside(lambda: (os.getpid(), parallel.processors(), repr(secret))) as result:
        pid, processors, told = result()
    assert (pid != os.getpid(), processors, told) == (True, 1, repr(secret))
    assert parallel.processors() == 2


def test_on_one_processor_work_aside_is_done_when_its_result_is_asked_for(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "1")
    done = []
    with parallel.aside(lambda: done.append(1)) as result:
        assert not done
        result()
    assert done


def test_an_exception_of_work_aside_is_raised_where_its_result_is_asked_for(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    with pytest.raises(ZeroDivisionError), parallel.aside(lambda: 1 // 0) as result:
        result()


def test_a_copy_that_dies_aside_is_an_error_not_a_wait_for_ever(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    with (
        pytest.raises(RuntimeError, match="ended before"),
        parallel.aside(lambda: os._exit(3)) as result,
    ):
        result()


def test_who_leaves_without_the_result_does_not_wait_for_it(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    began = time.monotonic()
    with parallel.aside(lambda: time.sleep(60)):
        pass
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(("workers", "few"), [("1", False), ("2", True), ("2", False)])
def test_work_in_two_goes_on_when_it_is_let(monkeypatch, tmp_path, workers, few):
    monkeypatch.setenv("PAPERSHELF_WORKERS", workers)
    first, second = tmp_path / "first", tmp_path / "second"

    def work(wait):
        first.touch()
        assert wait() == {"told": 1}
        second.touch()
        return os.getpid()

    with parallel.aside_in_two(work, few=few) as (go, result):
        elsewhere = workers == "2" and not few
        while elsewhere and not first.exists():
            time.sleep(0.01)
        assert not second.exists()
        go({"told": 1})
        assert (result() != os.getpid()) == elsewhere
    assert first.exists() and second.exists()


def test_work_in_two_that_failed_before_it_was_let_says_so_where_its_result_is_asked_for(
    monkeypatch,
):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")

    def work(wait):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), parallel.aside_in_two(work) as (go, result):
        time.sleep(0.2)
        go(None)
        result()


def test_work_in_two_that_is_never_let_ends_with_who_leaves(monkeypatch, tmp_path):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")

    def work(wait):
        wait()
        (tmp_path / "done").touch()

    with parallel.aside_in_two(work):
        pass
    assert not (tmp_path / "done").exists()


def test_a_copy_stays_to_be_told_what_to_do(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    with parallel.conversing(lambda: "ready", lambda wait: (wait() + 1, os.getpid())) as copy:
        assert copy.result() == "ready"
        copy.go(41)
        told, process = copy.result()
    assert told == 42
    assert process != os.getpid()


def test_a_copy_that_is_told_nothing_ends_in_silence(monkeypatch, capfd):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    for _ in range(20):
        with parallel.conversing(lambda: "ready", lambda wait: wait()) as copy:
            assert copy.result() == "ready"
        with parallel.aside_in_two(lambda wait: wait()):
            pass
    assert capfd.readouterr().err == ""


def test_there_is_no_copy_to_converse_with_where_it_is_needless_or_cannot_be(monkeypatch):
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    with parallel.conversing(lambda: 1, lambda wait: 2, needless=True) as copy:
        assert copy is None
    monkeypatch.setenv("PAPERSHELF_WORKERS", "1")
    with parallel.conversing(lambda: 1, lambda wait: 2) as copy:
        assert copy is None


@pytest.mark.parametrize("workers", ["1", "2"])
def test_works_in_turn_are_told_one_after_the_other(monkeypatch, workers):
    monkeypatch.setenv("PAPERSHELF_WORKERS", workers)
    done = []
    works = [
        lambda: done.append(1) or len(done),
        lambda: done.append(2) or len(done),
        lambda: 1 // 0,
    ]
    with parallel.aside_in_turn(*works) as (first, second, third):
        assert first() == 1
        assert second() == 2
        with pytest.raises(ZeroDivisionError):
            third()
    assert bool(done) == (workers == "1")
