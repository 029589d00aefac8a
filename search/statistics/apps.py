from __future__ import annotations

import atexit

from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.translation import gettext_lazy as _


class SearchStatisticsConfig(AppConfig):
    name = "search.statistics"
    label = "search_statistics"
    verbose_name = _("Searches")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search.signals import worker_round
        from search.statistics import housekeeping, storing

        request_finished.connect(storing.after_response, dispatch_uid="search.statistics")
        worker_round.connect(housekeeping.on_round, dispatch_uid="search.statistics")
        atexit.register(storing.flush)
