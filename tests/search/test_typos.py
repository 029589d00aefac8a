"""What a visitor gets who mistypes: corrections that find more, and what is like his words when nothing holds them."""

from __future__ import annotations

import pytest

from search import concepts, service
from search.indexing.rebuild import rebuild
from search.types import PUBLIC, SearchQuery, SearchResults
from tests.search.shelf import Shelf, page, text, work

pytestmark = pytest.mark.django_db

TITLES = {
    "en": "Unemployment insurance for informal workers",
    "id": "Jaminan kehilangan pekerjaan bagi pekerja",
    "ms": "Insurans pekerjaan dan keselamatan sosial",
    "vi": "Bảo hiểm thất nghiệp ở Việt Nam",
    "fil": "Proteksyong panlipunan para sa manggagawa",
    "pt": "Proteção social dos trabalhadores",
    "th": "ประกันสังคมสำหรับแรงงานนอกระบบ",
    "km": "ការគាំពារសង្គមសម្រាប់កម្មករ",
    "lo": "ການປົກປ້ອງທາງສັງຄົມສຳລັບແຮງງານ",
    "my": "အလုပ်သမားများအတွက် လူမှုဖူလုံရေး",
    "zh-hans": "非正规就业工人的社会保护",
}


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    """A work in each language, and one about fish."""
    shelf.works = {language: work(language, text(language, title)) for language, title in TITLES.items()}
    shelf.works["fish"] = work("fish", text("en", "Fisheries"), facets={"type": ("video",), "language": ("en",)})
    rebuild()
    return shelf


def ask(words: str, readers: frozenset[str] = frozenset({PUBLIC}), **filters: tuple[str, ...]) -> SearchResults:
    return service.search(SearchQuery(words, filters=filters, readers=readers))


def restock(shelf: Shelf, *works: object) -> None:
    shelf.works = {each.work: each for each in works}  # type: ignore[attr-defined]
    rebuild()


# --- When there is nothing to put right --------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "zzzzqqqq",
        "blorptify",
        "xq",
        "ฮฺฮฮฮฺฮ",
        "ឍឍឍឍឍ",
        "ຮຮຮຮຮຮ",
        "ဍဍဍဍဍ",
        "龘龘龘龘",
        "1234567",
        "q" * 10_000,
        "zzzzqqqq " * 1_100,
        "ฮฺฮ" * 3_000,
    ],
    ids=range(12),
)
def test_nonsense_finds_nothing_and_proposes_nothing(library: Shelf, words: str) -> None:
    results = ask(words)
    assert (results.total, results.suggestions, results.fuzzy) == (0, (), False)


def test_what_finds_enough_is_not_put_right(library: Shelf) -> None:
    restock(library, *(work(f"w{number}", text("en", f"Pensions {number}")) for number in range(3)))
    assert ask("pensions").suggestions == ()


def test_a_rare_word_that_the_library_knows_is_not_put_right(library: Shelf) -> None:
    restock(library, work("rare", text("en", "Tension")), *(work(f"w{n}", text("en", "Pension")) for n in range(5)))
    assert ask("tension").suggestions == ()


def test_a_correction_that_finds_no_more_is_not_proposed(library: Shelf) -> None:
    # Nothing but fish is a video.
    results = ask("unemploymnt", type=("video",))
    assert (results.total, results.suggestions) == (0, ())


def test_words_of_a_restricted_work_are_never_told(library: Shelf) -> None:
    secret = work("secret", text("en", "Retrenchment", "Negotiations", "Confidential"), readers=("7",))
    restock(library, secret, work("open", text("en", "Pensions")))
    for typo in ("retrenchmant", "negotiatons", "confidentil"):
        results = ask(typo)
        assert (results.total, results.suggestions, results.fuzzy) == (0, (), False)
        told = ask(typo, frozenset({PUBLIC, "7"}))
        assert [hit.work for hit in told.hits] == ["secret"]
        assert told.fuzzy
    assert ask("retrenchmant", frozenset({PUBLIC, "7"})).suggestions == ("retrenchment",)


