"""Dropping files in Wagtail's admin: its addresses and its entry in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from resources.intake.allowed import may_drop
from resources.intake.views import batch, dropping


@hooks.register("register_admin_urls")
def drop_urls() -> list[URLPattern]:
    return [
        path("drop/", dropping.index, name="drop_index"),
        path("drop/<int:batch_id>/", batch.batch, name="drop_batch"),
        path("drop/<int:batch_id>/files/", dropping.files, name="drop_files"),
        path("drop/<int:batch_id>/known/", dropping.known, name="drop_known"),
        path("drop/<int:batch_id>/state/", batch.state, name="drop_state"),
        path("drop/<int:batch_id>/go-on/", batch.go_on, name="drop_go_on"),
        path("drop/<int:batch_id>/decide/", batch.decide, name="drop_decide"),
        path("drop/<int:batch_id>/pair/", batch.pair, name="drop_pair"),
        path("drop/<int:batch_id>/table/", batch.table, name="drop_table"),
    ]


class _DropItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_drop(request.user)


@hooks.register("register_admin_menu_item")
def drop_menu_item() -> MenuItem:
    return _DropItem(_("Drop files"), reverse("drop_index"), name="drop-files", icon_name="upload", order=150)
