"""The roles that the library comes with, and what they are limited to: on the server, whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    BaseViewRestriction,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    TaskState,
    WorkflowPage,
)
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from resources.models import Country, FactSheetPage, LibraryPage, PortalDocument, PortalImage, Remit, Role, RoleKey
from resources.roles import may_add_work, may_publish_work
from resources.roles.installing import make_roles
from resources.tree import home_for, library_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture(autouse=True)
def countries() -> None:
    for code in ("KH", "VN"):
        Country.objects.get_or_create(code=code)


def person(name: str, role: str, country: str = "", languages: tuple[str, ...] = ()) -> Any:
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "secret", first_name=name, last_name=name)
    user.groups.add(Role.objects.get(key=role).group)
    if country or languages:
        Remit.objects.create(user=user, country_id=country or None, languages=list(languages))
    return user


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def work(slug: str, *codes: str, live: bool = True, owner: Any = None, language: str = "en") -> FactSheetPage:
    made = FactSheetPage(title=slug.title(), slug=slug, summary="Short.", live=live, owner=owner)
    made.countries = list(Country.objects.filter(code__in=codes))
    library_for(language).add_child(instance=made)
    if not live:
        made.save_revision()
    return made


def fields(title: str = "New", countries: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    empty = inline_formset([])
    told = {
        "title": title,
        "slug": title.lower(),
        "summary": "Short.",
        "body": streamfield([]),
        "key_points": streamfield([]),
        "resource_files": empty,
        "resource_themes": empty,
        "related_works": empty,
        "comments": empty,
        "licence": "",
        "audience": "",
        **more,
    }
    return {**nested_form_data(told), "countries": list(countries)}


def saves(client: Client, page: Page, countries: tuple[str, ...], **more: Any) -> Any:
    told = fields(page.title, countries, **more)
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), told)


# --- Installation -------------------------------------------------------------------


@pytest.mark.parametrize("model", [PortalDocument, PortalImage])
def test_who_makes_works_adds_files_and_pictures_and_a_translator_chooses_them(model: Any) -> None:
    policy = policy_registry.get_by_type(model)
    for role in (RoleKey.CONTRIBUTOR, RoleKey.FOCAL_POINT, RoleKey.EDITOR):
        assert policy.user_has_permission(person(f"{role}", role), "add"), role
    translator = person("translator", RoleKey.TRANSLATOR)
    assert not policy.user_has_permission(translator, "add")
    assert policy.user_has_permission(translator, "choose")


def test_roles_and_the_review_are_there_once() -> None:
    home_for("km")
    before = (Group.objects.count(), GroupPagePermission.objects.count(), Permission.objects.count())
    make_roles()
    call_command("migrate", verbosity=0)
    assert (Group.objects.count(), GroupPagePermission.objects.count(), Permission.objects.count()) == before
    assert {role.key for role in Role.objects.filter(group__isnull=False)} == set(RoleKey.values)
    for library in LibraryPage.objects.all():
        assert library.get_workflow().name == "Review of works"


def test_what_an_administrator_changed_stays() -> None:
    library = library_for("en")
    group = Role.objects.get(key=RoleKey.CONTRIBUTOR).group
    group.name = "Friends"
    group.save()
    GroupPagePermission.objects.filter(group=group).delete()
    WorkflowPage.objects.filter(page=library).delete()
    Role.objects.get(key=RoleKey.TRANSLATOR).group.delete()
    granted = GroupPagePermission.objects.count()
    make_roles()
    assert not WorkflowPage.objects.filter(page=library).exists()
    assert not Group.objects.filter(name="Contributors").exists()
    assert GroupPagePermission.objects.count() == granted
    assert Role.objects.get(key=RoleKey.TRANSLATOR).group is None


def test_a_group_that_has_the_name_already_gets_nothing() -> None:
    Role.objects.get(key=RoleKey.EDITOR).delete()
    Group.objects.filter(name="Library editors").delete()
    own = Group.objects.create(name="Library editors")
    make_roles()
    assert Role.objects.get(key=RoleKey.EDITOR).group.name == "Library editors 2"
    assert not own.permissions.exists()


# --- Contributors ---------------------------------------------------------------------


def test_a_contributor_drafts_and_hands_in_but_publishes_nothing() -> None:
    user = person("rosa", RoleKey.CONTRIBUTOR)
    client = signed_in(user)
    library, other = library_for("en"), work("others", "KH", live=False)
    add = reverse("wagtailadmin_pages:add", args=["resources", "factsheetpage", library.pk])
    client.post(add, {**fields("Mine", ("KH",)), "action-publish": "1"})
    mine = FactSheetPage.objects.get(slug="mine")
    assert not mine.live
    assert mine.permissions_for_user(user).can_edit()
    assert not other.permissions_for_user(user).can_edit()
    assert not library.permissions_for_user(user).can_edit()
    assert client.post(reverse("wagtailadmin_pages:edit", args=[other.pk]), fields("Stolen")).status_code == 302
    assert FactSheetPage.objects.get(pk=other.pk).latest_revision.content["title"] == "Others"
    saves(client, mine, ("KH",), **{"action-submit": "1"})
    assert FactSheetPage.objects.get(pk=mine.pk).workflow_in_progress


# --- Focal points ------------------------------------------------------------------------


@pytest.fixture
def focal() -> Any:
    library_for("en")
    return person("sok", RoleKey.FOCAL_POINT, country="KH")


def test_a_focal_point_has_the_works_of_his_country_alone(focal: Any) -> None:
    own, shared, other = work("own", "KH"), work("shared", "KH", "VN"), work("other", "VN")
    regional = work("none")
    may = {page.slug: page.permissions_for_user(focal) for page in (own, shared, other, regional)}
    assert may["own"].can_edit()
    assert may["own"].can_publish()
    assert may["own"].can_unpublish()
    assert may["shared"].can_edit()
    assert not may["shared"].can_publish()
    assert not may["shared"].can_unpublish()
    for slug in ("other", "none"):
        for what in ("can_edit", "can_publish", "can_unpublish", "can_delete", "can_move", "can_lock"):
            assert not getattr(may[slug], what)(), (slug, what)
    # Lists hold pages as Wagtail's own.
    assert not Page.objects.get(pk=other.pk).permissions_for_user(focal).can_edit()
    library = library_for("en").permissions_for_user(focal)
    assert library.can_add_subpage()
    assert not any((library.can_edit(), library.can_publish(), library.can_unpublish(), library.can_delete()))


def test_a_focal_point_without_a_country_may_do_nothing() -> None:
    user = person("nobody", RoleKey.FOCAL_POINT)
    assert not work("own", "KH").permissions_for_user(user).can_edit()
    assert not library_for("en").permissions_for_user(user).can_add_subpage()


def test_a_draft_counts_by_what_it_says_now(focal: Any) -> None:
    page = work("own", "KH")
    page.countries = list(Country.objects.filter(code="VN"))
    page.save_revision()
    assert not FactSheetPage.objects.get(pk=page.pk).permissions_for_user(focal).can_edit()
    draft = work("draft", "VN", live=False)
    draft.countries = list(Country.objects.filter(code="KH"))
    draft.save_revision()
    assert FactSheetPage.objects.get(pk=draft.pk).permissions_for_user(focal).can_publish()


def test_he_can_not_take_a_work_out_of_his_country_nor_publish_it_for_another(focal: Any) -> None:
    client, page = signed_in(focal), work("own", "KH", live=False)
    answer = saves(client, page, ("VN",))
    assert "it must be among the countries" in answer.text
    answer = saves(client, page, ("KH", "VN"), **{"action-publish": "1"})
    assert "published by an editor" in answer.text
    assert not FactSheetPage.objects.get(pk=page.pk).live
    assert saves(client, page, ("KH",), **{"action-publish": "1"}).status_code == 302
    assert FactSheetPage.objects.get(pk=page.pk).live


def test_what_he_adds_names_his_country_and_is_a_draft(focal: Any) -> None:
    client, library = signed_in(focal), library_for("en")
    add = reverse("wagtailadmin_pages:add", args=["resources", "factsheetpage", library.pk])
    assert "it must be among the countries" in client.post(add, fields("New", ("VN",))).text
    assert client.post(add, {**fields("New", ("KH",)), "action-publish": "1"}).status_code == 302
    assert not FactSheetPage.objects.get(slug="new").live
    shelf = reverse("wagtailadmin_pages:add", args=["resources", "shelfpage", library.pk])
    assert client.get(shelf).status_code == 302
    assert may_add_work(focal, library, {"KH", "VN"})
    assert not may_add_work(focal, library, {"VN"})
    assert may_publish_work(focal, library, {"KH"})
    assert not may_publish_work(focal, library, {"KH", "VN"})


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
def test_bulk_actions_keep_to_it(focal: Any, action: str) -> None:
    other = work("other", "VN", live=action != "publish")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    signed_in(focal).post(f"{address}?id={other.pk}&next=/admin/", {"include_descendants": "on"})
    now = FactSheetPage.objects.get(pk=other.pk)
    assert now.live == (action != "publish")


def test_an_editors_grants_are_not_narrowed_by_a_second_role(focal: Any) -> None:
    focal.groups.add(Role.objects.get(key=RoleKey.EDITOR).group)
    user = get_user_model().objects.get(pk=focal.pk)
    assert work("other", "VN").permissions_for_user(user).can_publish()


def test_a_list_of_many_works_takes_as_many_queries_for_an_editor(django_assert_max_num_queries: Any) -> None:
    user = person("ed", RoleKey.EDITOR)
    pages = [work(f"w{number}", "KH") for number in range(6)]
    pages[0].permissions_for_user(user).can_edit()
    with django_assert_max_num_queries(0):
        for page in pages:
            assert page.permissions_for_user(user).can_edit()


# --- Translators ---------------------------------------------------------------------------


def test_a_translator_has_versions_in_his_languages_and_no_originals() -> None:
    home_for("km")
    home_for("vi")
    user = person("tida", RoleKey.TRANSLATOR, languages=("km",))
    original = work("sheet", "KH")
    khmer = original.copy_for_translation(Locale.objects.get_for_language("km"))
    viet = original.copy_for_translation(Locale.objects.get_for_language("vi"))
    own = work("khmer-original", "KH", language="km")
    assert khmer.permissions_for_user(user).can_edit()
    assert not khmer.permissions_for_user(user).can_publish()
    for page in (original, viet, own):
        assert not page.permissions_for_user(user).can_edit(), page.slug
    assert not library_for("km").permissions_for_user(user).can_add_subpage()
    assert not library_for("km").permissions_for_user(user).can_edit()


def test_a_translator_begins_translations_into_his_languages_alone() -> None:
    home_for("km")
    home_for("vi")
    client = signed_in(person("tida", RoleKey.TRANSLATOR, languages=("km",)))
    original = work("sheet", "KH")
    address = reverse("wagtail_localize:submit_page_translation", args=[original.pk])
    wanted = {locale.language_code: locale.pk for locale in Locale.objects.all()}
    assert client.post(address, {"locales": [wanted["vi"]]}).status_code == 200
    assert not original.get_translations().exists()
    assert client.post(address, {"locales": [wanted["km"]], "include_subtree": "on"}).status_code == 302
    made = original.get_translations().get()
    assert made.locale.language_code == "km"
    assert not made.live
    home = reverse("wagtail_localize:submit_page_translation", args=[home_for("en").pk])
    assert client.post(home, {"locales": [wanted["km"]]}).status_code == 302
    edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, {"action": "publish"})
    assert not FactSheetPage.objects.get(pk=made.pk).live
    alias = reverse("wagtail_localize:convert_to_alias", args=[made.pk])
    client.post(alias)
    assert FactSheetPage.objects.get(pk=made.pk).alias_of is None


# --- Review -----------------------------------------------------------------------------------


def test_a_translator_is_given_no_text_that_he_may_not_read() -> None:
    library_for("km")
    user = person("Sokha", RoleKey.TRANSLATOR, languages=("km",))
    translator = signed_in(user)
    original = work("secret")
    friends = Group.objects.create(name="Friends")
    restriction = PageViewRestriction.objects.create(page=original, restriction_type=BaseViewRestriction.GROUPS)
    restriction.groups.add(friends)
    address = reverse("wagtail_localize:submit_page_translation", args=[original.pk])
    khmer = {"locales": [Locale.objects.get(language_code="km").pk]}
    # Wagtail sends whoever may not do something to its first page.
    assert translator.get(address)["Location"] == reverse("wagtailadmin_home")
    assert translator.post(address, khmer)["Location"] == reverse("wagtailadmin_home")
    assert not original.get_translations().exists()
    user.groups.add(friends)
    assert translator.get(address).status_code == 200
    translator.post(address, khmer)
    assert original.get_translations().exists()


def handed_in(page: FactSheetPage, by: Any) -> TaskState:
    return page.get_workflow().start(page, by).current_task_state


def test_a_work_is_approved_for_its_country_and_then_by_an_editor(focal: Any) -> None:
    rosa, editor = person("rosa", RoleKey.CONTRIBUTOR), person("ed", RoleKey.EDITOR)
    other = person("viet", RoleKey.FOCAL_POINT, country="VN")
    page = work("new", "KH", live=False, owner=rosa)
    state = handed_in(page, rosa)
    task = state.task.specific
    assert [message.to for message in mail.outbox] == [["sok@example.org"]]
    assert TaskState.objects.reviewable_by(focal).filter(pk=state.pk).exists()
    assert not TaskState.objects.reviewable_by(other).filter(pk=state.pk).exists()
    assert task.get_actions(page, other) == []
    refused = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    signed_in(other).post(refused)
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    signed_in(focal).post(refused, {"comment": ""})
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_APPROVED
    assert not FactSheetPage.objects.get(pk=page.pk).live
    # The second step is the editor's.
    second = TaskState.objects.get(workflow_state=state.workflow_state, status=TaskState.STATUS_IN_PROGRESS)
    assert ["ed@example.org"] in [message.to for message in mail.outbox]
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", second.pk])
    signed_in(focal).post(address, {"comment": ""})
    assert not FactSheetPage.objects.get(pk=page.pk).live
    signed_in(editor).post(address, {"comment": ""})
    assert FactSheetPage.objects.get(pk=page.pk).live


def test_without_a_focal_point_it_goes_to_the_editor_at_once() -> None:
    rosa = person("rosa", RoleKey.CONTRIBUTOR)
    state = handed_in(work("new", "VN", live=False, owner=rosa), rosa)
    assert state.task.name == "Approval by an editor"


def test_what_a_focal_point_hands_in_he_need_not_approve(focal: Any) -> None:
    state = handed_in(work("new", "KH", "VN", live=False, owner=focal), focal)
    assert state.task.name == "Approval by an editor"
    assert "sok@example.org" not in [to for message in mail.outbox for to in message.to]


def test_mails_are_in_the_persons_language(focal: Any) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(focal)
    profile.preferred_language = "zh-hans"
    profile.save()
    rosa = person("rosa", RoleKey.CONTRIBUTOR)
    handed_in(work("new", "KH", live=False, owner=rosa), rosa)
    assert mail.outbox[0].to == ["sok@example.org"]
    assert "submitted" not in mail.outbox[0].subject.lower()


# --- People ------------------------------------------------------------------------------------


def test_an_administrator_gives_a_focal_point_his_country() -> None:
    client = signed_in(get_user_model().objects.create_superuser("admin", "admin@example.org", "secret"))
    group = Role.objects.get(key=RoleKey.FOCAL_POINT).group
    told = {
        "username": "new",
        "email": "new@example.org",
        "first_name": "New",
        "last_name": "Person",
        "password1": "a-long-sentence-1",
        "password2": "a-long-sentence-1",
        "groups": [group.pk],
    }
    address = reverse("wagtailusers_users:add")
    assert "needs a country" in client.post(address, told).text
    assert client.post(address, {**told, "country": "KH"}).status_code == 302
    user = get_user_model().objects.get(username="new")
    assert user.library_remit.country_id == "KH"
    edit = client.get(reverse("wagtailusers_users:edit", args=[user.pk]))
    assert 'name="country"' in edit.text
