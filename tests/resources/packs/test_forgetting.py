"""Who signs out on a shared machine leaves his packs to nobody, and loses none that only the browser opens."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from resources.packs.models import Pack


def began(client: Client, title: str) -> Pack:
    client.post("/en/packs/new/", {"title": title})
    return Pack.objects.get(title=title)


def test_who_signs_out_leaves_only_packs_that_no_account_owns(db: None, client: Client) -> None:
    nobody = began(client, "Of nobody")
    user = User.objects.create_superuser("trainer")
    client.force_login(user)
    own = began(client, "Own")
    assert client.get(f"/en/packs/edit/{own.code}/").status_code == 200
    client.post("/admin/logout/")
    assert client.get(f"/en/packs/edit/{own.code}/").status_code == 404
    left = client.get("/en/packs/mine/").content.decode()
    assert own.code not in left, "Neither the list nor the bag in the header leads there."
    assert nobody.code in left
    assert client.get(f"/en/packs/edit/{nobody.code}/").status_code == 200
    client.force_login(user)
    assert client.get(f"/en/packs/edit/{own.code}/").status_code == 200
