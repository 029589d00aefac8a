"""The search page and what belongs to it, under `/<language>/search/`."""

from __future__ import annotations

from django.urls import include, path

from search.alerts import urls as alert_urls
from search.views import search_page

urlpatterns = [path("", search_page, name="search"), path("", include(alert_urls))]
