"""What is certain of a formula is restored by an import; what is not was restored by hand."""

import re
from pathlib import Path

import pytest
import yaml

from builder.checks.debris import find
from builder.content import paper
from builder.importers import clean
from builder.importers.formulas import MARK, restored
from builder.mathematics.tex import MATH, mathml
from tests.conftest import DATA

ROOT = Path(__file__).parents[2]
PAPERS = ROOT / "content" / "papers"
CAPTURES = ROOT.parent / "shared" / "captures"
PLACES = [
    pytest.param(slug, place, id=f"{slug[:30]}-{number}")
    for slug, places in yaml.safe_load((DATA / "formulas.yml").read_text(encoding="utf-8")).items()
    for number, place in enumerate(places, start=1)
]


def lost(tex: str) -> str:
    """A text as the source of the listings makes it: each command that has an argument is dropped
    up to the first closing brace, then every other backslash, and every dollar sign."""
    tex = re.sub(r"\\[a-zA-Z]+\{([^}]*)\}", r"\1", tex.replace("$", ""))
    return tex.replace("\\", "")


@pytest.fixture(scope="module")
def captured():
    if not CAPTURES.is_dir():
        pytest.skip("the captures are not here")
    return [path.read_text(encoding="utf-8") for path in sorted(CAPTURES.glob("*.txt"))]


@pytest.mark.parametrize(("slug", "place"), PLACES)
def test_the_loss_explains_what_the_listings_show(slug, place):
    assert lost(place.get("tex", place["after"])) == place["before"]


@pytest.mark.parametrize(("slug", "place"), PLACES)
def test_each_formula_can_be_set_and_no_debris_is_left_beside_it(slug, place):
    formulas = [match["inline"] for match in MATH.finditer(place["after"])]
    assert all(map(mathml, formulas))
    assert find(MATH.sub(" ", place["after"])) == []
    assert formulas or set(place["after"]) & set("×²~")


@pytest.mark.skipif(not PAPERS.is_dir(), reason="the list is not here")
@pytest.mark.parametrize(("slug", "place"), PLACES)
def test_each_formula_stands_in_its_paper(slug, place):
    path = PAPERS / f"{slug}.md"
    abstract = paper.parse(path.read_text(encoding="utf-8"), path=path.as_posix()).abstract
    assert place["after"] in abstract
    assert place["before"] not in abstract


@pytest.mark.parametrize(("slug", "place"), PLACES)
def test_each_formula_was_lost_in_a_listing(slug, place, captured):
    assert any(place["before"] in text for text in captured)


@pytest.mark.parametrize(("slug", "place"), PLACES)
def test_an_import_restores_what_is_certain_and_makes_no_other_formula(slug, place):
    made = clean.abstract(place["before"]).markdown
    if place.get("certain"):
        assert made == place["after"]
    else:
        assert not set(made) & set("$×")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        # Signs of numbers.
        ("is 48times faster", "is 48× faster"),
        ("at 64times64 pixels", "at 64×64 pixels"),
        ("3 times, 3timestep", "3 times, 3timestep"),
        ("some 10^15 ways (10^{-3} s)", "some |10^{15}| ways (|10^{-3}| s)"),
        ("a 10^x and 110^5 and 10^6:1", "a 10^x and 110^5 and 10^6:1"),
        ("gains 11.0 pm 1.3 points", r"gains |11.0 \pm 1.3| points"),
        ("at 8 pm 3 people", "at 8 pm 3 people"),
        ("only sim0.6 points", "only ~0.6 points"),
        ("sim2real, sim2 and Sim 3", "sim2real, ~2 and Sim 3"),
        # Formulas with their backslashes.
        (r"of O(\sqrt{T}) regret", r"of |O(\sqrt{T})| regret"),
        (r"an \epsilon-optimal one", r"an |\epsilon|-optimal one"),
        (r"the (1+\epsilon)-approximate (\ell_p) norm.", r"the |(1+\epsilon)|-approximate "
         r"|(\ell_p)| norm."),
        (r"in O(n\log n), where \alpha is", r"in |O(n\log n)|, where |\alpha| is"),
        (r"a \frac{1}{2} share, \mathbb{R}^d.", r"a |\frac{1}{2}| share, |\mathbb{R}^d|."),
        # What may be a part of more, or has lost more, stays as it is.
        (r"in O(k \log n) time", r"in O(k \log n) time"),
        (r"as \alpha \to \infty goes", r"as \alpha \to \infty goes"),
        (r"in O(\sqrtn) or \mathcalO(n)", r"in O(\sqrtn) or \mathcalO(n)"),
        (r"of O(T^2/3\log n) steps", r"of O(T^2/3\log n) steps"),
        (r"a \emph{word} and \cite{one}", r"a \emph{word} and \cite{one}"),
        (r"is O(\alpha and", r"is O(\alpha and"),
        (r"an \alpha word-by-word \textit{one}", r"an |\alpha| word-by-word \textit{one}"),
        ("mathcal{O}(1/epsilon^4), W^star", "mathcal{O}(1/epsilon^4), W^star"),
        ("n times d, 1leq p, sqrt[3]{log n}", "n times d, 1leq p, sqrt[3]{log n}"),
    ],
)  # fmt: skip
def test_what_is_certain_is_restored(text, made):
    assert restored(text).replace(MARK, "|") == made


def test_restored_formulas_stand_in_abstracts_and_titles():
    text = r"Folds in O(\sqrt{n}) steps, 48times faster: \$5, $x$ and 10^15"
    made = r"Folds in $O(\sqrt{n})$ steps, 48× faster: \$5, $x$ and $10^{15}$"
    assert clean.abstract(text).markdown == made
    assert clean.line(text) == made


def test_a_formula_that_cannot_be_set_is_kept_as_code():
    assert clean.abstract(r"of $\kite(n)$ and \(\kite\)").markdown == (
        r"of `$\kite(n)$` and `$\kite$`"
    )
    assert clean.abstract(r"of $\kite`n$").markdown == r"of `` $\kite`n$ ``"


def test_a_formula_that_cannot_be_set_is_plain_text_in_a_title():
    assert clean.line(r"Kites of $\kite(n)$") == r"Kites of \$\kite(n)\$"
