"""What search is told of a work, and what it is not."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, PageViewRestriction

from portal.templatetags.collecting_tags import collectable_passage
from resources import indexing
from resources.extraction import jobs, sniff
from resources.models import FactSheetPage, Passage, PortalDocument, ResourceFile, ShortId
from resources.tree import library_for
from search.types import MarkedPassage, SearchDocument

pytestmark = pytest.mark.django_db


def add(title: str, collection: Collection | None = None) -> FactSheetPage:
    """A live fact sheet with a file of one page."""
    document = PortalDocument(title=title, language="en", file=ContentFile(b"%PDF-1.4", name=f"{title}.pdf"))
    document.collection = collection or Collection.get_first_root_node()
    document.save()
    Passage.objects.create(document=document, position=0, page=1, text=f"Inside {title}", language="en")
    made = FactSheetPage(title=title, slug=title, summary="Short.")
    made.resource_files = [ResourceFile(document=document)]
    library_for("en").add_child(instance=made)
    return made


def told() -> dict[str, SearchDocument]:
    return {document.texts[0].title: document for document in indexing.documents()}


def test_search_is_not_told_of_files_in_a_restricted_collection_or_one_inside_it() -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    inside = closed.add_child(name="Inside")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=BaseViewRestriction.LOGIN)
    beside = Collection.get_first_root_node().add_child(name="Beside")
    for title, collection in (("closed", closed), ("inside", inside), ("beside", beside)):
        add(title, collection)
    assert {title: bool(document.passages) for title, document in told().items()} == {
        "closed": False,
        "inside": False,
        "beside": True,
    }


def test_a_restricted_page_is_told_with_its_readers_and_no_other_page_is() -> None:
    add("open")
    PageViewRestriction.objects.create(page=add("members"), restriction_type=BaseViewRestriction.LOGIN)
    assert {title: document.readers for title, document in told().items()} == {
        "open": ("public",),
        "members": ("signed-in",),
    }


def test_more_works_ask_no_more() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            told()
        return len(asked)

    add("first")
    queries()
    before = queries()
    add("second")
    add("third")
    assert queries() == before


def test_more_files_in_open_collections_ask_no_more_of_their_restrictions() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            told()
        return sum("collectionviewrestriction" in query["sql"].lower() for query in asked.captured_queries)

    add("first")
    before = queries()
    add("second")
    add("third")
    assert queries() == before


def test_the_permanent_addresses_of_many_works_take_one_query_and_none_is_made() -> None:
    codes = {title: ShortId.objects.get(work=add(title).translation_key).code for title in ("first", "second")}
    # As in a library from before there were such addresses.
    ShortId.objects.filter(work=add("third").translation_key).delete()
    with CaptureQueriesContext(connection) as asked:
        cards = {title: document.card for title, document in told().items()}
    assert {title: card["permanent"] for title, card in cards.items()} == {
        "first": f"/r/{codes['first']}/",
        "second": f"/r/{codes['second']}/",
        "third": "",
    }
    assert sum("shortid" in query["sql"].lower() for query in asked.captured_queries) == 1


@pytest.mark.parametrize(
    ("name", "kind", "passage", "format_value", "place"),
    [
        ("a.pdf", "application/pdf", {"page": 2}, "pdf", "#page=2"),
        ("a.pptx", sniff.PPTX, {"page": 2}, "pptx", ""),
        ("a.docx", sniff.DOCX, {}, "docx", ""),
        ("a.htm", "text/html", {}, "html", ""),
    ],
)
def test_a_passage_opens_at_its_place_only_where_the_file_opens(
    name: str, kind: str, passage: dict[str, int], format_value: str, place: str
) -> None:
    document = PortalDocument(title="A file", language="en", file=ContentFile(b"x", name=name))
    with jobs.held():
        document.save()
    PortalDocument.objects.filter(pk=document.pk).update(media_type=kind)
    Passage.objects.create(document=document, position=0, text="Inside", language="en", **passage)
    made = FactSheetPage(title="A sheet", slug="a-sheet", summary="Short.")
    made.resource_files = [ResourceFile(document=document)]
    library_for("en").add_child(instance=made)
    work = told()["A sheet"]
    [found] = work.passages
    assert found.url == PortalDocument.objects.get().url + place
    assert (found.page, found.start) == (passage.get("page"), None)
    assert work.facets["format"] == (format_value,)
    marked = MarkedPassage(found.file, "en", found.url, "Inside", found.page, found.start)
    assert bool(collectable_passage(marked, str(made.translation_key))) is bool(place)
