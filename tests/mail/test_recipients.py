"""The file of recipients: each bad line is a problem with its line."""

import pytest

from builder.mail import recipients
from builder.problems import ProblemsFound


def test_addresses_are_read_in_their_order_and_comments_skipped(tmp_path):
    path = tmp_path / "people.txt"
    path.write_text("# the group\nbo@example.org\n\n  ada.example+papers@sub.example.org  \n")
    assert recipients.read(path) == ("bo@example.org", "ada.example+papers@sub.example.org")


def test_every_bad_line_is_reported_with_its_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "people.txt"
    path.write_text(
        "ada@example.org\nno address\nAda <ada@example.org>\nADA@example.org\nada@localhost\n"
        "ädä@example.org\na@b@example.org\nada@example.org, bo@example.org\n",
        encoding="utf-8",
    )
    with pytest.raises(ProblemsFound) as caught:
        recipients.read(path.relative_to(tmp_path))
    bare = "write it bare, such as ada@example.org"
    assert [str(problem) for problem in caught.value.problems] == [
        f'people.txt:2: "no address" is no mail address; {bare}',
        f'people.txt:3: "Ada <ada@example.org>" is no mail address; {bare}',
        "people.txt:4: ADA@example.org stands here a second time (first in line 1); remove one "
        "of the two",
        'people.txt:5: "ada@localhost" has no full domain; write it whole, such as ada@example.org',
        'people.txt:6: "ädä@example.org" is not ASCII; write the part behind the @ in its form '
        "with xn--",
        f'people.txt:7: "a@b@example.org" is no mail address; {bare}',
        f'people.txt:8: "ada@example.org, bo@example.org" is no mail address; {bare}',
    ]


def test_a_file_without_an_address_is_a_problem(tmp_path):
    path = tmp_path / "people.txt"
    path.write_text("# nobody yet\n")
    with pytest.raises(ProblemsFound, match="no address in it; write one on each line"):
        recipients.read(path)


@pytest.mark.parametrize(
    "text",
    ["ada@example.org\nBcc: bo@example.org", "ada@example.org\r", "<ada@example.org>", "", "@",
     "ada@", "@example.org", "ada@example.org\x00", "ada@.", "ada@@example.org",
     '"ada@example.org'],
)  # fmt: skip
def test_nothing_that_could_break_a_header_is_an_address(text):
    assert recipients.check(text) is not None


def test_a_usual_address_is_one():
    assert recipients.check("ada.example@mail.example.org") is None