def test_runs_of_a_restricted_work_are_never_told(library: Shelf) -> None:
    restock(library, work("secret", text("th", "กขคงจฉชซ"), readers=("7",)))
    assert ask("กขคฎจฉชซ").total == 0
    assert ask("กขคฎจฉชซ", frozenset({PUBLIC, "7"})).fuzzy


def test_what_the_filters_shut_out_is_no_typo(library: Shelf) -> None:
    results = ask("panlipunan", type=("video",))
    assert (results.total, results.fuzzy, results.suggestions) == (0, False, ())


# --- Did you mean --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("unemploymnt", "unemployment"),
        ("unemplyoment", "unemployment"),
        ("Unemploymint Insurance", "Unemployment Insurance"),
        ("UNEMPLOIMENT", "UNEMPLOYMENT"),
        ("kehilangen", "kehilangan"),
        ("jamnian", "jaminan"),
        ("keslamatan sosial", "keselamatan sosial"),
        ("keselamtan", "keselamatan"),
        ("thất nghiẹpp", "thất nghiệp"),
        ("that nghiepp", "that nghiệp"),
        ("panlipnan", "panlipunan"),
        ("manggagwa", "manggagawa"),
        ("trablahadores", "trabalhadores"),
        ("protecçao", "proteção"),
        ("trabalhadorez", "trabalhadores"),
    ],
)
def test_a_typo_in_any_latin_language_is_put_right(library: Shelf, typed: str, meant: str) -> None:
    assert ask(typed).suggestions[:1] == (meant,)


def test_what_is_right_of_a_query_stays_as_typed(library: Shelf) -> None:
    assert ask('"Informal wrokers" -fish title:unemploymnt').suggestions == (
        '"Informal workers" -fish title:unemployment',
    )
    assert ask("ประกันสังคม unemploymnt").suggestions == ("ประกันสังคม unemployment",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("unemploymnet insurence", "unemployment insurance"),
        ("Insurence unemploymnet", "Insurance unemployment"),
        ("unemploymnet insurances", "unemployment insurances"),
        ("unemploymnet worker", "unemployment worker"),
        ("unemploymnet insure", "unemployment insure"),
        ("jaminn bekerja", "jaminan bekerja"),
        ("proteçãoo trabalhadoras", "proteção trabalhadoras"),
        ("unemploymnet PhilHealth", "unemployment PhilHealth"),
        ("unemploymnet INSURENCE", "unemployment INSURANCE"),
    ],
)
def test_a_word_with_a_known_stem_is_put_right_only_in_its_middle(library: Shelf, typed: str, meant: str) -> None:
    library.put(work("kerja", text("id", "Pekerja dan jaminan")), work("phil", text("th", "กองทุน PhilHealth")))
    rebuild()
    assert ask(typed).suggestions[:1] == (meant,)


def test_a_wrong_spelling_that_the_library_writes_itself_is_let_be(library: Shelf) -> None:
    restock(library, work("a", text("en", "Insurence")), work("b", text("en", "Unemployment insurance")))
    assert ask("unemploymnet insurence").suggestions[:1] == ("unemployment insurence",)


def test_a_spelling_that_only_a_restricted_work_has_is_put_right_for_others(library: Shelf) -> None:
    library.put(work("secret", text("en", "Insurence"), readers=("7",)))
    rebuild()
    assert ask("unemploymnet insurence").suggestions[:1] == ("unemployment insurance",)
    assert ask("unemploymnet insurence", frozenset({PUBLIC, "7"})).suggestions[:1] == ("unemployment insurence",)


def test_a_label_is_spelt_right(library: Shelf) -> None:
    library.labels = {"theme:insurence": {"en": ["Insurence"]}}
    concepts.forget()
    assert ask("unemploymnet insurence").suggestions[:1] == ("unemployment insurence",)


def test_what_is_excluded_is_not_put_right(library: Shelf) -> None:
    assert ask("insurance -unemploymnt").suggestions == ()


def test_when_some_words_are_found_the_others_are_put_right(library: Shelf) -> None:
    results = ask("unemploymnt insurance")
    assert results.suggestions == ("unemployment insurance",)
    assert (results.any_word, results.fuzzy) == (True, False)


