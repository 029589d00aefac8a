"""`manage.py begin_library`: an empty library, ready for its first work. Running it twice changes nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.beginning import begin


class Command(BaseCommand):
    help = "Make the sections of an empty library in every language, its countries and its thesaurus."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = begin(settings.BASE_DIR / "media_seed" / "thesaurus.ttl")
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The library can be filled." if made else "The library has begun already: nothing to make.")
