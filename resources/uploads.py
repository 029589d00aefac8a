"""What may be uploaded: told by a file's content, never by its name or by what a browser says of it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.extraction import FailureReason, sniff
from resources.extraction.reasons import SENTENCES

MAX_NAME = 100
# Disks allow 255, and a name that is taken already gets eight more.
MAX_NAME_BYTES = 240
CAPTIONS_BYTES = 8 * 1024 * 1024

# By extension: what its content must be, and the kinds of file that are offered in a message.
ALLOWED: dict[str, str] = {extension: sniff.EXTENSIONS[extension] for extension in settings.WAGTAILDOCS_EXTENSIONS}
_TOLD = {sniff.OLD_OFFICE: FailureReason.OLD_FORMAT, sniff.LOCKED_OFFICE: FailureReason.ENCRYPTED}

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')


def check_upload(file: Any, filename: str) -> None:
    """Refuse a file that isn't one of the kinds that the library keeps, and give the others a harmless name.

    `file` is a Django `File`; afterwards it stands at its beginning and `file.name` is `safe_name(filename)`.
    Raises ValidationError with a translated sentence; its code is `empty`, `too_large`, `extension`, `disguised`,
    `old_format` or `encrypted`.
    """
    name = safe_name(filename)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    expected = ALLOWED.get(extension)
    if sniff.EXTENSIONS.get(extension) == sniff.OLD_OFFICE:
        raise _refusal(FailureReason.OLD_FORMAT)
    if expected is None:
        raise ValidationError(
            _("Files of this kind are not accepted. Upload one of these: %(kinds)s."),
            code="extension",
            params={"kinds": ", ".join(sorted(ALLOWED))},
        )
    if not file.size:
        raise ValidationError(_("The file is empty."), code="empty")
    most = (
        min(settings.UPLOAD_MAX_BYTES, CAPTIONS_BYTES)
        if expected in (sniff.VTT, sniff.SRT)
        else settings.UPLOAD_MAX_BYTES
    )
    if file.size > most:
        raise ValidationError(
            _("The file is larger than %(megabytes)s MB. Make it smaller or split it."),
            code="too_large",
            params={"megabytes": most // (1024 * 1024)},
        )
    kind = sniff.sniff(file)
    if kind != expected and kind in _TOLD:
        raise _refusal(_TOLD[kind])
    if kind != expected:
        raise ValidationError(
            _("The content of the file is not what its name says (.%(extension)s)."),
            code="disguised",
            params={"extension": extension},
        )
    file.name = name


def _refusal(reason: FailureReason) -> ValidationError:
    return ValidationError(SENTENCES[reason], code=reason.value)


def safe_name(filename: str) -> str:
    """Return a file's name without folders, invisible characters and what some system forbids in names.

    It is in NFC, keeps its extension, has at most 100 characters and 240 bytes, and is never empty or hidden.
    """
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in name if unicodedata.category(character) not in _INVISIBLE)
    name = " ".join(_UNSAFE.sub(" ", name).split()).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    extension = extension.strip()[:10]
    stem = stem.strip(" .")[: MAX_NAME - len(extension) - 1]
    room = MAX_NAME_BYTES - len(extension.encode()) - 1
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .") or "file"
    return f"{stem}.{extension}" if extension else stem
