"""The search page, under `/<language>/search/`."""

from __future__ import annotations

from django.urls import path

from search.views import search_page

urlpatterns = [path("", search_page, name="search")]
