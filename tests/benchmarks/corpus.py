"""Real papers of a JSON Lines file as a library: imported as anybody would, or repeated."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import invented

_IDENTIFIERS = ("arxiv", "doi", "url", "links")


def read(path: Path, count: int) -> Iterator[dict[str, Any]]:
    """`count` papers of a file, one JSON object a line; with more than it has, all of them again,
    each under a title of its own, "On Loaves", "Part 2: On Loaves" and so on, and without what
    names the first one. An import takes papers of one address, or of one abstract and titles that
    begin alike, for the same."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    items = [json.loads(line) for line in text.split("\n") if line.strip()]
    if not items:
        raise ValueError(f"{path}: there is no paper in it")
    for number in range(count):
        turn, place = divmod(number, len(items))
        item = items[place]
        if turn:
            rest = {name: value for name, value in item.items() if name not in _IDENTIFIERS}
            item = {**rest, "title": f"Part {turn + 1}: {item['title']}"}
        yield item


def make(folder: Path, count: int, path: Path, importer: list[str]) -> None:
    """Write a library of real papers into `folder`, by `papershelf import` as `importer` runs it;
    the vocabulary is the invented one's."""
    from tests.benchmarks import processes

    folder.mkdir(parents=True, exist_ok=True)
    listed = folder.parent / "papers.jsonl"
    with listed.open("w", encoding="utf-8") as out:
        for item in read(path, count):
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    (folder / "pages").mkdir()
    (folder / "tags.yml").write_text(dict(invented.files(1))["tags.yml"], encoding="utf-8")
    command = [*importer, "--content", str(folder), "import", "--format", "jsonl", str(listed)]
    processes.run(command, folder=folder.parent)
    listed.unlink()
