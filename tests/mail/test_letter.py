"""A digest as a message: both forms, headers, and never larger than mail programs show."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest
from lxml import html

from builder.analysis import analyse
from builder.mail import MailFailed
from builder.mail.digest import Digest, Group, Item, of_edition
from builder.mail.letter import MAX_BYTES, letter, sender
from builder.pages.shape import Shaper
from tests.mail.conftest import SENDER, SITE, TEMPLATES
from tests.projects import ROOT

DATE = datetime(2025, 3, 17, 8, 30, tzinfo=UTC)
WORDS = "Überall the words of a summary go on & on, <b>until</b> nobody reads them any more. "


def items(count, *, words=40, group="Theory"):
    return tuple(
        Item(
            title=f"Paper {number}: {group} & <Practice> of “Quotes”",
            url=f"papers/paper-{number}-with-a-slug-of-the-usual-length-for-a-paper-of-our-days/",
            about=f"Ada Example and {number} others, ICML 2025",
            teaser=" ".join((WORDS * 9).split()[:words]),
            links=(("PDF", f"https://arxiv.org/pdf/2503.{number:05}"),),
            rank=number,
        )
        for number in range(count)
    )


def digest(*groups):
    return Digest(
        id="an-edition",
        subject="An Edition",
        url="editions/an-edition/",
        papers=sum(len(group.items) for group in groups),
        groups=groups,
        day=date(2025, 3, 17),
    )


def message(letter_, recipient="ada@example.org", sender_=SENDER):
    """The message as who gets it reads it."""
    data = letter_.message(recipient, sender_, date=DATE).as_bytes()
    return message_from_bytes(data, policy=policy.SMTP)


@pytest.fixture
def few():
    return letter(digest(Group(name="Theory", url="tags/theory/", items=items(3))), SITE, TEMPLATES)


def test_a_message_has_both_forms_and_says_the_same_in_them(few):
    found = message(few)
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    plain, markup = (found.get_body((kind,)).get_content() for kind in ("plain", "html"))
    shown = " ".join(html.fromstring(markup).text_content().split())
    for number in range(3):
        title = f"Paper {number}: Theory & <Practice> of “Quotes”"
        assert title in plain and title in shown
        page = f"https://papers.example.org/list/papers/paper-{number}-"
        assert page in plain and page in markup
        pdf = f"https://arxiv.org/pdf/2503.{number:05}"
        assert pdf in plain and pdf in markup
    assert "nobody reads them any more." in shown
    assert "nobody reads them any more." in " ".join(plain.split())


def test_the_headers_are_those_of_a_list(few):
    found = message(few)
    assert found["From"] == "A List <list@example.org>"
    assert found["To"] == "ada@example.org"
    assert found["Subject"] == "A List & More: An Edition"
    assert found["Date"].datetime == DATE
    assert found["List-Id"] == "<a-list-more.example.org>"
    assert found["List-Unsubscribe"] == "<mailto:list@example.org?subject=unsubscribe>"
    assert found["List-Unsubscribe-Post"] is None
    assert found["Auto-Submitted"] == "auto-generated"


def test_one_click_unsubscribes_where_the_address_says_who(few):
    one = sender("list@example.org", "https://example.org/leave?who={recipient}")
    found = message(few, "ada+list@example.org", one)
    address = "https://example.org/leave?who=ada%2Blist%40example.org"
    assert found["List-Unsubscribe"] == f"<{address}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Get no more mail: {address}" in found.get_body(("plain",)).get_content()
    assert f'href="{address}"' in found.get_body(("html",)).get_content()


def test_where_the_address_says_not_who_one_click_is_not_promised(few):
    found = message(few, sender_=sender("list@example.org", "https://example.org/leave"))
    assert found["List-Unsubscribe"] == "<https://example.org/leave>"
    assert found["List-Unsubscribe-Post"] is None


def test_a_message_id_is_the_recipients_and_the_digests_and_stays(few):
    assert message(few)["Message-ID"] == message(few)["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{40}@example\.org>", message(few)["Message-ID"])
    other = replace(few, digest=replace(few.digest, id="another"))
    ids = [message(few), message(few, "bo@example.org"), message(other)]
    assert len({found["Message-ID"] for found in ids}) == 3
    assert message(few, "ADA@example.org")["Message-ID"] == message(few)["Message-ID"]


def test_the_same_message_has_the_same_bytes(few):
    first, second = (few.message("ada@example.org", SENDER, date=DATE) for _ in range(2))
    assert first.as_bytes() == second.as_bytes()


def test_the_bytes_pass_any_server(few):
    data = few.message("ada@example.org", SENDER, date=DATE).as_bytes()
    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) < 998
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_nothing_is_loaded_run_or_styled_from_elsewhere(few):
    tree = html.fromstring(message(few).get_body(("html",)).get_content())
    assert not tree.xpath("//script | //img | //link | //style | //iframe | //form | //object")
    assert not [name for element in tree.iter() for name in element.attrib if name[:2] == "on"]
    assert tree.xpath("//table[@role='presentation']//h2/text()") == ["Theory"]
    assert all(href.startswith(("https:", "mailto:")) for href in tree.xpath("//a/@href"))


def test_lines_of_the_plain_form_are_short_but_addresses_whole(few):
    lines = message(few).get_body(("plain",)).get_content().splitlines()
    assert all(len(line) <= 72 for line in lines if "https://" not in line)
    assert all(line.strip().count(" ") <= 4 for line in lines if "https://" in line)


def size(found):
    return len(found.message("ada@example.org", SENDER, date=DATE).as_bytes())


def test_a_large_digest_has_shorter_summaries_and_all_papers():
    found = letter(digest(Group(name="Theory", url="", items=items(100))), SITE, TEMPLATES)
    assert MAX_BYTES - 3000 < size(found) <= MAX_BYTES
    assert found.html.count("<b>Paper ") == found.text.count("* Paper ") == 100
    assert "…" in found.text and "more on the site" not in found.text
    assert "nobody reads them any more" not in found.text


def test_a_digest_that_is_too_large_leaves_the_least_listed_papers_to_the_site():
    groups = (
        Group(name="Practice", url="", items=items(500, group="Practice")[1::2]),
        Group(name="Theory", url="", items=items(500)[::2]),
    )
    found = letter(digest(*groups), SITE, TEMPLATES)
    assert MAX_BYTES * 0.9 < size(found) <= MAX_BYTES
    shown = sorted(int(n) for n in re.findall(r"\* Paper (\d+):", found.text))
    assert shown == list(range(len(shown))) and 80 < len(shown) < 500
    assert f"And {500 - len(shown)} more on the site." in found.text
    assert f"And {500 - len(shown)} more <a href=" in found.html


def test_an_empty_digest_is_a_message_too():
    assert "0 papers, by topic" in letter(digest(), SITE, TEMPLATES).text


def test_the_largest_edition_of_this_repository_is_below_what_mail_programs_cut():
    from builder import library

    loaded = library.load(ROOT / "content")
    shaper = Shaper(loaded, analyse(loaded))
    largest = max(loaded.editions.values(), key=lambda item: len(item.papers))
    found = letter(of_edition(shaper, largest.id), SITE, TEMPLATES)
    assert size(found) < 100_000
    assert found.text.count("\n* ") == len(largest.papers)


def test_a_line_that_is_too_long_for_a_server_is_broken_at_a_space():
    (item,) = items(1)
    long = replace(item, teaser="word " * 400)
    found = letter(digest(Group(name="Theory", url="", items=(long,))), SITE, TEMPLATES)
    assert max(map(len, found.html.splitlines())) <= 900


def test_without_the_sites_address_there_is_no_digest():
    with pytest.raises(MailFailed, match=r"set site_url in mkdocs\.yml"):
        letter(digest(), replace(SITE, url=""), TEMPLATES)


@pytest.mark.parametrize(
    ("address", "unsubscribe", "message_"),
    [
        ("nobody", "", '"nobody" is no mail address; write it bare, such as ada@example.org'),
        ("", "", '"" is no mail address; write it bare, such as ada@example.org'),
        (
            "list@example.org",
            "example.org/leave",
            '"example.org/leave" is no address to unsubscribe at; write one that starts with '
            "https:// or mailto:",
        ),
        (
            "list@example.org",
            "https://example.org/>\r\nBcc: x",
            '"https://example.org/>\r\nBcc: x" is no address to unsubscribe at; write one that '
            "starts with https:// or mailto:",
        ),
    ],
)
def test_who_sends_is_checked(address, unsubscribe, message_):
    with pytest.raises(MailFailed) as caught:
        sender(address, unsubscribe)
    assert str(caught.value) == message_
