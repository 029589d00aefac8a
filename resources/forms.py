"""Forms of the admin for files: what is uploaded is checked by its content and size before it is kept."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from resources.uploads import check_upload


class DocumentForm(BaseDocumentForm):
    """Refuses a file that is not what its name says, is empty or too large."""

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            check_upload(file, file.name)
        return file


class ImageForm(BaseImageForm):
    """Wagtail checks an image's format, size and number of pixels; an empty file gets a plain word too."""

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and not file.size:
            raise ValidationError("The file is empty.")
        return file
