"""The fixed vocabularies of a resource."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from search.languages import LANGUAGES

LANGUAGE_CHOICES: list[tuple[str, str]] = [(language.code, language.native) for language in LANGUAGES]


class Audience(TextChoices):
    POLICYMAKERS = "policymakers", _("Policymakers")
    ADMINISTRATORS = "administrators", _("Administrators of schemes")
    SOCIAL_PARTNERS = "social-partners", _("Employers’ and workers’ organisations")
    TRAINERS = "trainers", _("Trainers")
    RESEARCHERS = "researchers", _("Researchers")


class Licence(TextChoices):
    CC0 = "cc0", "CC0 1.0"
    CC_BY = "cc-by", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa", "CC BY-SA 4.0"
    CC_BY_NC = "cc-by-nc", "CC BY-NC 4.0"
    CC_BY_NC_SA = "cc-by-nc-sa", "CC BY-NC-SA 4.0"
    CC_BY_ND = "cc-by-nd", "CC BY-ND 4.0"
    CC_BY_NC_ND = "cc-by-nc-nd", "CC BY-NC-ND 4.0"
    PERMISSION = "permission", _("Shared with the publisher’s permission")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def shown(self) -> str:
        """Its name; that of a licence known by its letters never breaks at a line's end."""
        return str(self.label).replace(" ", "\N{NO-BREAK SPACE}") if self.deed else str(self.label)

    @property
    def deed(self) -> str:
        """Where the licence's terms are explained, or nothing."""
        if self is Licence.CC0:
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        if self.value.startswith("cc-"):
            return f"https://creativecommons.org/licenses/{self.value.removeprefix('cc-')}/4.0/"
        return ""


class ExtractionStatus(TextChoices):
    PENDING = "pending", _("Waiting to be read")
    EXTRACTED = "extracted", _("Read")
    FAILED = "failed", _("Could not be read")
