"""Wagtail's application of accounts, with the library's form."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class LibraryUsersConfig(WagtailUsersAppConfig):
    user_viewset = "resources.roles.users.LibraryUserViewSet"
