"""What was handed out stays, as far as everyone may still see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from resources.packs import actions
from resources.packs.changes import changes
from resources.packs.choosing import Choice
from resources.packs.content import ItemKind
from resources.packs.editions import share, shown, stored
from resources.packs.gathering import gather
from resources.packs.keeping import keep, path_of
from resources.packs.models import EditionWork, KeptFile, Pack
from search.models import OutboxEntry
from tests.resources.packs.conftest import Library, replace_file
from tests.resources.packs.made import checksum, seed_pdfs


def titles(pack: Pack) -> list[str]:
    edition = pack.editions.first()
    assert edition is not None
    return [item.text_for("en").title for item in shown(edition, "en").items]


def test_an_edition_says_what_was_put_together(pack: Pack, library: Library) -> None:
    content = stored(share(pack=pack))
    assert (content.number, content.language, content.title) == (1, "km", "កញ្ចប់អាន")
    sheet, pages, span = content.items
    assert sheet.text_for("km").title == library.sheet_km.title
    assert sheet.text_for("th").title == library.sheet.title
    assert [file.language for file in sheet.documents_for("km")] == ["km"]
    assert "<h2>Who is covered</h2>" in sheet.texts["en"].body_html
    assert (pages.kind, pages.first_page, pages.last_page) == (ItemKind.PAGES, 1, 2)
    assert pages.files[0].passages
    assert (span.start, span.end) == (5, 20)
    assert span.video is not None
    assert {file.language for file in span.captions} == {"en", "km"}
    assert all(item.minutes for item in content.items)


def test_the_bytes_of_an_edition_are_kept(pack: Pack, library: Library) -> None:
    edition = share(pack=pack)
    for item in stored(edition).items:
        for file in item.files:
            assert checksum(path_of(file.checksum)) == file.checksum
    before = library.pdf(library.sheet).checksum
    replace_file(library.pdf(library.sheet), seed_pdfs("vi")[0], ["Another text"])
    assert checksum(path_of(before)) == before
    with pytest.raises(LookupError):
        path_of("0" * 64)


def test_sharing_again_without_a_change_makes_no_edition(pack: Pack) -> None:
    first = share(pack=pack)
    assert share(pack=pack) == first
    Pack.objects.filter(pk=pack.pk).update(introduction="New")
    pack.refresh_from_db()
    assert share(pack=pack).number == 2
    assert stored(first).introduction == ""


def test_a_pack_is_put_into_the_queue_of_search(pack: Pack) -> None:
    share(pack=pack)
    assert OutboxEntry.objects.filter(work=f"pack-{pack.code}").exists()
    assert EditionWork.objects.filter(pack=pack).count() == 3


@pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted"])
def test_a_work_that_is_withdrawn_leaves_its_edition_at_once(pack: Pack, library: Library, how: str) -> None:
    edition = share(pack=pack)
    if how == "unpublished":
        library.publication.unpublish()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=library.publication, restriction_type="login")
    else:
        library.publication.delete()
    gone = shown(edition, "km").items[1]
    assert gone.gone
    assert gone.files == ()
    assert library.publication.title not in repr(gone)
    assert len(shown(edition, "km").present) == 2


def test_of_a_work_withdrawn_in_one_language_the_others_stay(pack: Pack, library: Library) -> None:
    edition = share(pack=pack)
    library.sheet_km.unpublish()
    item = shown(edition, "km").items[0]
    assert set(item.texts) == {"en"}
    assert [file.language for file in item.files] == ["en"]


def test_what_only_a_withdrawn_version_said_of_a_work_leaves_with_it(pack: Pack, library: Library) -> None:
    library.sheet_km.publisher, library.sheet_km.authors = "Ministry", "C. Author"
    library.sheet_km.save()
    library.sheet_km.countries.clear()
    library.sheet_km.save()
    edition = share(pack=pack)
    before = shown(edition, "km").items[0]
    assert (before.publisher, before.authors, before.countries) == ("Lumbung", ("A. Author", "B. Author"), ("KH",))
    library.sheet.unpublish()
    after = shown(edition, "km").items[0]
    assert (after.publisher, after.authors, after.countries) == ("Ministry", ("C. Author",), ())


def test_a_heading_with_nothing_below_it_is_not_handed_out(pack: Pack) -> None:
    actions.add_section(pack=pack, title="To be filled")
    assert [section.title for section in stored(share(pack=pack)).sections] == [""]


def test_files_of_a_restricted_collection_leave_at_once(pack: Pack, library: Library) -> None:
    edition = share(pack=pack)
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    for document in (library.pdf(library.publication), library.pdf(library.sheet_km)):
        document.collection = closed
        document.save()
    sheet, pages, _ = shown(edition, "km").items
    assert [file.language for file in sheet.files] == ["en"]
    assert pages.gone


def test_a_file_that_changed_stays_as_it_was_until_the_maker_accepts(pack: Pack, library: Library) -> None:
    share(pack=pack)
    document = library.pdf(library.publication)
    before = document.checksum
    replace_file(document, seed_pdfs("vi")[0], ["One", "Two"])
    item = pack.items.get(document=document)
    actions.add(pack=pack, choices=[library.whole(library.film)])
    assert stored(share(pack=pack)).items[1].files[0].checksum == before
    actions.decide(pack=pack, item=item.key, decisions={document.pk: (document.checksum, True)})
    accepted = stored(share(pack=pack))
    assert accepted.number == 3
    assert accepted.items[1].files[0].checksum == document.checksum
    assert [passage.text for passage in accepted.items[1].files[0].passages] == ["One", "Two"]


def test_a_copy_begins_as_its_original_and_credits_it(pack: Pack) -> None:
    edition = share(pack=pack)
    copied, secret = actions.copy(edition=edition, content=shown(edition, "en"), language="th")
    assert secret
    content = stored(share(pack=copied))
    original = stored(edition)
    assert content.based_on == (original.title, original.url.replace("/km/", "/th/"))
    assert [replace(item, minutes=0, picture="") for item in content.items] == [
        replace(item, minutes=0, picture="") for item in original.items
    ]
    assert KeptFile.objects.count() == len({file.checksum for item in original.items for file in item.files})


def test_what_not_everyone_may_see_is_not_put_in(library: Library) -> None:
    made, _ = actions.begin(language="en")
    PageViewRestriction.objects.create(page=library.publication, restriction_type="login")
    wrong = Choice(library.sheet.translation_key, ItemKind.PAGES, library.pdf(library.publication).pk, 1, 2)
    assert actions.add(pack=made, choices=[library.whole(library.publication), wrong]) == []
    beyond = library.pages(library.sheet, 900, 901)
    assert actions.add(pack=made, choices=[beyond, library.span(900, 950)]) == []
    assert len(actions.add(pack=made, choices=[library.pages(library.sheet, 1, 900)])) == 1
    assert actions.add(pack=made, choices=[library.pages(library.sheet, 1, 900)]) == []


# --- What is kept, and for how long ---------------------------------------------


def test_the_librarys_own_file_is_never_written_into(pack: Pack, library: Library) -> None:
    document = library.pdf(library.publication)
    original, whole = Path(document.file.path), Path(document.file.path).read_bytes()
    for _ in range(3):
        kept = keep(document.file, "application/pdf")
        assert kept is not None
        KeptFile.objects.all().delete()
    assert original.read_bytes() == whole
    folder = original.parent.parent / "packs" / "files"
    assert not list(folder.rglob("*.part"))


def test_what_was_kept_before_it_was_read_is_read_later(pack: Pack, library: Library) -> None:
    document = library.pdf(library.publication)
    passages = list(document.passages.all())
    document.passages.all().delete()
    assert not stored(share(pack=pack)).items[1].files[0].passages
    for passage in passages:
        passage.save(force_insert=True)
    Pack.objects.update(introduction="New")
    pack.refresh_from_db()
    assert stored(share(pack=pack)).items[1].files[0].passages


def test_two_who_hand_out_at_once_make_two_editions(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    other: list[int] = []

    def meanwhile(*told: object) -> object:
        if not other:
            other.append(0)
            Pack.objects.update(maker="Somebody else")
            other[0] = share(pack=Pack.objects.get()).number
        return gather(*told)  # type: ignore[arg-type]

    monkeypatch.setattr("resources.packs.editions.gather", meanwhile)
    pack.introduction = "Mine"
    assert other == []
    mine = share(pack=pack)
    assert (other, mine.number) == ([1], 2)


def test_who_kept_what_there_was_is_not_asked_again(pack: Pack, library: Library) -> None:
    first = share(pack=pack)
    document = library.pdf(library.publication)
    replace_file(document, seed_pdfs("vi")[0], ["One", "Two"])
    item = pack.items.get(document=document)
    actions.decide(pack=pack, item=item.key, decisions={document.pk: (document.checksum, False)})
    actions.add(pack=pack, choices=[library.whole(library.film)])
    second = share(pack=pack)
    (change,) = changes(pack, stored(second), "en")
    assert change.accepted is False
    assert stored(second).items[1].files[0].checksum == stored(first).items[1].files[0].checksum


def test_a_file_that_was_deleted_is_withdrawn(pack: Pack, library: Library) -> None:
    edition = share(pack=pack)
    document = library.pdf(library.publication)
    library.publication.resource_files.all().delete()
    assert not shown(edition, "km").items[1].gone, "It was put in place of by another; what was handed out stays."
    document.delete()
    assert shown(edition, "km").items[1].gone


def test_a_version_that_was_deleted_takes_its_file_along(pack: Pack, library: Library) -> None:
    edition = share(pack=pack)
    library.sheet_km.delete()
    item = shown(edition, "km").items[0]
    assert set(item.texts) == {"en"}
    assert [file.language for file in item.files] == ["en"]


def test_a_pack_tells_when_it_was_changed(pack: Pack, library: Library) -> None:
    before = Pack.objects.get(pk=pack.pk).updated
    actions.add(pack=pack, choices=[library.whole(library.film)])
    assert Pack.objects.get(pk=pack.pk).updated > before
