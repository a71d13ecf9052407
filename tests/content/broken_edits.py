"""Edits as people make them by mistake, each done to a copy of the invented library.

A mistake within one file has a fixture in tests/data/mistakes; these are edits of a list that was
sound, as a pull request brings them, and `papershelf check` as a whole says what they did.
tests/data/broken_edits.txt holds what is printed for each; mistakes_table.py prints both.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from builder.cli import main

SLUG = "half-a-loaf-sparse-updates-for-large-models"
PAPER = f"papers/{SLUG}.md"
EDITION = "editions/daily-papers-2024-12-02.yml"
PATH = "collections/less-is-more.md"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A broken edit. name: what somebody did; do: does it to a content folder. harmless: why it is
    taken as it is; "" where `papershelf check` says what is wrong."""

    name: str
    do: Callable[[Path], object]
    harmless: str = ""


def text(path: str, change: Callable[[str], str]) -> Callable[[Path], object]:
    """Change the text of a file, its line endings as they are."""

    def do(content: Path) -> None:
        file = content / path
        before = file.read_bytes().decode("utf-8")
        after = change(before)
        assert after != before, path
        file.write_bytes(after.encode("utf-8"))

    return do


def swap(old: str, new: str, path: str = PAPER) -> Callable[[Path], object]:
    """Put `new` in the place of the first `old`."""
    return text(path, lambda whole: whole.replace(old, new, 1))


def data(change: Callable[[bytes], bytes], path: str = PAPER) -> Callable[[Path], object]:
    """Change the bytes of a file."""
    return lambda content: (content / path).write_bytes(change((content / path).read_bytes()))


def name(new: str, path: str = PAPER) -> Callable[[Path], object]:
    """Give a file another place below content/."""

    def do(content: Path) -> None:
        (content / new).parent.mkdir(parents=True, exist_ok=True)
        (content / path).rename(content / new)

    return do


def add(path: str, text: str) -> Callable[[Path], object]:
    """Put a new file below content/."""

    def do(content: Path) -> None:
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8", newline="")

    return do


CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> their-branch\n"
VENUE = "venue: ICLR 2025\n"
TITLE = 'title: "Half a Loaf: Sparse Updates for Large Models"'
SUMMARY = (
    'summary: "Updates one weight in a thousand and loses almost nothing; for anyone who '
    'fine-tunes on one machine."'
)
AUTHORS = "authors: [Ada Example, Bo Sample]"
TAGS = "tags: [sparsity, theory]"
DATE = "date: 2025-03-06"
ARXIV = 'arxiv: "2503.99901"'
CODE = 'url: "https://github.com/example/half-a-loaf"'
FIRST = "Large models change little"
LIST = "  - on-the-price-of-patience-in-stochastic-search\n"

