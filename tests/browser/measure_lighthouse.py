"""What Lighthouse says of the site: a phone, a slow line, a server that compresses.

    python tests/browser/measure_lighthouse.py [--site DIR] [PATH...]

Lighthouse, of a fixed version, is installed by npm below .papershelf/; it drives the installed
Chromium. Without paths, it looks at the home page, the longest page of a paper, the browse page and
the longest page of a topic. The command fails where a page is below a bar: 95 for performance, 100
for accessibility, best practices and SEO. What keeps a page from 100 stands below it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from builder.site.build import Request, build
from tests.browser import serving
from tests.browser.kinds import kinds

ROOT = Path(__file__).parents[2]
# The newest that runs on Node 20.
LIGHTHOUSE = "lighthouse@12.8.2"
FOLDER = ROOT / ".papershelf" / "lighthouse"
KINDS = ("home", "paper, long", "browse", "one of tags")
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def installed() -> Path:
    """The command, installed if it is not yet. Raises RuntimeError without npm."""
    command = FOLDER / "node_modules" / ".bin" / "lighthouse"
    stamp = FOLDER / "version"
    if command.exists() and stamp.is_file() and stamp.read_text("utf-8") == LIGHTHOUSE:
        return command
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is not installed; Lighthouse comes with it")
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
    subprocess.run([npm, "install", "--prefix", FOLDER, *options, LIGHTHOUSE], check=True)
    stamp.write_text(LIGHTHOUSE, "utf-8")
    return command


def look(command: Path, url: str) -> dict:
    """Lighthouse's report of a page. Raises RuntimeError where it has none."""
    environment = {**os.environ, "CHROME_PATH": serving.find_chromium() or ""}
    done = subprocess.run(
        [command, url, "--quiet", "--output=json", f"--chrome-flags={CHROME}"],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed at {url}:\n{done.stderr.strip()}")
    return json.loads(done.stdout)


def scores(report: dict) -> dict[str, int]:
    """Category -> its score, of 100."""
    return {name: round(100 * report["categories"][name]["score"]) for name in BARS}


def losses(report: dict) -> list[str]:
    """What a report counts, and does not give in full."""
    found = []
    for name in BARS:
        for each in report["categories"][name]["auditRefs"]:
            audit = report["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                found.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip())
    return found


def main() -> None:
    """Read the options, build the site unless one is given, and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a built site (default: content/ is built)")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="pages below the site's root")
    options = parser.parse_args()
    command = installed()
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        site = options.site or Path(temporary) / "site"
        if not options.site:
            build(Request(config=ROOT / "mkdocs.yml", site=site))
        known = kinds(site)
        paths = options.paths or [known[name] for name in KINDS if name in known]
        with serving.serve(site, compress=True) as address:
            for path in paths:
                report = look(command, address + path)
                found = scores(report)
                failed = failed or any(found[name] < bar for name, bar in BARS.items())
                print(f"/{path}: " + ", ".join(f"{name} {found[name]}" for name in BARS))
                print("".join(f"  {line}\n" for line in losses(report)), end="", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
