"""A digest as a message: plain text and HTML, small enough that no mail program cuts it."""

from __future__ import annotations

import datetime
import email.policy
import hashlib
import re
import textwrap
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import quote

from markupsafe import escape
from slugify import slugify

from builder import shipped
from builder.exports.site import Site
from builder.mail import MailFailed, recipients
from builder.mail.digest import Digest, Item
from builder.templating import Templates
from builder.wording import shorten

# Gmail cuts a message at 102 kB (kilobytes of 1,000 bytes, to be on the safe side).
MAX_BYTES = 99_000
# Of summaries that are cut in a digest that leaves papers out.
_FEW_WORDS = 15
_WIDTH = 72
# What stands for the recipient in the address of the unsubscribe page.
PLACE = "{recipient}"
# No header, body or address holds this; it is replaced in each recipient's copy.
_MARK = "papershelf-unsubscribe-address"
_POLICY = email.policy.SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends. address: the From of every message; unsubscribe: an https or mailto address,
    where "{recipient}" stands for the recipient's, or "" for a mail to the sender."""

    address: Address
    unsubscribe: str = ""


def sender(address: str, unsubscribe: str = "") -> Sender:
    """A sender from what a person writes: "papers@example.org", or "A List <papers@example.org>".

    Raises MailFailed when one of the two is not as `Sender` wants it.
    """
    name, bare = parseaddr(address)
    wrong = recipients.check(bare or address)
    if wrong:
        raise MailFailed(f"{wrong[0]}; {wrong[1]}")
    if unsubscribe and not re.fullmatch(r"(?:https?://|mailto:)[^\s<>]+", unsubscribe):
        raise MailFailed(
            f'"{unsubscribe}" is no address to unsubscribe at; write one that starts with '
            "https:// or mailto:"
        )
    return Sender(address=Address(name, addr_spec=bare), unsubscribe=unsubscribe)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A digest that is ready for anyone. text, html: its two forms, where _MARK stands for the
    recipient's unsubscribe address."""

    digest: Digest
    site: Site
    text: str
    html: str

    @property
    def domain(self) -> str:
        """The host that names the list's messages (RFC 4151 allows an address in its place)."""
        return self.site.authority.split(",")[0].rpartition("@")[2] or "localhost"

    def message_id(self, recipient: str) -> str:
        """The Message-ID of a recipient's copy: the same whenever it is sent, so that a mail
        server or program that sees it twice can drop one."""
        whole = f"{self.digest.id}\n{self.site.authority}\n{recipient.casefold()}"
        return f"<{hashlib.sha256(whole.encode()).hexdigest()[:40]}@{self.domain}>"

    def message(self, recipient: str, sender: Sender, *, date: datetime.datetime) -> EmailMessage:
        """The message for one recipient."""
        target = _unsubscribe(sender, recipient)
        message = EmailMessage(policy=_POLICY)
        message["From"] = sender.address
        message["To"] = Address(addr_spec=recipient)
        message["Subject"] = f"{self.site.name}: {self.digest.subject}"
        message["Date"] = format_datetime(date)
        message["Message-ID"] = self.message_id(recipient)
        message["List-Id"] = f"<{slugify(self.site.name) or 'papers'}.{self.domain}>"
        message["List-Unsubscribe"] = f"<{target}>"
        # RFC 8058: one click, where the address alone says who unsubscribes.
        if target.startswith("https://") and PLACE in sender.unsubscribe:
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if self.site.url:
            message["List-Archive"] = f"<{self.site.url}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Precedence"] = "bulk"
        message.set_content(self.text.replace(_MARK, target), cte="quoted-printable")
        html = self.html.replace(_MARK, str(escape(target)))
        message.add_alternative(html, subtype="html", charset="us-ascii", cte="7bit")
        # Python would take a random one, and the same message would have other bytes each time.
        message.set_boundary(f"=_{self.message_id(recipient)[1:33]}")
        return message


def letter(digest: Digest, site: Site, templates: Path) -> Letter:
    """Write a digest as text and HTML; `templates` may hold digest.html.j2 and digest.txt.j2.

    Of a digest that would be larger than MAX_BYTES, the summaries are shortened, and if that is
    not enough, the papers that were listed the least are left to the site, which is said.
    Raises MailFailed when the site has no address, which every link needs, ProblemsFound when a
    template is missing or wrong.
    """
    if not site.url:
        raise MailFailed(
            "the links of a digest need the site's address; set site_url in mkdocs.yml"
        )
    shared = Templates(
        templates,
        shipped.templates("mail"),
        autoescape=lambda name: bool(name and ".html" in name),
    )
    shared.environment.filters["wrap"] = _wrap

    def write(words: int | None, most: int) -> Letter:
        shown = _cut(digest, words, most)
        more = digest.papers - sum(len(group.items) for group in shown.groups)
        values = {"digest": shown, "site": site, "more": more, "unsubscribe": _MARK}
        text = shared.render("digest.txt.j2", met=digest.id, **values)
        html = shared.render("digest.html.j2", met=digest.id, **values)
        return Letter(digest=digest, site=site, text=_tidy(text), html=_ascii(html))

    found = write(None, digest.papers)
    if _size(found) <= MAX_BYTES:
        return found
    # The most words of each summary with which all papers find room: too few at `low` and too
    # many at `high`, with the best that was found so far.
    low, high = 0, max(len(item.teaser.split()) for group in digest.groups for item in group.items)
    found = write(0, digest.papers)
    while _size(found) <= MAX_BYTES and high - low > 1:
        middle = (low + high) // 2
        tried = write(middle, digest.papers)
        if _size(tried) <= MAX_BYTES:
            low, found = middle, tried
        else:
            high = middle
    most = digest.papers
    while _size(found) > MAX_BYTES and most > 1:
        most = min(most - 1, most * MAX_BYTES // _size(found))
        found = write(_FEW_WORDS, most)
    return found


def _cut(digest: Digest, words: int | None, most: int) -> Digest:
    """A digest with shorter summaries, and only its most listed papers."""

    def cut(item: Item) -> Item:
        return (
            item
            if words is None
            else replace(item, teaser=shorten(item.teaser, words) if words else "")
        )

    groups = (
        replace(group, items=tuple(cut(item) for item in group.items if item.rank < most))
        for group in digest.groups
    )
    return replace(digest, groups=tuple(group for group in groups if group.items))


def _size(found: Letter) -> int:
    """The size in bytes of a message of usual addresses."""
    sender = Sender(address=Address(addr_spec=f"{'x' * 40}@example.org"))
    now = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    return len(found.message(f"{'x' * 40}@example.org", sender, date=now).as_bytes())


def _unsubscribe(sender: Sender, recipient: str) -> str:
    if not sender.unsubscribe:
        return f"mailto:{sender.address.addr_spec}?subject=unsubscribe"
    return sender.unsubscribe.replace(PLACE, quote(recipient, safe=""))


def _wrap(text: str, lead: str = "") -> str:
    """A paragraph in lines of at most 72 signs behind a lead, such as "* "; no word is cut."""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _ascii(html: str) -> str:
    """HTML in ASCII and lines of less than 998 bytes, which any server takes as it is: without
    another encoding it is a twentieth smaller."""
    plain = html.encode("ascii", "xmlcharrefreplace").decode("ascii")
    lines = (
        textwrap.wrap(line, 900, break_long_words=False, break_on_hyphens=False)
        if len(line) > 900
        else [line]
        for line in plain.splitlines()
    )
    return "\n".join(part for found in lines for part in found) + "\n"


def _tidy(text: str) -> str:
    """No space at the ends of lines, never two empty lines."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
