"""What needs attention is listed, with what to do and where; what doesn't is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from resources.attention import KINDS, Findings, counts
from resources.attention.types import Scope
from resources.models import (
    Concept,
    Country,
    ExtractionStatus,
    FactSheetPage,
    GoodPracticePage,
    PortalDocument,
    Remit,
    ResourceFile,
    ResourceTheme,
    Role,
    RoleKey,
)
from resources.tree import home_for, library_for
from resources.withdrawing import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

EVERYTHING = Scope()


@pytest.fixture(autouse=True)
def vocabulary() -> None:
    for code in ("KH", "VN"):
        Country.objects.get_or_create(code=code)
    Concept.objects.get_or_create(slug="floors")


def file(name: str, language: str = "en", kind: str = "application/pdf", **more: Any) -> PortalDocument:
    made = PortalDocument(title=name, language=language, file=ContentFile(name.encode(), name=f"{name}.pdf"))
    made.save()
    told = {"extraction_status": ExtractionStatus.EXTRACTED, "media_type": kind, "detected_language": language, **more}
    PortalDocument.objects.filter(pk=made.pk).update(**told)
    return made


def work(
    slug: str, *codes: str, files: tuple[PortalDocument, ...] = (), model: Any = FactSheetPage, **more: Any
) -> Any:
    told = {"title": slug.title(), "slug": slug, "summary": "Short.", "licence": "cc-by", "year": 2024, **more}
    language = told.pop("language", "en")
    made = model(**told)
    made.countries = list(Country.objects.filter(code__in=codes))
    made.resource_files = [ResourceFile(document=document) for document in files]
    made.resource_themes = [ResourceTheme(concept=Concept.objects.get(slug="floors"))]
    library_for(language).add_child(instance=made)
    return made


def found(kind: str, scope: Scope = EVERYTHING) -> list[tuple[str, str]]:
    return [(finding.title, finding.problem) for finding in Findings(scope, kind)]


def test_a_library_without_fault_needs_nothing() -> None:
    khmer = file("khmer", "km")
    work("good", "KH", files=(khmer,))
    assert counts(EVERYTHING) == {}
    assert list(Findings(EVERYTHING)) == []


def test_a_file_that_failed_says_why() -> None:
    file("locked", extraction_status=ExtractionStatus.FAILED, extraction_reason="encrypted")
    ((title, problem),) = found("unread")
    assert title == "locked"
    assert "password" in problem


def test_a_draft_is_judged_by_its_newest_state() -> None:
    bare = work("bare", live=False, licence="", year=None)
    assert found("incomplete") == [("Bare", "Missing: countries, licence, year of publication, files")]
    bare.countries = list(Country.objects.filter(code="KH"))
    bare.licence, bare.year = "cc-by", 2024
    bare.resource_files = [ResourceFile(document=file("khmer", "km"))]
    bare.save_revision()
    assert found("incomplete") == []
    bare.summary = ""
    bare.save_revision(clean=False)
    assert found("incomplete") == [("Bare", "Missing: summary")]


def test_a_good_practice_may_be_a_page_of_text() -> None:
    work("practice", "KH", live=False, model=GoodPracticePage)
    assert found("incomplete") == []


def test_what_was_withdrawn_is_no_draft_to_finish() -> None:
    page = work("gone", "KH", licence="", year=None)
    withdraw(work=page.translation_key, reason="errors", texts={}, on=date(2026, 11, 3), replacement=None, by=None)
    assert counts(EVERYTHING) == {}


def test_a_work_lacks_a_file_in_its_countrys_language_in_all_its_versions_together() -> None:
    home_for("km")
    english, khmer = file("english"), file("found", "", detected_language="km")
    page = work("sheet", "KH", "VN", files=(english,))
    assert found("own-language") == [("Sheet", "No file in: Khmer, Vietnamese")]
    copy = page.copy_for_translation(Locale.objects.get_for_language("km"))
    copy.resource_files = [ResourceFile(document=khmer)]
    copy.live = True
    copy.save()
    assert found("own-language") == [("Sheet", "No file in: Vietnamese")]
    assert found("own-language", Scope(country="KH")) == []
    assert len(found("own-language", Scope(country="VN"))) == 1


def test_of_a_work_without_files_its_pages_count() -> None:
    home_for("km")
    page = work("practice", "KH", model=GoodPracticePage)
    assert len(found("own-language")) == 1
    copy = page.copy_for_translation(Locale.objects.get_for_language("km"))
    copy.live = True
    copy.save()
    assert found("own-language") == []


def test_a_film_without_captions() -> None:
    film = file("film", "km", "video/mp4")
    page = work("film", "KH", files=(film,))
    assert [title for title, _problem in found("captions")] == ["Film"]
    page.resource_files.add(ResourceFile(document=file("captions", "km", "text/vtt")))
    page.save()
    assert found("captions") == []


def test_a_licence_that_is_missing_or_unknown() -> None:
    khmer = file("khmer", "km")
    work("without", "KH", files=(khmer,), licence="")
    odd = work("odd", "KH", files=(khmer,))
    FactSheetPage.objects.filter(pk=odd.pk).update(licence="cc-by-3")
    assert found("licence") == [
        ("Odd", "The licence ‘cc-by-3’ is not known here."),
        ("Without", "It has no licence."),
    ]


def test_text_in_another_language_than_declared() -> None:
    file("mistaken", "th", detected_language="lo")
    assert found("other-language") == [("mistaken", "Filed as Thai, but it reads like Lao.")]


def test_a_translation_is_behind_when_its_original_was_published_again() -> None:
    home_for("km")
    page = work("sheet", "KH", files=(file("khmer", "km"),))
    copy = page.copy_for_translation(Locale.objects.get_for_language("km"))
    now = timezone.now()
    FactSheetPage.objects.filter(pk=copy.pk).update(live=True, last_published_at=now)
    FactSheetPage.objects.filter(pk=page.pk).update(last_published_at=now - timedelta(days=1))
    assert found("behind") == []
    FactSheetPage.objects.filter(pk=page.pk).update(last_published_at=now + timedelta(days=1))
    assert [title for title, _problem in found("behind")] == [copy.get_admin_display_title()]
    assert found("behind", Scope(language="en")) == []


def test_a_translation_that_is_finished_waits_to_be_published() -> None:
    home_for("km")
    page = work("sheet", "KH", files=(file("khmer", "km"),))
    km = Locale.objects.get_for_language("km")
    translate_object(page, [km])
    assert found("finished") == []
    translation = Translation.objects.get()
    segments = list(StringSegment.objects.filter(source=translation.source))
    for segment in segments:
        assert found("finished") == []
        StringTranslation.objects.create(translation_of=segment.string, context=segment.context, locale=km, data="ខ្មែរ")
    assert len(found("finished")) == 1
    translation.save_target(publish=True)
    assert found("finished") == []


# --- The list -----------------------------------------------------------------------


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


def test_each_row_leads_to_its_place_and_the_first_page_counts(editor: Client) -> None:
    page = work("without", "KH", files=(file("khmer", "km"),), licence="")
    shown = editor.get(reverse("needs_attention")).text
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert "Choose a licence under Filing" in shown
    home = editor.get(reverse("wagtailadmin_home")).text
    assert "Works without a licence" in home
    assert f"{reverse('needs_attention')}?kind=licence" in home


def test_an_export_holds_no_formula(editor: Client) -> None:
    work("evil", "KH", files=(file("khmer", "km"),), licence="", title='=HYPERLINK("http://example.org")')
    answer = editor.get(reverse("needs_attention"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK" in text
    assert "It has no licence." in text


@pytest.mark.parametrize("query", ["kind=nothing", "country=XX", "language=%00", "p=99999", "kind=unread&export=xlsx"])
def test_odd_questions_are_answered(editor: Client, query: str) -> None:
    assert editor.get(f"{reverse('needs_attention')}?{query}").status_code == 200


def test_a_focal_point_is_shown_his_country_and_a_contributor_nothing(client: Client) -> None:
    work("cambodian", "KH", licence="")
    work("vietnamese", "VN", licence="")
    user = get_user_model().objects.create_user("sok", "sok@example.org", "secret")
    user.groups.add(Role.objects.get(key=RoleKey.FOCAL_POINT).group)
    Remit.objects.create(user=user, country_id="KH")
    client.force_login(user)
    shown = client.get(reverse("needs_attention"), {"country": "VN"}).text
    assert "Cambodian" in shown
    assert "Vietnamese</" not in shown
    other = get_user_model().objects.create_user("rosa", "rosa@example.org", "secret")
    other.groups.add(Role.objects.get(key=RoleKey.CONTRIBUTOR).group)
    client.force_login(other)
    assert client.get(reverse("needs_attention")).status_code == 302
    assert "needs-attention" not in client.get(reverse("wagtailadmin_home")).text


def test_a_page_of_many_takes_as_many_queries_as_one_of_few(django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        work(f"w{number}", "KH", "VN", licence="")
        work(f"d{number}", live=False, licence="")
        file(f"f{number}", extraction_status=ExtractionStatus.FAILED)
    with django_assert_max_num_queries(8 + 5 + 12):
        every = Findings(EVERYTHING)
        assert len(every[0:50]) == len(every) == 12 * 4
    assert [each.kind for each in every[10:14]] == ["unread", "unread", "incomplete", "incomplete"]
    assert len(KINDS) == 8
