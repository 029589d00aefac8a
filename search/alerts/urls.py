"""Addresses of feeds and alerts, under `/<language>/search/`. `search.alerts.log_filter` knows those with keys."""

from __future__ import annotations

from django.urls import path

from search.alerts import views

urlpatterns = [
    path("feed/", views.search_feed, name="search_feed"),
    path("alerts/", views.new_alert, name="search_alert_new"),
    path("alerts/sent/", views.alert_sent, name="search_alert_sent"),
    path("alerts/confirm/<str:key>/", views.confirm_alert, name="search_alert_confirm"),
    path("alerts/end/<str:key>/", views.end_alerts, name="search_alerts_end"),
    path("alerts/<str:key>/", views.alerts, name="search_alerts"),
]
