"""Withdrawn works are found again in the admin, by who may put them back and nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from resources.models import Country, FactSheetPage, Remit, Role, RoleKey
from resources.tree import library_for
from resources.withdrawing import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def withdrawn(title: str, country: str, **told: Any) -> FactSheetPage:
    page = FactSheetPage(title=title, slug=title.lower().replace(" ", "-"), summary="Short.")
    page.countries = [Country.objects.get_or_create(code=country)[0]]
    library_for("en").add_child(instance=page)
    given = {"reason": "errors", "texts": {}, "on": date(2026, 11, 3), "replacement": None, "by": None, **told}
    withdraw(work=page.translation_key, **given)
    return page


def signed_in(role: str = "", country: str = "") -> Client:
    people = get_user_model().objects
    if role:
        user = people.create_user("somebody", "somebody@example.org", "secret")
        user.groups.add(Role.objects.get(key=role).group)
        if country:
            Remit.objects.create(user=user, country_id=country, languages=[])
    else:
        user = people.create_superuser("admin", "admin@example.org", "secret")
    client = Client()
    client.force_login(user)
    return client


def test_who_publishes_nothing_does_not_see_the_list() -> None:
    withdrawn("Cash", "KH")
    for role in (RoleKey.CONTRIBUTOR, RoleKey.TRANSLATOR):
        get_user_model().objects.all().delete()
        answer = signed_in(role).get(reverse("withdrawn_works"), follow=True)
        assert "Cash" not in answer.text, role


def test_a_focal_point_sees_those_of_his_country() -> None:
    withdrawn("Cash", "KH")
    withdrawn("Secret of others", "VN")
    shown = signed_in(RoleKey.FOCAL_POINT, "KH").get(reverse("withdrawn_works")).text
    assert "Cash" in shown
    assert "Secret" not in shown


def test_the_list_is_searched_by_title_and_leads_to_putting_back() -> None:
    cash, _pension = withdrawn("Cash for families", "KH"), withdrawn("Pensions", "KH", reason="outdated")
    client = signed_in()
    address = reverse("withdrawn_works")
    assert address in client.get(reverse("needs_attention")).text
    shown = client.get(address, {"title": "FAMILIES"}).text
    assert "Pensions" not in shown
    assert "It contains errors." in shown
    assert reverse("put_work_back", args=[cash.pk]) in shown
    client.post(reverse("put_work_back", args=[cash.pk]))
    shown = client.get(address).text
    assert "Cash for families" not in shown
    assert "Pensions" in shown


def test_a_work_whose_page_was_deleted_stays_in_the_list_without_a_way_back() -> None:
    page = withdrawn("Cash", "KH")
    FactSheetPage.objects.get(pk=page.pk).delete()
    shown = signed_in().get(reverse("withdrawn_works")).text
    assert "Cash" in shown
    assert "put-back" not in shown
