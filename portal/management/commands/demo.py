"""`manage.py demo`: the database, and the demonstration library where there is none. Running it twice changes
nothing.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.demonstration import load


class Command(BaseCommand):
    help = "Prepare the database and load the demonstration library if there is no library yet."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        started = time.monotonic()
        try:
            report = load(settings.BASE_DIR / "media_seed")
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        if report.works:
            seconds = time.monotonic() - started
            self.stdout.write(f"Demonstration library: {report.works} works, {report.files} files, in {seconds:.0f} s.")
        else:
            self.stdout.write("There is a library already: nothing to load.")
        # Made at once and not work by work: which of several works that fit alike comes first hangs on the order in
        # which the index holds them.
        call_command("search_index", rebuild=bool(report.works), verbosity=0)
        if settings.DEBUG:
            self._editor()

    def _editor(self) -> None:
        """On a machine of one's own, someone to sign in as. The password is made here and lies beside the database."""
        model = get_user_model()
        if model._default_manager.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(9)
        model.objects.create_superuser("editor", "editor@example.org", password)
        path = settings.DATA_DIR / "editor-password"
        path.write_text(password + "\n", encoding="utf-8")
        path.chmod(0o600)
        self.stdout.write(f"Sign in to /admin/ as editor with the password in {path.name} (in PORTAL_DATA_DIR).")
