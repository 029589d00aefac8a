"""What changed in a file since it was handed out is told by page, and nothing that did not change."""

from __future__ import annotations

import pytest

from resources.packs import actions
from resources.packs.changes import Change, changes, compare, compare_places
from resources.packs.content import FrozenPassage
from resources.packs.editions import share, stored
from resources.packs.models import Pack
from tests.resources.packs.conftest import Library, replace_file
from tests.resources.packs.made import NOTES, SEED, seed_pdfs


def pages(*texts: str) -> list[FrozenPassage]:
    return [FrozenPassage(text, page=at) for at, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (("a", "b", "c"), []),
        (("a", "B", "c"), [(Change.CHANGED, 2)]),
        (("a", "new", "b", "c"), [(Change.ADDED, 2)]),
        (("a", "c"), [(Change.REMOVED, 2)]),
        (("a", "b", "c", "d", "e"), [(Change.ADDED, 4), (Change.ADDED, 5)]),
        ((), [(Change.REMOVED, 1), (Change.REMOVED, 2), (Change.REMOVED, 3)]),
        (("x", "y"), [(Change.CHANGED, 1), (Change.CHANGED, 2), (Change.REMOVED, 3)]),
        (("a ", " b\n", "c"), []),
    ],
)
def test_pages_are_told_apart(after: tuple[str, ...], expected: list[tuple[Change, int]]) -> None:
    found = compare(pages("a", "b", "c"), pages(*after))
    assert [(each.change, each.page) for each in found] == expected


def test_of_chosen_pages_the_number_counts() -> None:
    """A page put in before them gives the readers of pages 2 to 3 other pages."""
    found = compare_places(pages("a", "b", "c")[1:], pages("new", "a", "b", "c")[1:3])
    assert [(each.change, each.page, each.before, each.after) for each in found] == [
        (Change.CHANGED, 2, "b", "a"),
        (Change.CHANGED, 3, "c", "b"),
    ]


def test_captions_are_told_by_their_second() -> None:
    before = [FrozenPassage("one", start=1.0, end=2.0), FrozenPassage("two", start=2.0, end=3.0)]
    after = [FrozenPassage("one", start=1.0, end=2.0), FrozenPassage("TWO", start=2.0, end=3.0)]
    assert [(each.page, each.start) for each in compare_places(before, after)] == [(None, 2.0)]


@pytest.mark.parametrize("language", NOTES)
def test_a_changed_page_of_a_pack_is_told_in_every_language(pack: Pack, library: Library, language: str) -> None:
    content = stored(share(pack=pack))
    assert changes(pack, content, language) == []
    document = library.pdf(library.publication)
    texts = list(document.passages.order_by("position").values_list("text", flat=True))
    replace_file(document, seed_pdfs("vi")[0], [texts[0], NOTES[language], *texts[2:]])
    (change,) = changes(pack, content, language)
    assert (change.title, change.title_language) == (library.publication.title, "th")
    assert [(each.change, each.page, each.after) for each in change.pages] == [(Change.CHANGED, 2, NOTES[language])]
    assert change.accepted is None


def test_pages_that_were_not_chosen_do_not_matter(pack: Pack, library: Library) -> None:
    content = stored(share(pack=pack))
    document = library.pdf(library.publication)
    texts = list(document.passages.order_by("position").values_list("text", flat=True))
    replace_file(document, seed_pdfs("vi")[0], [*texts[:2], "A third page that changed", "A fourth one"])
    (change,) = changes(pack, content, "en")
    assert change.pages == ()
    assert change.compared


def test_a_file_of_which_only_the_bytes_changed_or_nothing_can_be_read(pack: Pack, library: Library) -> None:
    content = stored(share(pack=pack))
    document = library.pdf(library.sheet)
    texts = list(document.passages.order_by("position").values_list("text", flat=True))
    replace_file(document, seed_pdfs("vi")[0], texts)
    (change,) = changes(pack, content, "en")
    assert (change.pages, change.compared) == ((), True)
    document.passages.all().delete()
    (change,) = changes(pack, content, "en")
    assert not change.compared


def test_a_decision_holds_for_the_file_it_was_made_about(pack: Pack, library: Library) -> None:
    content = stored(share(pack=pack))
    document = library.pdf(library.sheet)
    item = pack.items.get(kind="work")
    replace_file(document, seed_pdfs("vi")[0], ["One"])
    actions.decide(pack=pack, item=item.key, decisions={document.pk: (document.checksum, False)})
    assert [each.accepted for each in changes(pack, content, "en")] == [False]
    replace_file(document, SEED / "cambodia-idpoor.km.pdf", ["Two"])
    assert [each.accepted for each in changes(pack, content, "en")] == [None]


def test_a_file_that_the_work_lost_is_told(pack: Pack, library: Library) -> None:
    content = stored(share(pack=pack))
    library.sheet.resource_files.all().delete()
    (change,) = changes(pack, content, "en")
    assert change.checksum == ""


def test_withdrawn_works_are_not_among_the_changes(pack: Pack, library: Library) -> None:
    content = stored(share(pack=pack))
    replace_file(library.pdf(library.publication), seed_pdfs("vi")[0], ["One"])
    library.publication.unpublish()
    assert changes(pack, content, "en") == []
