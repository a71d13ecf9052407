"""Small edits of a content file's YAML that leave every other byte as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import yaml

from builder.content import emit

Matches = Callable[[str], bool]


def header_span(text: str, *, front: bool) -> tuple[int, int]:
    """Where the YAML of a file starts and ends; `text` is valid.

    front: whether it stands between two lines of dashes.
    """
    if not front:
        return 0, len(text)
    lines = text.splitlines(keepends=True)
    start = len(lines[0])
    end = start
    for line in lines[1:]:
        if line.rstrip() == "---":
            break
        end += len(line)
    return start, end


def rename(text: str, old: str, new: str, where: Matches, *, front: bool) -> str:
    """The file's text with the scalar `new` for `old` in all places whose name `where` accepts.

    Names are those of `builder.content.fields`: "related[0]", "papers[2].paper".
    """
    start, end = header_span(text, front=front)
    spans = [
        (start + node.start_mark.index, start + node.end_mark.index, emit.scalar(new))
        for name, node in _nodes(_root(text[start:end]))
        if isinstance(node, yaml.ScalarNode) and node.value == old and where(name)
    ]
    return _spliced(text, spans)


def remove_items(text: str, where: Matches, *, front: bool, keep_empty: Iterable[str] = ()) -> str:
    """The file's text without the items of lists whose name `where` accepts.

    A list of which nothing is left goes with its key, unless the key is in `keep_empty`: then it
    is written "[]". A comment behind an item goes with it, one above it stays.
    """
    start, end = header_span(text, front=front)
    header = text[start:end]
    spans: list[tuple[int, int, str]] = []
    for name, key, node in _lists(_root(header)):
        gone = [i for i in range(len(node.value)) if where(f"{name}[{i}]")]
        if not gone:
            continue
        if len(gone) == len(node.value):
            if name in keep_empty:
                first, last = node.start_mark.index, _end(node, header)
                if not node.flow_style:
                    first = header.index(":", key.end_mark.index) + 1
                spans.append((first, last, "[]" if node.flow_style else " []"))
            else:
                spans.append((*_lines(header, key.start_mark.index, _end(node, header)), ""))
        elif node.flow_style:
            # Together with the comma in front, or behind the first item that stays.
            kept = [item for i, item in enumerate(node.value) if i not in gone]
            inner = ", ".join(header[item.start_mark.index : item.end_mark.index] for item in kept)
            spans.append((node.start_mark.index, node.end_mark.index, f"[{inner}]"))
        else:
            for i in gone:
                dash = header.rindex("-", 0, node.value[i].start_mark.index)
                spans.append((*_lines(header, dash, _end(node.value[i], header)), ""))
    return _spliced(text, [(start + a, start + b, made) for a, b, made in spans])


def _root(header: str) -> yaml.Node:
    return yaml.compose(header, Loader=yaml.SafeLoader)


def _nodes(node: yaml.Node, name: str = "") -> Iterator[tuple[str, yaml.Node]]:
    """Every node with its name, in the order of the text."""
    if name:
        yield name, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, f"{name}.{key.value}" if name else key.value)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _nodes(value, f"{name}[{index}]")


def _lists(
    node: yaml.Node, name: str = ""
) -> Iterator[tuple[str, yaml.ScalarNode, yaml.SequenceNode]]:
    """(name, key, list) of every list that is the value of a key."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = f"{name}.{key.value}" if name else key.value
            if isinstance(value, yaml.SequenceNode):
                yield path, key, value
            yield from _lists(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lists(value, f"{name}[{index}]")


def _end(node: yaml.Node, header: str) -> int:
    """Where a node's own text ends: the mark of what is written over several lines is at whatever
    comes next."""
    if isinstance(node, yaml.ScalarNode):
        return len(header[: node.end_mark.index].rstrip())
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last, header)


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the whole lines that hold a span."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop + 1


def _spliced(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    for start, end, made in sorted(spans, reverse=True):
        text = text[:start] + made + text[end:]
    return text