EDITS: tuple[Edit, ...] = (
    # ------------------------------------------------------------ conflicts
    Edit(
        name="merge-conflict markers in the front matter",
        do=swap(VENUE, CONFLICT.format(VENUE, "venue: ICML 2025\n")),
    ),
    Edit(
        name="merge-conflict markers in the abstract",
        do=swap(FIRST, CONFLICT.format("Large models\n", "Big models\n") + FIRST),
    ),
    Edit(
        name="merge-conflict markers in the notes",
        do=swap("Read this", CONFLICT.format("Read that\n", "Skip that\n") + "Read this"),
    ),
    Edit(
        name="merge-conflict markers in an edition",
        do=swap(LIST, CONFLICT.format(LIST, ""), EDITION),
    ),
    Edit(
        name="merge-conflict markers in a reading path's introduction",
        do=swap("How much of", CONFLICT.format("How\n", "Why\n") + "How much of", PATH),
    ),
    Edit(
        name="merge-conflict markers in tags.yml",
        do=swap(
            "  - id: retrieval\n",
            CONFLICT.format("  - id: retrieval\n", "  - id: rag\n"),
            "tags.yml",
        ),
    ),
    Edit(
        name="one conflict marker forgotten",
        do=swap(VENUE, VENUE + ">>>>>>> their-branch\n"),
    ),
    Edit(
        name="one conflict marker forgotten in the abstract",
        do=swap(FIRST, "=======\n" + FIRST),
    ),
    # ------------------------------------------------------------ bytes
    Edit(name="a byte order mark", do=data(lambda found: b"\xef\xbb\xbf" + found)),
    Edit(name="saved as UTF-16", do=data(lambda found: found.decode("utf-8").encode("utf-16"))),
    Edit(
        name="saved as UTF-16 without a mark",
        do=data(lambda found: found.decode("utf-8").encode("utf-16-le")),
    ),
    Edit(
        name="saved as Latin-1",
        do=data(
            lambda found: found.decode("utf-8").replace("Bo S", "Bö S").encode("latin-1", "replace")
        ),
    ),
    Edit(name="a NUL byte", do=data(lambda found: found.replace(b"Bo Sample", b"Bo\x00Sample"))),
    Edit(
        name="a control character in the abstract",
        do=data(lambda found: found.replace(FIRST.encode(), b"\x08" + FIRST.encode())),
    ),
    Edit(
        name="Windows line endings",
        do=data(lambda found: found.replace(b"\n", b"\r\n")),
        harmless="Windows' editors write them, and nothing that readers see changes",
    ),
    Edit(
        name="Windows and Unix line endings in one file",
        do=data(lambda found: found.replace(b"\n", b"\r\n", 5)),
        harmless="the same",
    ),
    Edit(
        name="line endings of the old Macintosh", do=data(lambda found: found.replace(b"\n", b"\r"))
    ),
    Edit(
        name="no line break at the end",
        do=data(lambda found: found.rstrip(b"\n")),
        harmless="editors in the browser leave it out, and nothing changes",
    ),
    Edit(name="an empty file", do=data(lambda found: b"")),
    Edit(name="a file of blank lines", do=data(lambda found: b"\n\n \n")),
    Edit(
        name="a very large file", do=data(lambda found: found + b"And so on, and so on.\n" * 60_000)
    ),
    # ------------------------------------------------------------ front matter's borders
    Edit(name="the first --- is missing", do=text(PAPER, lambda found: found.split("\n", 1)[1])),
    Edit(name="a blank line above the first ---", do=text(PAPER, lambda found: "\n" + found)),
    Edit(name="the second --- is missing", do=swap("pick: true\n---\n", "pick: true\n")),
    Edit(name="the second --- twice", do=swap("pick: true\n---\n", "pick: true\n---\n---\n")),
    Edit(name="the first --- twice", do=text(PAPER, lambda found: "---\n" + found)),
    Edit(name="--- indented", do=swap("pick: true\n---\n", "pick: true\n ---\n")),
    Edit(
        name="an em dash in the place of ---",
        do=text(PAPER, lambda found: found.replace("---\n", "—\n", 1)),
    ),
    Edit(name="four dashes", do=text(PAPER, lambda found: found.replace("---\n", "----\n"))),
    Edit(name="in a code fence as a whole", do=text(PAPER, lambda found: f"```yaml\n{found}```\n")),
    # ------------------------------------------------------------ YAML
    Edit(name="smart quotes around the title", do=swap(TITLE, TITLE.replace('"', "”"))),
    Edit(
        name="smart quotes around a title without a colon", do=swap(TITLE, "title: “Half a Loaf”")
    ),
    Edit(name="smart quotes around the arXiv id", do=swap(ARXIV, "arxiv: “2503.99901”")),
    Edit(name="smart quotes in the list of links", do=swap(CODE, CODE.replace('"', "”"))),
    Edit(name="a tab in front of a list's item", do=swap("  - {kind: code", "\t- {kind: code")),
    Edit(
        name="a tab behind a colon",
        do=swap("venue: ICLR", "venue:\tICLR"),
        harmless="YAML takes a tab there for a space",
    ),
    Edit(name="a key twice", do=swap(VENUE, VENUE + "venue: ICML 2025\n")),
    Edit(name="no space behind a colon", do=swap("venue: ICLR", "venue:ICLR")),
    Edit(name="a key in capitals", do=swap("venue:", "Venue:")),
    Edit(name="a key indented", do=swap("venue:", " venue:")),
    Edit(
        name="a list's items not indented alike",
        do=swap("  - {kind: project", "    - {kind: project"),
    ),
    Edit(
        name="a list in the place of the keys",
        do=text(
            PAPER,
            lambda found: "---\n- Half a Loaf\n- Ada Example\n---\n" + found.split("---\n", 2)[2],
        ),
    ),
    Edit(
        name="a colon in a summary without quotes",
        do=swap(SUMMARY, "summary: Updates one weight: the rest stays."),
    ),
    Edit(
        name="a number sign in a summary without quotes",
        do=swap(SUMMARY, "summary: Updates weight #1 of a thousand."),
    ),
    Edit(
        name="a summary that begins with a bracket",
        do=swap(SUMMARY, "summary: [Sparse] updates that lose almost nothing."),
    ),
    Edit(
        name="a summary of several lines without an indent",
        do=swap(SUMMARY, "summary: Updates one weight in a thousand\nand loses almost nothing."),
    ),
    Edit(name="quotes within quotes", do=swap(TITLE, 'title: "Half a "Loaf": Sparse Updates"')),
    Edit(name="a quote never closed", do=swap(TITLE, TITLE[:-1])),
    Edit(name="TeX in double quotes", do=swap(TITLE, r'title: "Half a Loaf in $\log n$ Steps"')),
    Edit(
        name="a comma behind the last item of a list",
        do=swap(AUTHORS, "authors: [Ada Example, Bo Sample,]"),
        harmless="YAML allows it, and there is no other way to read it",
    ),
    Edit(name="two commas in a list", do=swap(AUTHORS, "authors: [Ada Example,, Bo Sample]")),
    Edit(name="a bracket never closed", do=swap(AUTHORS, "authors: [Ada Example, Bo Sample")),
    Edit(name="authors in a line with commas", do=swap(AUTHORS, "authors: Ada Example, Bo Sample")),
    Edit(
        name='authors in a line with "and"', do=swap(AUTHORS, "authors: Ada Example and Bo Sample")
    ),
    Edit(
        name="authors in one pair of quotes within brackets",
        do=swap(AUTHORS, 'authors: ["Ada Example, Bo Sample"]'),
    ),
    Edit(
        name='authors joined by "and" within brackets',
        do=swap(AUTHORS, "authors: [Ada Example and Bo Sample]"),
    ),
    Edit(name="family names first", do=swap(AUTHORS, 'authors: ["Example, Ada", "Sample, Bo"]')),
    Edit(name='"et al." among the authors', do=swap(AUTHORS, "authors: [Ada Example, et al.]")),
    Edit(name="tags in a line with commas", do=swap(TAGS, "tags: sparsity, theory")),
    Edit(name="a tag that is not there", do=swap(TAGS, "tags: [sparcity, theory]")),
    Edit(name="a tag by its name", do=swap(TAGS, "tags: [Sparsity, theory]")),
    Edit(name="a zero-width space in a tag", do=swap(TAGS, "tags: [spar\u200bsity, theory]")),
    Edit(name="a non-breaking space behind a colon", do=swap("venue: ICLR", "venue:\xa0ICLR")),
    Edit(name="a non-breaking space in front of a key", do=swap("venue:", "\xa0venue:")),
    Edit(
        name="a non-breaking space in a name",
        do=swap("Ada Example", "Ada\xa0Example"),
        harmless="spaces of all kinds are one space when the file is read",
    ),
    Edit(name="a zero-width space in a name", do=swap("Ada Example", "Ada\u200b Example")),
    Edit(name="a zero-width space in a title", do=swap("Half a Loaf:", "Half\u200b a Loaf:")),
    Edit(
        name="a sign that turns the direction of writing",
        do=swap("Half a Loaf:", "Half \u202ea Loaf:"),
    ),
    Edit(name="a title that is a number", do=swap(TITLE, "title: 2048")),
    Edit(name="a title that is a word of YAML", do=swap(TITLE, "title: Yes")),
    Edit(name="a title that is a date", do=swap(TITLE, "title: 2025-03-06")),
    Edit(name="a title of nothing", do=swap(TITLE, "title: ~")),
    Edit(name="a key without a value", do=swap(VENUE, "venue:\n")),
    Edit(name="the word null", do=swap(VENUE, "venue: null\n")),
    Edit(name="yes for true", do=swap("pick: true", "pick: yes")),
    Edit(name="an anchor and its alias", do=swap(VENUE, "venue: &v ICLR 2025\norganization: *v\n")),
    Edit(
        name="aliases that multiply",
        do=swap(VENUE, "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nauthors: *c\n"),
    ),
    Edit(name="an alias within itself", do=swap(AUTHORS, "authors: &a [Ada Example, *a]")),
    Edit(name="a merge of keys", do=swap(VENUE, "<<: {venue: ICLR 2025}\n")),
    Edit(
        name="a YAML tag that makes an object",
        do=swap(VENUE, 'venue: !!python/object/apply:os.system ["true"]\n'),
    ),
    Edit(name="a YAML tag that changes a type", do=swap(VENUE, "venue: !!str 2025\n")),
    Edit(
        name="JSON in the place of YAML",
        do=text(
            PAPER,
            lambda found: (
                '---\n{"title": "Half a Loaf", "tags": ["sparsity"]}\n---\n'
                + found.split("---\n", 2)[2]
            ),
        ),
        harmless="JSON is YAML; papershelf fmt writes it as the others are",
    ),
    # ------------------------------------------------------------ facts
    Edit(name="an arXiv id without quotes", do=swap(ARXIV, "arxiv: 2503.99901")),
    Edit(
        name="an arXiv id that ends in a zero, without quotes", do=swap(ARXIV, "arxiv: 2503.99900")
    ),
    Edit(
        name="an arXiv id as an address",
        do=swap(ARXIV, 'arxiv: "https://arxiv.org/pdf/2503.99901v2.pdf"'),
    ),
    Edit(name="an arXiv id with its prefix", do=swap(ARXIV, 'arxiv: "arXiv:2503.99901"')),
    Edit(name="a DOI as an address", do=swap("doi: 10", "doi: https://doi.org/10")),
    Edit(name="a date in another order", do=swap(DATE, "date: 06.03.2025")),
    Edit(name="a date in the American order", do=swap(DATE, "date: 03/06/2025")),
    Edit(name="a date in words", do=swap(DATE, "date: March 6, 2025")),
    Edit(name="a thirteenth month", do=swap(DATE, "date: 2025-13-06")),
    Edit(name="a date without leading zeros", do=swap(DATE, "date: 2025-3-6")),
    Edit(name="a date in the future", do=swap(DATE, "date: 2525-03-06")),
    Edit(name="a date before the arXiv id", do=swap(DATE, "date: 2024-03-06")),
    Edit(name="an address without https", do=swap(CODE, 'url: "github.com/example/half-a-loaf"')),
    Edit(
        name="an address with a space",
        do=swap(CODE, 'url: "https://github.com/example/half a loaf"'),
    ),
    Edit(name="an address that runs a script", do=swap(CODE, 'url: "javascript:alert(1)"')),
    Edit(
        name="an address in Markdown's brackets",
        do=swap(CODE, 'url: "[code](https://github.com/example/half-a-loaf)"'),
    ),
    Edit(
        name="a link as an address alone",
        do=swap(
            '{kind: code, url: "https://github.com/example/half-a-loaf"}',
            "https://github.com/example/half-a-loaf",
        ),
    ),
    Edit(
        name="a link to code that is no repository",
        do=swap(CODE, 'url: "https://github.com/example"'),
    ),
    Edit(name="HTML pasted into the title", do=swap(TITLE, 'title: "Half a <i>Loaf</i>"')),
    Edit(
        name="HTML pasted into the summary",
        do=swap(SUMMARY, 'summary: "Updates <b>one</b> weight."'),
    ),
    # ------------------------------------------------------------ texts
    Edit(
        name="HTML pasted into the abstract",
        do=swap(FIRST, '<div class="abstract"><span>Abstract:</span>\n' + FIRST),
    ),
    Edit(
        name="a script pasted into the abstract",
        do=swap(FIRST, "<script>alert(1)</script>\n" + FIRST),
    ),
    Edit(name="the word Abstract in front of the abstract", do=swap(FIRST, "Abstract: " + FIRST)),
    Edit(
        name="a code fence never closed", do=swap("A second paragraph", "```\nA second paragraph")
    ),
    Edit(name="a formula never closed", do=swap(r"$O(k \log n)$", r"$O(k \log n)")),
    Edit(name="a formula that does not parse", do=swap(r"$O(k \log n)$", r"$O(k \log{n)$")),
    Edit(
        name="a displayed formula never closed",
        do=swap("A second paragraph", "$$\nn^2\n\nA second paragraph"),
    ),
    Edit(name="TeX's citations in the abstract", do=swap("On twelve", r"As \cite{x}, on twelve")),
    Edit(
        name="an abstract that is cut off",
        do=text(PAPER, lambda found: found.split("- it works")[0] + "- it works with…\n"),
    ),
    Edit(
        name="an abstract of nothing",
        do=text(PAPER, lambda found: "---\n" + found.split("---\n")[1] + "---\n"),
    ),
    Edit(
        name="a link to a page that is not there",
        do=swap("On twelve", "As in [Sieve](../sieve-8/), on twelve"),
    ),
    Edit(
        name="a link to the file of a paper",
        do=swap("On twelve", "As in [Sieve](sieve-7-learning-what-to-forget.md), on twelve"),
    ),
    Edit(
        name="a link of a hand-written page to a paper that is not there",
        do=swap("\n", "\n\nSee [Sieve](papers/sieve-7.md).\n", "pages/about.md"),
    ),
    Edit(name="a date after the arXiv id", do=swap(DATE, "date: 2025-06-06")),
    Edit(
        name="a summary copied from the abstract",
        do=swap(SUMMARY, "summary: We update only the weights whose gradient keeps its sign."),
    ),
    Edit(
        name="an author spelt in two ways",
        do=swap(AUTHORS, "authors: [ada Example, Bo Sample]"),
    ),
    Edit(
        name="a title that is nearly another paper's",
        do=lambda content: (content / "papers/half-loaf.md").write_text(
            f"---\n{TITLE.replace('Updates', 'Update')}\n---\nBread.\n", encoding="utf-8"
        ),
    ),
    Edit(
        name="a tag that no paper has",
        do=swap(
            "  - id: retrieval\n",
            "  - {id: idle, name: Idle hours, facet: method, definition: Rest.}\n"
            "  - id: retrieval\n",
            "tags.yml",
        ),
    ),
    Edit(
        name="a related paper that is not there",
        do=swap("related: [sieve-7-learning", "related: [sieve-learning"),
    ),
    Edit(name="a related paper by its file", do=swap("to-forget]", "to-forget.md]")),
    # ------------------------------------------------------------ files
    Edit(name="a paper in the wrong folder", do=name(f"editions/{SLUG}.md")),
    Edit(name="a paper beside the folder", do=name(f"{SLUG}.md")),
    Edit(name="a paper in a folder of its own", do=name(f"papers/2025/{SLUG}.md")),
    Edit(name="the ending .MD", do=name(f"papers/{SLUG}.MD")),
    Edit(name="the ending .markdown", do=name(f"papers/{SLUG}.markdown")),
    Edit(name="the ending .md.txt", do=name(f"{PAPER}.txt")),
    Edit(
        name="an edition with the ending .yaml", do=name(EDITION.replace(".yml", ".yaml"), EDITION)
    ),
    Edit(name="a name with capitals and spaces", do=name("papers/Half a Loaf.md")),
    Edit(
        name="a zero-width space in a name of a file",
        do=name(f"papers/{SLUG[:4]}\u200b{SLUG[4:]}.md"),
    ),
    Edit(
        name="a copy of a file",
        do=lambda content: (content / f"papers/{SLUG}-copy.md").write_bytes(
            (content / PAPER).read_bytes()
        ),
    ),
    Edit(
        name="a symbolic link",
        do=lambda content: (content / "papers/loaf.md").symlink_to(f"{SLUG}.md"),
    ),
    Edit(
        name="a folder with the name of a paper",
        do=lambda content: (content / "papers/loaf.md").mkdir(),
    ),
    Edit(name="a file of tags with the ending .yaml", do=name("tags.yaml", "tags.yml")),
    Edit(name="an unknown file beside the folders", do=add("notes.yml", "x: 1\n")),
    Edit(
        name="a file of an editor",
        do=add("papers/.half-a-loaf.md.swp", "x"),
        harmless="hidden files are nobody's paper",
    ),
    Edit(name="a backup of an editor", do=add(f"{PAPER}~", "x")),
    Edit(name="an image among the papers", do=add("papers/figure.png", "x")),
    Edit(
        name="a paper removed that an edition lists", do=lambda content: (content / PAPER).unlink()
    ),
    # ------------------------------------------------------------ the other files
    Edit(
        name="an edition that lists a title",
        do=swap(LIST, "  - On the Price of Patience\n", EDITION),
    ),
    Edit(name="an edition that lists a paper twice", do=swap(LIST, LIST + LIST, EDITION)),
    Edit(
        name="an edition with the front matter of a paper",
        do=text(EDITION, lambda found: f"---\n{found}---\n"),
    ),
    Edit(
        name="a phrase of tags.yml in two topics",
        do=swap("[retriever, retrieval, index]", "[retriever, pruning]", "tags.yml"),
    ),
    Edit(
        name="a redirect as an address",
        do=add("redirects.yml", '"https://example.org/papers/x/": "/papers/y/"\n'),
    ),
)


def printed(edit: Edit, library: Path, folder: Path) -> list[str]:
    """The lines that `papershelf check` prints of a library after an edit.

    library: the sound one; folder: an empty one, in which the work is done.
    """
    shutil.copytree(library, folder / "content")
    edit.do(folder / "content")
    result = CliRunner().invoke(
        main, ["--content", str(folder / "content"), "check"], catch_exceptions=False
    )
    if result.stdout.endswith(": no problem\n"):
        return []
    return [line.replace(f"{folder.as_posix()}/", "") for line in result.stdout.splitlines()]