def test_two_mistakes_are_put_right_at_once(library: Shelf) -> None:
    assert ask("unemploymnt insurnace").suggestions == ("unemployment insurance",)


def test_the_word_beside_tells_which_is_meant(library: Shelf) -> None:
    restock(
        library,
        work("a", text("vi", "Bảo hiểm xã hội")),
        *(work(f"w{number}", text("vi", "Cao nguyên")) for number in range(5)),
    )
    assert ask("bzo hiểm").suggestions == ("bảo hiểm",)


def test_a_short_word_without_its_neighbour_is_let_be(library: Shelf) -> None:
    restock(library, work("a", text("vi", "Bảo hiểm xã hội")))
    assert ask("bzo").suggestions == ()


def test_wrong_diacritics_find_what_is_meant_by_themselves(library: Shelf) -> None:
    results = ask("bao hiễm thầt nghiẹp")
    assert results.hits[0].work == "vi"
    assert not results.fuzzy


def test_the_commoner_word_is_proposed_first(library: Shelf) -> None:
    rare = work("rare", text("en", "Tenser"))
    restock(library, rare, *(work(f"w{number}", text("en", f"Tender {number}")) for number in range(9)))
    assert ask("tenter").suggestions == ("tender", "tenser")


def test_a_word_that_only_a_label_has_is_proposed_if_it_finds_works(library: Shelf) -> None:
    library.labels = {"theme:x": {"en": ["Seafarers"]}, "theme:y": {"en": ["Miners"]}}
    concepts.forget()
    restock(library, work("sea", text("th", "ลูกเรือ"), concepts=("theme:x",)))
    assert ask("seafarrers").suggestions == ("seafarers",)
    assert ask("minerz").suggestions == ()


def test_a_word_that_only_a_page_or_a_long_text_has_is_proposed(library: Shelf) -> None:
    long = "Nothing of note is told here at all. " * 40
    restock(
        library,
        work("body", text("en", "A", body=f"{long} The actuary reports.")),
        work("file", text("en", "B", body="short"), passages=(page(1, "Stevedores are covered."),)),
    )
    assert ask("actaury").suggestions == ("actuary",)
    assert ask("stevedoers").suggestions == ("stevedores",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"insurance unemployment"', ["insurance unemployment"]),
        ('"workers informal" -"fish sauce"', ['workers informal -"fish sauce"']),
        ("“bao hiem viet nam”", ["bao hiem viet nam"]),
        ('"zzzzqqqq blorptify"', []),
        ('"unemployment insurance"', []),
        ('title:"insurance unemployment"', []),
    ],
)
def test_words_that_stand_nowhere_as_quoted_are_proposed_without_the_quotes(
    library: Shelf, typed: str, meant: list[str]
) -> None:
    results = ask(typed)
    assert list(results.suggestions) == meant
    assert not results.fuzzy
    assert bool(results.total) is (typed == '"unemployment insurance"')


def test_a_correction_keeps_the_filters(library: Shelf) -> None:
    assert ask("unemploymnt", type=("fact-sheet",)).suggestions == ("unemployment",)


# --- What is like it -------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "language", "marked"),
    [
        ("unemploymnt", "en", "Unemployment"),
        ("kehilangen", "id", "kehilangan"),
        ("keslamatan", "ms", "keselamatan"),
        ("nghiẹpp", "vi", "nghiệp"),
        ("panlipnan", "fil", "panlipunan"),
        ("trablahadores", "pt", "trabalhadores"),
    ],
)
def test_when_nothing_holds_a_word_works_with_one_like_it_are_shown_and_it_is_said(
    library: Shelf, typed: str, language: str, marked: str
) -> None:
    results = ask(typed)
    assert results.hits[0].work == language
    assert (results.fuzzy, results.any_word) == (True, False)
    assert f"<mark>{marked}</mark>" in results.hits[0].title_html


