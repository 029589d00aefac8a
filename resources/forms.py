"""Forms of the admin for files: what is uploaded is checked by its content and size before it is kept."""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from resources.image_field import ImageUploadField
from resources.uploads import check_upload


class DocumentForm(BaseDocumentForm):
    """Refuses a file that is not what its name says, is empty or too large."""

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            check_upload(file, file.name)
        return file

    def save(self, commit: bool = True) -> Any:
        # Wagtail would delete the file before the document knows the new one. The document keeps it and lets it go.
        self.original_file = None
        return super().save(commit=commit)


class ImageForm(BaseImageForm):
    """Refuses an image of too many pixels before it is unpacked, and one that is cut off or empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["file"]
        self.fields["file"] = ImageUploadField(
            label=old.label, required=old.required, widget=old.widget, help_text=old.help_text, initial=old.initial
        )
