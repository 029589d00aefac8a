"""All kinds of problems, the most urgent first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from resources.attention import files, translations, works
from resources.attention.types import Kind

KINDS: tuple[Kind, ...] = (
    Kind(files.UNREAD, _("Files that could not be read"), files.unread, files.describe_unread),
    Kind(works.INCOMPLETE, _("Drafts with missing fields"), works.incomplete, works.describe_incomplete),
    Kind(
        translations.FINISHED,
        _("Translations that wait to be published"),
        translations.finished,
        translations.describe_finished,
    ),
    Kind(works.LICENCE, _("Works without a licence"), works.without_licence, works.describe_without_licence),
    Kind(works.CAPTIONS_MISSING, _("Videos without captions"), works.without_captions, works.describe_without_captions),
    Kind(
        works.BEHIND,
        _("Translations older than their original"),
        works.behind_their_source,
        works.describe_behind_their_source,
    ),
    Kind(
        files.OTHER_LANGUAGE,
        _("Files in another language than stated"),
        files.in_another_language,
        files.describe_in_another_language,
    ),
    Kind(
        works.OWN_LANGUAGE,
        _("Works without a file in a country’s own language"),
        works.without_own_language,
        works.describe_without_own_language,
    ),
)
LABELS = {kind.key: kind.label for kind in KINDS}
