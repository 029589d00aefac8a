"""Good rows become pages, found and readable; the same table again changes nothing; bad rows leave no trace."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from resources.importing.apply import import_table
from resources.importing.report import ImportReport
from resources.models import (
    Concept,
    Country,
    FactSheetPage,
    LibraryPage,
    PortalDocument,
    ResourceFile,
    ResourcePage,
    VideoPage,
)
from resources.tree import library_for
from search.languages import LANGUAGE_CODES
from search.models import OutboxEntry

pytestmark = pytest.mark.django_db
Table = Callable[..., bytes]

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj "
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nUnemployment insurance pays\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (
        ("a.pdf", PDF),
        ("b.pdf", PDF + b"\n"),
        ("same.pdf", PDF),
        ("c.th.vtt", VTT),
        ("c.en.vtt", VTT + b"\n"),
    ):
        (tmp_path / name).write_bytes(content)
    return tmp_path


def page(key: str = "a") -> Any:
    return ResourcePage.objects.get(import_key=key).specific


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.created, report.updated, report.unchanged


def files(key: str = "a") -> list[str]:
    return [Path(item.document.file.name).name for item in page(key).resource_files.all()]


# --- What goes wrong --------------------------------------------------------------


def test_a_bad_row_stays_out_and_the_others_go_in(table: Table) -> None:
    report = import_table(table({"id": "a"}, {"id": "b", "type": "x"}, {"id": "c"}))
    assert counts(report) == (2, 0, 0)
    assert not report.complete
    assert [(error.line, error.column, error.key) for error in report.errors] == [(3, "type", "b")]


def test_a_dry_run_changes_nothing(table: Table, folder: Path) -> None:
    before = Page.objects.count()
    data = table({"file": "a.pdf", "countries": "VN"}, {"id": "b", "year": "x"})
    report = import_table(data, folder=folder, dry_run=True)
    assert counts(report) == (1, 0, 0)
    assert len(report.errors) == 1
    assert (Page.objects.count(), PortalDocument.objects.count(), Country.objects.count()) == (before, 0, 0)


def test_a_row_that_a_page_refuses_is_reported_and_leaves_no_trace(
    table: Table, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: FactSheetPage, *args: object, **kwargs: object) -> None:
        if self.title == "Bad":
            raise ValidationError({"source_url": "Not this address."})

    monkeypatch.setattr(FactSheetPage, "minimal_clean", refuse)
    good = {"id": "b", "file": "same.pdf", "countries": "VN"}
    report = import_table(table({"title": "Bad", "file": "a.pdf", "countries": "VN"}, good), folder=folder)
    assert [(error.line, error.column, error.reason) for error in report.errors] == [(2, "url", "Not this address.")]
    assert counts(report) == (1, 0, 0)
    assert PortalDocument.objects.count() == 1
    assert files("b") == ["same.pdf"]
    assert [country.code for country in page("b").countries.all()] == ["VN"]


def test_a_translation_of_a_row_that_could_not_be_saved_says_so(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: FactSheetPage, *args: object, **kwargs: object) -> None:
        if self.title == "Bad":
            raise ValidationError("No.")

    monkeypatch.setattr(FactSheetPage, "minimal_clean", refuse)
    report = import_table(table({"title": "Bad"}, {"id": "b", "language": "th", "translation_of": "a"}))
    assert [(error.line, error.column) for error in report.errors] == [(2, ""), (3, "translation_of")]


# --- A new work -------------------------------------------------------------------


def test_a_portal_without_any_page_of_ours_gets_its_tree(table: Table) -> None:
    assert not LibraryPage.objects.exists()
    import_table(table({"language": "km"}), publish=True)
    assert page().get_parent().specific_class is LibraryPage
    assert page().get_url() == "/km/library/a-title/"
    assert Site.objects.get().root_page.locale.language_code == "en"
    assert Page.find_problems() == ([], [], [], [], [])


def test_rows_are_drafts_unless_they_are_published(table: Table, client: Client) -> None:
    import_table(table({}))
    assert not page().live
    assert client.get("/en/library/a-title/").status_code == 404
    import_table(table({}), publish=True)
    assert page().live


def test_a_published_row_is_as_if_an_editor_had_published_it(table: Table) -> None:
    import_table(table({"body": "# Head\n\nText"}), publish=True)
    made = page()
    assert made.live
    assert not made.has_unpublished_changes
    assert made.first_published_at == made.last_published_at
    assert made.live_revision_id == made.latest_revision_id == made.revisions.get().pk
    assert OutboxEntry.objects.filter(work=made.work).exists()
    again = made.get_latest_revision_as_object()
    assert (again.title, [block.block_type for block in again.body]) == ("A title", ["heading", "paragraph"])


def test_an_editor_can_open_and_save_what_was_imported(table: Table, client: Client, folder: Path) -> None:
    Concept.objects.create(slug="unemployment")
    data = table(
        {"body": "# H\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> q\n\nx", "themes": "unemployment", "file": "a.pdf"}
    )
    import_table(data, folder=folder)
    client.force_login(get_user_model().objects.create_superuser("editor"))
    answer = client.get(f"/admin/pages/{page().pk}/edit/")
    assert answer.status_code == 200
    page().full_clean()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_row_in_each_language_stands_in_its_library(table: Table, language: str) -> None:
    title = {
        "th": "ประกันการว่างงาน",
        "km": "និកម្មភាព",
        "lo": "ການຫວ່າງງານ",
        "my": "အလုပ်လက်မဲ့အာမခံ",
        "zh-hans": "失业保险",
    }.get(language, "Bảo hiểm thất nghiệp")
    assert import_table(table({"language": language, "title": title}), publish=True).complete
    made = page()
    assert made.locale.language_code == language
    assert made.title == title
    assert made.get_url().startswith(f"/{language}/library/")
    assert made.slug.isascii()
    assert made.slug not in {"", "fact-sheet"}


def test_a_title_without_letters_gets_a_slug_all_the_same(table: Table) -> None:
    import_table(table({"title": "!!!"}, {"id": "b", "title": "???"}))
    assert {page("a").slug, page("b").slug} == {"fact-sheet", "fact-sheet-2"}


def test_works_of_one_title_have_slugs_of_their_own(table: Table) -> None:
    import_table(table({}, {"id": "b"}, {"id": "c", "language": "th"}))
    import_table(table({"id": "d"}))
    assert [page(key).slug for key in "abcd"] == ["a-title", "a-title-2", "a-title-3", "a-title-4"]


def test_everything_that_a_row_says_is_on_its_page(table: Table, folder: Path) -> None:
    for slug in ("unemployment", "old-age"):
        Concept.objects.create(slug=slug)
    row = {
        "type": "video",
        "title": "A film",
        "summary": "Short.",
        "body": "# Head\n\nSome **text** <script>x</script>",
        "countries": "vn;TH",
        "themes": "unemployment;old-age",
        "year": "2019.0",
        "authors": "A; B",
        "publisher": "ILO",
        "licence": "CC BY 4.0",
        "file": "a.pdf",
        "captions": "c.th.vtt;c.en.vtt",
        "url": "https://www.ilo.org/x",
    }
    report = import_table(table(row), folder=folder)
    assert report.complete, report.errors
    made = page()
    assert isinstance(made, VideoPage)
    assert (made.summary, made.year, made.authors, made.publisher) == ("Short.", 2019, "A; B", "ILO")
    assert (made.licence, made.source_url) == ("cc-by", "https://www.ilo.org/x")
    assert sorted(country.code for country in made.countries.all()) == ["TH", "VN"]
    assert Country.objects.get(code="VN").is_member
    assert [item.concept.slug for item in made.resource_themes.all()] == ["unemployment", "old-age"]
    assert "&lt;script&gt;" in str(made.body[1].value.source)
    assert files() == ["a.pdf", "c.th.vtt", "c.en.vtt"]
    assert [item.document.language for item in made.resource_files.all()] == ["", "th", "en"]


def test_a_row_without_a_summary_gets_the_beginning_of_its_text(table: Table) -> None:
    import_table(table({"body": "# Heading\n\n" + "word " * 200}, {"id": "b"}, {"id": "c", "body": "失业" * 400}))
    assert page("a").summary.startswith("Heading word word")
    assert page("a").summary.endswith("word…")
    assert page("b").summary == "A title"
    assert len(page("c").summary) <= 280


def test_files_are_read_and_those_that_cannot_be_are_counted(table: Table, folder: Path) -> None:
    report = import_table(table({"captions": "c.en.vtt", "type": "video"}, {"id": "b", "file": "a.pdf"}), folder=folder)
    assert (report.files, report.unread) == (2, 1)
    document = page("a").resource_files.get().document
    assert document.passages.get().text == "Unemployment insurance pays"


def test_the_same_file_is_kept_once_whatever_it_is_called(table: Table, folder: Path) -> None:
    report = import_table(table({"file": "a.pdf;same.pdf"}, {"id": "b", "file": "same.pdf"}), folder=folder)
    assert report.files == 1
    assert ResourceFile.objects.count() == 2
    assert import_table(table({"id": "c", "file": "same.pdf"}), folder=folder).files == 0


# --- Translations -----------------------------------------------------------------


def test_translations_are_one_work_with_one_slug_whatever_their_order(table: Table) -> None:
    rows = (
        {"id": "vi", "language": "vi", "title": "Hưu trí", "translation_of": "th"},
        {"id": "th", "language": "th", "title": "ชราภาพ", "translation_of": "en"},
        {"id": "en", "title": "Old age"},
    )
    assert import_table(table(*rows), publish=True).complete
    assert len({page(key).translation_key for key in ("en", "th", "vi")}) == 1
    assert page("vi").get_url() == "/vi/library/old-age/"


def test_a_translation_may_come_with_a_later_table(table: Table) -> None:
    import_table(table({"id": "en", "title": "Old age", "countries": "VN", "year": "2019"}), publish=True)
    assert import_table(
        table({"id": "th", "language": "th", "title": "ชราภาพ", "translation_of": "en"}), publish=True
    ).complete
    assert page("th").translation_key == page("en").translation_key


def test_what_a_translation_leaves_empty_its_original_says(table: Table) -> None:
    Concept.objects.create(slug="old-age")
    original = {
        "id": "en",
        "countries": "VN",
        "themes": "old-age",
        "year": "2019",
        "licence": "cc-by",
        "publisher": "ILO",
    }
    data = table(original, {"id": "th", "language": "th", "translation_of": "en", "publisher": "สำนักงาน"})
    import_table(data)
    made = page("th")
    assert (made.year, made.licence, made.publisher) == (2019, "cc-by", "สำนักงาน")
    assert [country.code for country in made.countries.all()] == ["VN"]
    assert [item.concept.slug for item in made.resource_themes.all()] == ["old-age"]
    assert counts(import_table(data)) == (0, 0, 2)


def test_a_row_can_be_made_a_translation_afterwards(table: Table) -> None:
    import_table(table({"id": "en"}, {"id": "th", "language": "th"}), publish=True)
    old = page("th").work
    OutboxEntry.objects.all().delete()
    report = import_table(table({"id": "en"}, {"id": "th", "language": "th", "translation_of": "en"}), publish=True)
    assert counts(report) == (0, 1, 1)
    assert page("th").translation_key == page("en").translation_key
    assert {old, page("en").work} <= set(OutboxEntry.objects.values_list("work", flat=True))


def test_a_translation_takes_the_place_of_an_alias(table: Table) -> None:
    import_table(table({"id": "en"}), publish=True)
    library_for("th")
    page("en").copy_for_translation(Locale.objects.get(language_code="th"), alias=True)
    data = table({"id": "th", "language": "th", "title": "ชราภาพ", "translation_of": "en"})
    assert import_table(data, publish=True).complete
    assert ResourcePage.objects.filter(translation_key=page("en").translation_key).count() == 2
    assert page("th").alias_of_id is None
    assert page("th").title == "ชราภาพ"


# --- The same table again -----------------------------------------------------------


def test_the_same_table_again_changes_nothing(table: Table, folder: Path) -> None:
    Concept.objects.create(slug="old-age")
    row = {
        "body": "# H\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n> q",
        "countries": "VN;TH",
        "themes": "old-age",
        "file": "a.pdf;b.pdf",
        "year": "2019",
    }
    data = table(row, {"id": "b", "language": "th", "translation_of": "a"})
    import_table(data, folder=folder, publish=True)
    revisions = [page(key).revisions.count() for key in "ab"]
    report = import_table(data, folder=folder, publish=True)
    assert counts(report) == (0, 0, 2)
    assert [page(key).revisions.count() for key in "ab"] == revisions
    assert ResourceFile.objects.filter(resource=page()).count() == 2


def test_a_changed_row_updates_its_page_in_place(table: Table) -> None:
    import_table(table({"title": "Old", "body": "One"}), publish=True)
    before = page()
    report = import_table(table({"title": "New", "body": "Two"}), publish=True)
    assert counts(report) == (0, 1, 0)
    after = page()
    assert (after.pk, after.slug, after.title) == (before.pk, before.slug, "New")
    assert [str(block.value) for block in after.body] == ["<p>Two</p>"]
    assert after.revisions.count() == 2


def test_a_change_to_a_live_page_waits_as_a_draft_unless_it_is_published(table: Table) -> None:
    import_table(table({"title": "Old", "countries": "VN"}), publish=True)
    import_table(table({"title": "New", "countries": "TH"}))
    there = page()
    assert there.live
    assert there.title == "Old"
    assert there.has_unpublished_changes
    draft = there.get_latest_revision_as_object()
    assert draft.title == "New"
    assert [country.code for country in draft.countries.all()] == ["TH"]
    assert counts(import_table(table({"title": "New", "countries": "TH"}), publish=True)) == (0, 1, 0)
    assert page().title == "New"


def test_columns_that_the_table_lacks_leave_what_is_there(table: Table, folder: Path) -> None:
    import_table(
        table({"summary": "Kept.", "year": "2019", "countries": "VN", "file": "a.pdf"}), folder=folder, publish=True
    )
    import_table(table({"title": "New"}), publish=True)
    there = page()
    assert (there.title, there.summary, there.year) == ("New", "Kept.", 2019)
    assert [country.code for country in there.countries.all()] == ["VN"]
    assert files() == ["a.pdf"]


def test_files_that_a_cell_names_take_the_place_of_those_before(table: Table, folder: Path) -> None:
    import_table(table({"type": "video", "file": "a.pdf", "captions": "c.th.vtt"}), folder=folder, publish=True)
    import_table(table({"type": "video", "file": "b.pdf", "captions": ""}), folder=folder, publish=True)
    assert sorted(files()) == ["b.pdf", "c.th.vtt"]


def test_what_an_editor_added_to_a_file_stays(table: Table, folder: Path) -> None:
    import_table(table({"file": "a.pdf"}), folder=folder, publish=True)
    ResourceFile.objects.update(label="Annex", licence="cc-by")
    page().save_revision().publish()
    import_table(table({"file": "a.pdf;b.pdf"}), folder=folder, publish=True)
    assert [item.label for item in page().resource_files.all()] == ["Annex", ""]


def test_a_copy_made_in_the_admin_does_not_confuse_a_later_table(table: Table) -> None:
    import_table(table({}), publish=True)
    first = page()
    first.copy(update_attrs={"slug": "copy"})
    assert counts(import_table(table({"title": "New"}), publish=True)) == (0, 1, 0)
    assert FactSheetPage.objects.get(pk=first.pk).title == "New"


# --- Many -------------------------------------------------------------------------


def test_each_further_row_costs_as_many_queries_as_the_one_before(table: Table) -> None:
    def cost(start: int, number: int) -> int:
        rows = [{"id": f"r{n}", "title": f"Title {n}", "body": "Text"} for n in range(start, start + number)]
        with CaptureQueriesContext(connection) as queries:
            import_table(table(*rows), publish=True)
        return len(queries)

    cost(0, 1)
    one, eleven = cost(1, 1), cost(2, 11)
    more, twentyone = cost(13, 1), cost(14, 21)
    assert abs(more - one) <= 2
    # The slug, and who else has it; all else is asked for many rows at once.
    assert (twentyone - more) / 20 <= 2
    assert (eleven - one) / 10 <= 2
    assert csv.field_size_limit() == 131_072