@pytest.mark.parametrize(
    ("language", "run", "typed"),
    [
        ("th", "ประกันสังคม", "ปรกันสังคน"),
        ("th", "บำเหน็จบำนาญ", "บำเหนจบำนาณ"),
        ("km", "សន្តិសុខសង្គម", "សន្ដិសុខសង្កម"),
        ("km", "និវត្តជន", "និវត្ថជន"),
        ("lo", "ປະກັນສັງຄົມ", "ປະກນສັງຄມ"),
        ("my", "လူမှုဖူလုံရေး", "လူမူဖူလုံရေ"),
        ("zh-hans", "社会保障", "社汇保障"),
        ("zh-hans", "失业保险金", "失业保险巾"),
    ],
)
def test_a_run_without_spaces_finds_one_that_differs_in_a_cluster(
    shelf: Shelf, language: str, run: str, typed: str
) -> None:
    restock(shelf, work("right", text(language, run)), work("wrong", text("en", "Fisheries")))
    results = ask(typed)
    assert [hit.work for hit in results.hits] == ["right"]
    assert results.fuzzy or results.any_word
    assert "<mark>" in results.hits[0].title_html


def test_a_run_that_is_only_in_a_page_is_found_by_one_like_it(shelf: Shelf) -> None:
    restock(shelf, work("right", text("en", "A"), passages=(page(3, "กขคงจฉชซ", "th"),)))
    results = ask("กขคฎจฉชซ")
    assert results.fuzzy
    assert [passage.page for passage in results.hits[0].passages] == [3]
    assert "<mark>" in results.hits[0].passages[0].html


def test_a_label_like_the_run_finds_what_is_about_it(shelf: Shelf) -> None:
    shelf.labels = {"theme:x": {"lo": ["ປະກັນການຫວ່າງງານ"], "en": ["Unemployment insurance"]}}
    concepts.forget()
    restock(shelf, work("about", text("en", "Income"), concepts=("theme:x",)))
    results = ask("ປະກັນການຫວ່າງານ")
    assert [hit.work for hit in results.hits] == ["about"]
    assert results.fuzzy


def test_similar_works_keep_to_the_filters_and_are_counted(library: Shelf) -> None:
    results = ask("unemploymnt", language=("en",))
    assert [hit.work for hit in results.hits] == ["en"]
    counts = {value.value: value.count for facet in results.facets if facet.name == "type" for value in facet.values}
    assert counts == {"fact-sheet": 1}


def test_works_like_either_word_are_shown_if_none_is_like_both(shelf: Shelf) -> None:
    restock(shelf, work("a", text("en", "Pensions")), work("b", text("en", "Fisheries")))
    results = ask("pensoins fisherise")
    assert {hit.work for hit in results.hits} == {"a", "b"}
    assert results.fuzzy


@pytest.mark.parametrize(
    ("language", "run", "typed"),
    [
        ("th", "ประกันสังคม", "ประกันสังคน"),
        ("km", "និកម្មភាព", "និកម្មភាប"),
        ("lo", "ປະກັນສັງຄົມ", "ປະກັນສັງຄອມ"),
        ("my", "အလုပ်လက်မဲ့", "အလုပ်လက်မဲ"),
        ("zh-hans", "长期护理", "长期护里"),
    ],
)
def test_a_run_that_the_library_has_is_proposed_for_one_like_it(
    shelf: Shelf, language: str, run: str, typed: str
) -> None:
    restock(shelf, work("right", text(language, run)), work("wrong", text("en", "Fisheries")))
    assert ask(typed).suggestions == (run,)
    assert ask(run).suggestions == ()


def test_a_run_beside_other_words_is_let_be(shelf: Shelf) -> None:
    restock(shelf, work("right", text("th", "ประกันสังคม")), work("other", text("en", "Fisheries")))
    assert ask("ประกันสังคน fisheries").suggestions == ()
    assert ask('"ประกันสังคน"').suggestions == ()


def test_what_the_word_before_was_meant_to_be_tells_which_one_is_meant(shelf: Shelf) -> None:
    restock(
        shelf,
        work("a", text("id", "Jaminan kehilangan pekerjaan")),
        *(work(f"w{number}", text("id", f"Pekerja {number}")) for number in range(9)),
    )
    assert ask("kehilangn pekerjan").suggestions == ("kehilangan pekerjaan",)
