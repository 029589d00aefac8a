"""The form field of an uploaded image: its pixels are counted before they are unpacked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField


class ImageUploadField(WagtailImageField):
    """Wagtail's field with the size known before anything is unpacked.

    Wagtail unpacks an image to learn its size: a small file can take all memory, one that is cut off ends in an error.
    Here the size is read from the image's header first, and an image that can't be unpacked is an invalid one.
    """

    def check_image_pixel_size(self, f: Any) -> None:
        """Refuse more pixels than WAGTAILIMAGES_MAX_IMAGE_PIXELS. Raises ValidationError."""
        try:
            self._check_header(f)
            super().check_image_pixel_size(f)
        except (OSError, ValueError, SyntaxError, EOFError):
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from None
        finally:
            f.seek(0)

    def _check_header(self, f: Any) -> None:
        f.seek(0)
        try:
            with Image.open(f) as image:
                pixels = image.width * image.height
        except UnidentifiedImageError:
            # A kind that Wagtail reads with another library.
            return
        except Image.DecompressionBombError:
            pixels = None
        finally:
            f.seek(0)
        if self.max_image_pixels is not None and (pixels is None or pixels > self.max_image_pixels):
            raise ValidationError(
                self.error_messages["file_too_many_pixels"]
                % {"num_pixels": pixels or "…", "max_pixels_count": self.max_image_pixels},
                code="file_too_many_pixels",
            )
