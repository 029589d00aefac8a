"""What an editor fills in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from resources.importing.archive import MOST_BYTES
from resources.importing.columns import COLUMNS
from resources.importing.harvest import HarvestRequest
from resources.models.choices import LANGUAGE_CHOICES
from search.languages import LANGUAGE_CODES

_LABELS: dict[str, Any] = {
    "id": _("Import key"),
    "type": _("Kind"),
    "language": _("Language"),
    "translation_of": _("Import key of what it translates"),
    "title": _("Title"),
    "summary": _("Summary"),
    "body": _("Text"),
    "countries": _("Countries"),
    "themes": _("Themes"),
    "year": _("Year"),
    "authors": _("Authors"),
    "publisher": _("Publisher"),
    "licence": _("Licence"),
    "file": _("File"),
    "captions": _("Captions"),
    "url": _("Address of the original"),
    "doi": _("DOI"),
    "isbn": _("ISBN"),
}


class _Publishing(forms.Form):
    publish = forms.BooleanField(
        label=_("Publish at once"), required=False, help_text=_("Otherwise the pages wait as drafts.")
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"]
        else:
            self.order_fields([*(name for name in self.fields if name != "publish"), "publish"])


class UploadForm(_Publishing):
    table = forms.FileField(
        label=_("Table"),
        help_text=_("CSV or Excel (.xlsx), or a bibliography in RIS or BibTeX."),
        validators=[FileExtensionValidator(["csv", "tsv", "txt", "xlsx", "ris", "bib", "bibtex", "xls"])],
    )
    archive = forms.FileField(
        label=_("Files"),
        required=False,
        help_text=_("A zip of the files that the table names."),
        validators=[FileExtensionValidator(["zip"])],
    )

    def clean_archive(self) -> Any:
        archive = self.cleaned_data["archive"]
        if archive is not None and archive.size > MOST_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than %(size)s MB: split it.") % {"size": MOST_BYTES // 1024**2}
            )
        return archive


class HarvestForm(_Publishing):
    address = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Where the repository answers OAI-PMH, such as https://repository.example.org/oai."),
    )
    set = forms.CharField(
        label=_("Set"), required=False, max_length=200, help_text=_("Empty: everything that the repository has.")
    )
    since = forms.DateField(
        label=_("Changed since"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Empty: since this address and set were fetched last, or ever."),
    )
    language = forms.ChoiceField(label=_("Language of records that say none"), choices=LANGUAGE_CHOICES, initial="en")

    def request(self) -> HarvestRequest:
        told = self.cleaned_data
        since = told["since"].isoformat() if told["since"] else ""
        address = urlsplit(told["address"])._replace(fragment="", query="").geturl()
        return HarvestRequest(address, told["set"].strip(), since, language=told["language"])


class MappingForm(forms.Form):
    """A choice for each column of the table."""

    def __init__(self, *args: Any, heading: list[str], mapping: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Leave aside")), *((column, f"{_LABELS[column]} ({column})") for column in COLUMNS)]
        for place, cell in enumerate(heading):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=cell or "—",
                choices=choices,
                required=False,
                initial=mapping[place] if place < len(mapping) else "",
            )

    def mapping(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class ExportForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Any language")), *LANGUAGE_CHOICES]
    )
    form = forms.ChoiceField(label=_("Format"), choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV")])

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"]
        return language if language in LANGUAGE_CODES else ""
