from builder.pages.parts import PART, by_year, long, page_name, spread, year_of


def papers(count: int) -> list[str]:
    """Newest first."""
    return [f"paper-{number:05}" for number in range(count, 0, -1)]


def test_a_list_is_long_where_it_fills_two_pages() -> None:
    assert not long(papers(2 * PART - 1))
    assert long(papers(2 * PART))


def test_a_year_of_few_papers_is_one_page() -> None:
    slugs = papers(2 * PART - 1)
    assert spread({"2025": slugs}) == {"2025": tuple(slugs)}


def test_a_year_of_many_papers_has_parts_that_are_counted_from_the_oldest() -> None:
    slugs = papers(3 * PART + 5)
    pages = spread({"2025": slugs})
    assert list(pages) == ["2025/1", "2025/2", "2025"]
    assert pages["2025/1"][-1] == "paper-00001"
    assert len(pages["2025/1"]) == len(pages["2025/2"]) == PART
    assert [*pages["2025"], *pages["2025/2"], *pages["2025/1"]] == slugs


def test_a_new_paper_changes_the_newest_part_alone() -> None:
    for count in (2 * PART, 3 * PART + 5, 7 * PART):
        before, after = (spread({"2025": papers(number)}) for number in (count, count + 1))
        assert {path for path in before if before[path] != after[path]} == {"2025"}


def test_a_new_paper_of_an_old_year_leaves_the_other_years_alone() -> None:
    years = {"2025": papers(5 * PART), "2024": papers(3), "unknown": ["x"]}
    before, after = spread(years), spread({**years, "2024": papers(4)})
    assert {path for path in after if before.get(path) != after[path]} == {"2024"}


def test_the_pages_of_a_list_stand_oldest_first_and_those_of_an_unknown_year_before_all() -> None:
    years = {"2025": papers(2 * PART), "2024": ["a"], "unknown": ["b"]}
    assert list(spread(years)) == ["unknown", "2024", "2025/1", "2025"]


def test_a_page_is_called_by_its_year_and_part() -> None:
    assert [page_name(page) for page in ("unknown", "2024", "2025/1")] == [
        "Year unknown",
        "2024",
        "2025, part 1",
    ]
    assert year_of("2025/1") == year_of("2025") == "2025"


def test_papers_are_divided_by_year_in_their_order() -> None:
    years = {"a": 2025, "b": 2025, "c": 2024, "d": None}
    assert by_year("abcd", years.get) == {"2025": ("a", "b"), "2024": ("c",), "unknown": ("d",)}
