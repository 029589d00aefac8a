"""Who may import what is asked of each row: a table is no way round the limits of a part in the project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from resources.imports import actions
from resources.imports.exporting import works_for
from resources.imports.models import Run
from resources.models import Country, FactSheetPage, Remit, Role, RoleKey
from resources.tree import library_for
from tests.resources.imports.conftest import worked_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def focal_point() -> Any:
    """Of Cambodia."""
    library_for("en")
    for code in ("KH", "VN"):
        Country.objects.get_or_create(code=code)
    user = get_user_model().objects.create_user("sok")
    user.groups.add(Role.objects.get(key=RoleKey.FOCAL_POINT).group)
    Remit.objects.create(user=user, country_id="KH", languages=[])
    return user


@pytest.fixture
def tried(begun: Callable[..., Run], focal_point: Any) -> Callable[..., None]:
    """A function: a row → whatever comes of it when the focal point imports it, published."""

    def tries(row: dict[str, object]) -> None:
        run = begun(row, publish=True, by=focal_point)
        assert not actions.start(run=run, by=focal_point)
        worked_off()

    return tries


def pages() -> dict[str, set[str]]:
    """The countries of each work, by its title."""
    return {page.title: {country.pk for country in page.countries.all()} for page in FactSheetPage.objects.all()}


def test_a_focal_point_imports_no_work_of_other_countries(focal_point: Any, done: Callable[..., Run]) -> None:
    done(
        {"title": "Ours", "countries": "KH"},
        {"title": "Theirs", "countries": "VN"},
        {"title": "Nobody’s"},
        publish=False,
        by=focal_point,
    )
    assert pages() == {"Ours": {"KH"}}


def test_he_changes_no_work_of_others_and_takes_none_from_his_country(
    done: Callable[..., Run], tried: Callable[..., None]
) -> None:
    done({"id": "ours", "title": "Ours", "countries": "KH"}, {"id": "theirs", "title": "Theirs", "countries": "VN"})
    tried({"id": "theirs", "title": "Mine now", "countries": "KH"})
    tried({"id": "ours", "title": "Given away", "countries": "VN"})
    assert pages() == {"Ours": {"KH"}, "Theirs": {"VN"}}


def test_he_publishes_what_names_his_country_alone(
    focal_point: Any, done: Callable[..., Run], tried: Callable[..., None]
) -> None:
    done({"id": "ours", "title": "Ours", "countries": "KH"})
    done({"id": "ours", "title": "Ours anew", "countries": "KH"}, publish=True, by=focal_point)
    tried({"id": "ours", "title": "Ours and theirs", "countries": "KH;VN"})
    assert pages() == {"Ours anew": {"KH"}}


def test_nobody_sees_or_decides_on_what_others_import(
    client: Client, focal_point: Any, begun: Callable[..., Run]
) -> None:
    run = begun({"title": "A secret plan"})
    client.force_login(focal_point)
    for address in ("", "columns/", "report.csv"):
        assert client.get(f"/admin/imports/{run.pk}/{address}").status_code == 404
    for act in ("start", "undo", "stop"):
        assert client.post(f"/admin/imports/{run.pk}/{act}/").status_code == 404
    client.post(f"/admin/imports/{run.pk}/delete/")
    assert Run.objects.get(pk=run.pk).status == run.status
    assert "t.csv" not in client.get("/admin/imports/").content.decode()


def test_a_focal_point_takes_away_only_works_of_his_country(focal_point: Any, done: Callable[..., Run]) -> None:
    done({"title": "Ours", "countries": "KH"}, {"title": "Theirs", "countries": "VN"})
    assert [page.title for page in works_for(focal_point)] == ["Ours"]
