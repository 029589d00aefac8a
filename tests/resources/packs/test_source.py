"""Recommended packs are found like works; no others are."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from resources.models import ResourceTheme
from resources.packs import actions
from resources.packs.editions import search_key, share
from resources.packs.models import Pack
from resources.packs.source import Packs, packs_holding
from resources.source import Library, type_label
from resources.thesaurus.models import Concept
from search import registry, service
from search.indexing import worker
from search.types import SearchQuery, SearchResults
from tests.resources.packs.conftest import Library as Shelf


@pytest.fixture
def recommended(pack: Pack) -> Pack:
    pack.introduction = "ការណែនាំសម្រាប់មន្ត្រីថ្មី"
    pack.save()
    share(pack=pack)
    actions.judge(pack=pack, edition=1, hidden=False)
    worker.drain()
    return pack


def find(text: str = "", ui: str = "en", **filters: str) -> SearchResults:
    chosen = {name: (value,) for name, value in {"type": "reading-pack", **filters}.items()}
    return service.search(SearchQuery(text=text, ui=ui, filters=chosen))


def is_found() -> bool:
    worker.drain()
    return find().total == 1


def test_keys_that_are_no_packs_and_no_works_give_nothing(recommended: Pack) -> None:
    odd = ["pack-", "pack-\x00", "pack-'; --", "pack-ZZZZZZ", "other", "", "pack-" + "9" * 5000]
    assert list(registry.documents(odd)) == []
    assert list(Library().documents([search_key(recommended.code)])) == []


@pytest.mark.parametrize(("is_recommended", "hidden", "shared"), [(0, 0, 1), (1, 1, 1), (1, 0, 0)])
def test_only_what_is_recommended_open_and_shared_is_found(
    pack: Pack, is_recommended: int, hidden: int, shared: int
) -> None:
    if shared:
        share(pack=pack)
    actions.judge(pack=pack, edition=1 if is_recommended else None, hidden=bool(hidden))
    assert list(Packs().keys()) == []
    assert list(Packs().documents()) == []
    assert not is_found()


def test_it_is_found_by_its_words_and_its_works(recommended: Pack, library: Shelf) -> None:
    for words in (recommended.title, "មន្ត្រីថ្មី", library.sheet_km.title):
        assert find(words).total == 1
    hit = find().hits[0]
    assert (hit.work, hit.key) == (f"pack-{recommended.code}", f"pack-{recommended.code}")
    assert hit.url == f"/p/{recommended.code}/"
    assert hit.card["works"] == 3
    assert hit.card["minutes"] >= 3
    assert "ការណែនាំ" in hit.snippet_html


def test_it_is_filed_under_what_its_works_are_filed_under(pack: Pack, library: Shelf) -> None:
    above = Concept.objects.create(slug="social-insurance")
    theme = Concept.objects.create(slug="unemployment", broader=above)
    ResourceTheme.objects.create(resource=library.sheet, concept=theme)
    share(pack=pack)
    actions.judge(pack=pack, edition=1, hidden=False)
    worker.drain()
    assert find(country="KH").total == 1
    assert find(theme="social-insurance").total == 1
    assert find(language="km").total == 1
    assert find(language="en").total == 0
    (facet,) = [facet for facet in find().facets if facet.name == "type"]
    assert {value.label for value in facet.values if value.value == "reading-pack"} == {
        type_label("reading-pack", "en")
    }


@pytest.mark.parametrize("how", ["not recommended", "hidden", "deleted"])
def test_it_leaves_search_at_once(recommended: Pack, how: str) -> None:
    assert is_found()
    if how == "deleted":
        recommended.delete()
    else:
        actions.judge(pack=recommended, edition=None if how == "not recommended" else 1, hidden=how == "hidden")
    assert not is_found()


@pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted"])
def test_what_was_withdrawn_is_not_found_in_it(recommended: Pack, library: Shelf, how: str) -> None:
    title = library.sheet_km.title
    assert find(title).total == 1
    if how == "unpublished":
        library.sheet.unpublish()
        library.sheet_km.unpublish()
    elif how == "restricted":
        for page in (library.sheet, library.sheet_km):
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        library.sheet_km.delete()
        library.sheet.delete()
    worker.drain()
    assert find(title).total == 0
    assert find().hits[0].card["works"] == 2
    assert find(country="KH").total == 0


def test_what_is_handed_out_after_it_was_recommended_waits_for_an_editor(recommended: Pack) -> None:
    before = recommended.title
    Pack.objects.filter(pk=recommended.pk).update(title="សន្តិសុខសង្គម")
    recommended.refresh_from_db()
    share(pack=recommended)
    worker.drain()
    assert (find("សន្តិសុខសង្គម").total, find(before).total) == (0, 1)
    assert find().hits[0].url == f"/p/{recommended.code}/1/"
    actions.judge(pack=recommended, edition=2, hidden=False)
    worker.drain()
    assert (find("សន្តិសុខសង្គម").total, find(before).total) == (1, 0)
    assert find().hits[0].url == f"/p/{recommended.code}/"


def test_an_edition_that_there_is_not_is_not_recommended(recommended: Pack) -> None:
    actions.judge(pack=recommended, edition=7, hidden=False)
    assert not recommended.recommended
    assert not is_found()


def test_a_work_that_the_newest_edition_left_out_still_leaves_the_recommended_one(
    recommended: Pack, library: Shelf
) -> None:
    title = library.sheet_km.title
    recommended.items.filter(work=library.sheet.translation_key).delete()
    share(pack=recommended)
    worker.drain()
    assert find(title).total == 1
    library.sheet.unpublish()
    library.sheet_km.unpublish()
    worker.drain()
    assert find(title).total == 0


def test_works_know_the_packs_that_search_may_find(recommended: Pack, library: Shelf) -> None:
    other, _secret = actions.begin(language="en")
    actions.add(pack=other, choices=[library.whole(library.sheet)])
    share(pack=other)
    assert packs_holding([library.sheet.work]) == [search_key(recommended.code)]
    assert packs_holding([]) == []
