"""Content files are read only if they are sound, and written whole or not at all."""

import os
from pathlib import Path

import pytest

from builder.content import files
from builder.problems import ProblemsFound


def refusal(path: Path, **options) -> str:
    with pytest.raises(ProblemsFound) as caught:
        files.read_text(path, "papers/x.md", **options)
    return str(caught.value)


def test_a_text_is_read_with_its_line_ends(tmp_path):
    path = tmp_path / "x.md"
    path.write_bytes("é\r\nb\n".encode())
    assert files.read_text(path) == "é\r\nb\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            b"one\ntwo \xff\n",
            "papers/x.md:2: byte 0xff is not valid UTF-8; save the file as UTF-8",
        ),
        (
            "text".encode("utf-16-le"),
            "papers/x.md:1: the file holds a NUL byte: it is binary, or in UTF-16; put plain text "
            "here, saved as UTF-8",
        ),
        (
            "text".encode("utf-16"),
            "papers/x.md:1: the file is in UTF-16; save the file as UTF-8",
        ),
        (
            b"\xef\xbb\xbftext",
            'papers/x.md:1: the file starts with a byte order mark; save it as "UTF-8 without BOM"',
        ),
        (
            b"x" * (1024 * 1024 + 1),
            "papers/x.md:1: the file has 1,048,577 bytes, more than 1 MiB; shorten or split it",
        ),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, told):
    path = tmp_path / "x.md"
    path.write_bytes(data)
    assert refusal(path) == told


GIT = (
    "a conflict that Git left here; keep the lines that are right, and remove those that begin "
    "with <<<<<<<, =======, >>>>>>>"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n", [f"x:2: {GIT}"]),
        ("<<<<<<< HEAD\nb\n||||||| base\nx\n=======\nc\n>>>>>>> o\n" * 2,
         [f"x:1: {GIT}", f"x:8: {GIT}"]),
        ("a\n>>>>>>> other\n", [f"x:2: {GIT}"]),
        ("a\r\n<<<<<<< HEAD\r\n", [f"x:2: {GIT}"]),
        ("a\n\n=======\nb", ["x:3: a line of a conflict that Git left here; remove it"]),
        ("a\rb", ["x:1: a line ends as on an old Macintosh (CR); save the file with the line ends "
                  "of Unix (LF)"]),
        ("a\nb\x07", ["x:2: the control character U+0007; remove it"]),
        ("a\x85b", ["x:1: the control character U+0085; remove it"]),
    ],
)  # fmt: skip
def test_what_editors_and_git_leave_is_no_content(text, told):
    with pytest.raises(ProblemsFound) as caught:
        files.decode_content(text.encode(), "x")
    assert str(caught.value).splitlines() == told


@pytest.mark.parametrize(
    "text",
    ["A heading\n=======\n", "a <<<<<<< b\n", "> > > > > > > quoted\n", "<<<<<<\n", "a\tb\r\n"],
)
def test_what_only_looks_like_it_is_content(text):
    assert files.decode_content(text.encode(), "x") == text


def test_a_file_of_exactly_the_limit_is_read(tmp_path):
    path = tmp_path / "x.md"
    path.write_bytes(b"x" * files.MAX_BYTES)
    assert len(files.read_text(path)) == files.MAX_BYTES


def test_another_limit_is_named_in_its_problem(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"x" * (2 * files.MAX_BYTES + 1))
    assert "more than 2 MiB" in refusal(path, limit=2 * files.MAX_BYTES)


def test_a_missing_file_is_a_problem(tmp_path):
    assert refusal(tmp_path / "x.md") == (
        "papers/x.md:1: cannot be read: No such file or directory; "
        "check the path and its permissions"
    )


def test_a_directory_is_no_file(tmp_path):
    (tmp_path / "x.md").mkdir()
    told = "papers/x.md:1: this is not a regular file; put a plain text file here"
    assert refusal(tmp_path / "x.md") == told


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "x.md")
    told = "papers/x.md:1: this is not a regular file; put a plain text file here"
    assert refusal(tmp_path / "x.md") == told


def test_a_symbolic_link_is_not_followed(tmp_path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "x.md").symlink_to(tmp_path / "secret")
    told = "papers/x.md:1: this is a symbolic link; put a plain text file here"
    assert refusal(tmp_path / "x.md") == told


def test_texts_are_written_with_their_line_ends_and_folders(tmp_path):
    files.write_texts({tmp_path / "a" / "x.md": "é\r\n", tmp_path / "y.md": "y\n"})
    assert (tmp_path / "a" / "x.md").read_bytes() == "é\r\n".encode()
    assert (tmp_path / "y.md").read_bytes() == b"y\n"


def test_a_failure_leaves_every_file_as_it_was(tmp_path):
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "folder").write_text("a file where a folder is needed")
    with pytest.raises(OSError):
        files.write_texts({tmp_path / "a.md": "new", tmp_path / "folder" / "b.md": "new"})
    assert (tmp_path / "a.md").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "folder"]


def test_a_text_that_cannot_be_encoded_leaves_nothing_behind(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        files.write_texts({tmp_path / "a.md": "new", tmp_path / "b.md": "\ud800"})
    assert list(tmp_path.iterdir()) == []


def test_a_moved_file_is_gone_once_its_successor_stands(tmp_path):
    (tmp_path / "old.yml").write_text("text")
    files.write_texts({tmp_path / "new.yml": "text"}, removed=[tmp_path / "old.yml"])
    assert [path.name for path in tmp_path.iterdir()] == ["new.yml"]


def test_nothing_is_removed_where_writing_fails(tmp_path):
    (tmp_path / "old.yml").write_text("text")
    (tmp_path / "folder").write_text("")
    with pytest.raises(OSError):
        files.write_texts({tmp_path / "folder" / "new.yml": "t"}, removed=[tmp_path / "old.yml"])
    assert (tmp_path / "old.yml").read_text() == "text"
