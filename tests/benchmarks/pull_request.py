"""How long the commands of a pull request with one paper take, as the workflow runs them.

    python -m tests.benchmarks.pull_request [--bar SECONDS]

A clean clone of the last commit, with what the build of main has left in the cache; one new paper
on a branch; then the commands of .github/workflows/check.yml, each timed. What the forge does
around them (a machine, a checkout, pip) is not in it. Ends with 1 where the sum is above the bar.
Beside the time that passed stands that of the processor, for a machine may be shared.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.projects import ROOT
from tests.workflows.conftest import VALUES
from tests.workflows.running import INSTALL, Runner, git, load

PAPER = """---
title: "Half a Loaf: Sparse Updates for Large Models"
authors: [Ada Example, Bo Sample]
date: 2025-03-06
summary: Updates half of the weights in turn, and says when that is enough.
---
We fine-tune large language models by updating half of their weights in turn. On four benchmarks
the result is as good as full fine-tuning at half of the memory.
"""


def processor() -> float:
    """The seconds that processors have worked for us so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(folder: Path) -> dict[str, tuple[float, float]]:
    """Name of each step -> seconds that passed, seconds of processor time."""
    origin = folder / "origin.git"
    git(folder, "clone", "--quiet", "--bare", str(ROOT), str(origin))
    git(origin, "branch", "--force", "main", "HEAD")
    git(origin, "symbolic-ref", "HEAD", "refs/heads/main")
    machine = Runner(folder / "machine", origin, {}, VALUES)
    workflow = load("check.yml", machine.work / ".github" / "workflows")
    steps = [
        step
        for step in workflow["jobs"]["content"]["steps"]
        if "run" in step and not INSTALL.fullmatch(step["run"].strip())
    ]

    def run(machine: Runner, *chosen: dict[str, object]) -> None:
        job = {**workflow["jobs"]["content"], "steps": list(chosen)}
        done = machine.run({**workflow, "jobs": {"content": job}}, "content")
        if done.failed:
            sys.exit(f"{done.failed}:\n{done.log}")

    # What main has built goes into the cache, and from there into a clone at the same place.
    run(machine, steps[-1])
    cache = folder / "cache"
    cache.mkdir()
    for name in (".papershelf", "site"):
        (machine.work / name).rename(cache / name)
    shutil.rmtree(folder / "machine")
    machine = Runner(folder / "machine", origin, {}, VALUES)
    git(machine.work, "switch", "--quiet", "--create", "change")
    (machine.work / "content" / "papers" / "half-a-loaf.md").write_text(PAPER, encoding="utf-8")
    git(machine.work, "add", "--all")
    git(machine.work, "commit", "--quiet", "--message=one paper")
    for name in (".papershelf", "site"):
        (cache / name).rename(machine.work / name)
    taken = {}
    for step in steps:
        begun, used = time.perf_counter(), processor()
        run(machine, step)
        taken[step["name"]] = (time.perf_counter() - begun, processor() - used)
    page = machine.work / "site" / "papers" / "half-a-loaf" / "index.html"
    assert "Half a Loaf" in page.read_text(encoding="utf-8")
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bar", type=float, default=20.0, metavar="SECONDS")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="papershelf-") as folder:
        taken = measure(Path(folder))
    total = sum(passed for passed, _ in taken.values())
    whole = (total, sum(used for _, used in taken.values()))
    for name, (passed, used) in [*taken.items(), ("Total", whole)]:
        print(f"{name:<14}{passed:6.1f} s  processor {used:5.1f} s")
    print(f"{'Bar':<14}{chosen.bar:6.1f} s")
    if total > chosen.bar:
        sys.exit(1)


if __name__ == "__main__":
    main()
