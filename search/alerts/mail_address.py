"""Addresses of mail as people type them: checked, and made the same however they are typed."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

_LONGEST = 254
_LONGEST_TYPED = 320
_LONGEST_LOCAL = 64
# No name without a dot and no bare number: such an address leads into the server's own network.
_validate = EmailValidator(allowlist=[])


def checked(typed: str) -> str:
    """The address as mail servers take it: a domain in any script becomes its ASCII form.

    Raises `ValidationError` with a sentence for the reader where mail can't be sent to it.
    """
    address = unicodedata.normalize("NFKC", typed).strip()
    wrong = ValidationError(_("This is not an e-mail address. One looks like this: name@example.org"))
    # One sign may have become eighteen, and what follows takes time for each.
    if len(address) > _LONGEST_TYPED:
        raise wrong
    local, at, domain = address.rpartition("@")
    if at and local and not local.isascii():
        raise ValidationError(_("Before the @ only Latin letters, digits and symbols can be used here."))
    # Quotes would let any sign stand before the @; brackets hold a number instead of a domain.
    if not at or '"' in local or domain.startswith("[") or len(local) > _LONGEST_LOCAL:
        raise wrong
    try:
        domain = punycode(domain.rstrip(".")).lower()
        _validate(f"{local}@{domain}")
    except (UnicodeError, ValidationError):
        raise wrong from None
    if len(local) + len(domain) + 1 > _LONGEST:
        raise wrong
    return f"{local}@{domain}"


def identity(address: str) -> str:
    """What tells one address from another: servers make no difference between capitals and small letters."""
    return address.lower()
