"""Translations that somebody finished and nobody published: a translator can't submit one alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog

from resources.attention.types import Finding, Scope
from resources.attention.works import pages_in
from resources.models import ResourcePage

FINISHED = "finished"


def finished(scope: Scope) -> QuerySet[ResourcePage]:
    """Versions of which every text is translated, some of them since the page was last made from them."""
    own = StringTranslation.objects.filter(translation_of=OuterRef("string"), context=OuterRef("context"))
    missing = StringSegment.objects.filter(
        ~Exists(own.filter(locale=OuterRef(OuterRef("target_locale")), has_error=False)), source=OuterRef("source")
    )
    written = StringTranslation.objects.filter(
        context__object=OuterRef("source__object"), locale=OuterRef("target_locale")
    ).order_by("-updated_at")
    made = TranslationLog.objects.filter(source=OuterRef("source"), locale=OuterRef("target_locale"))
    done = (
        Translation.objects.filter(enabled=True)
        .annotate(
            written=Subquery(written.values("updated_at")[:1]),
            made=Subquery(made.order_by("-created_at").values("created_at")[:1]),
        )
        .filter(~Exists(missing), Q(made__isnull=True) | Q(written__gt=F("made")), written__isnull=False)
    )
    return pages_in(scope).filter(
        Exists(
            done.filter(source__object__translation_key=OuterRef("translation_key"), target_locale=OuterRef("locale"))
        )
    )


def describe_finished(pages: Sequence[ResourcePage]) -> list[Finding]:
    return [
        Finding(
            title=page.get_admin_display_title(),
            language=page.locale.language_code,
            kind=FINISHED,
            problem=_("All of it is translated."),
            todo=_("Read the translation and publish it."),
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )
        for page in pages
    ]
