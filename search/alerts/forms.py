"""The form under the results: an address, and what keeps robots out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.alerts.mail_address import checked

LONGEST_TEXT = 500
"""Characters of a search that can be kept."""
_SOONEST_SECONDS = 2
_LATEST_SECONDS = 24 * 3600
_signer = TimestampSigner(salt="search.alerts.form")


def shown_now() -> str:
    """A mark of the time at which a form is shown."""
    return _signer.sign("form")


class AlertForm(forms.Form):
    """`address` is an address that mail can be sent to, in the form that servers take.

    `shown` is the mark of when the form was shown: nobody fills it in within two seconds, or sends it a day later.
    `website` is a field that people don't see and robots fill in.
    """

    address = forms.CharField(
        label=gettext_lazy("E-mail address"),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the address here to which we may send e-mail.")},
    )
    shown = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    website = forms.CharField(required=False)

    def clean_address(self) -> str:
        return checked(self.cleaned_data["address"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not _is_in_time(cleaned.get("shown", "")):
            raise forms.ValidationError(_("Please send the form again."))
        return cleaned

    @property
    def is_from_a_robot(self) -> bool:
        """The field that people don't see is filled in."""
        return bool(self.data.get("website"))


def _is_in_time(shown: str) -> bool:
    try:
        _signer.unsign(shown, max_age=_LATEST_SECONDS)
    except BadSignature:
        return False
    try:
        _signer.unsign(shown, max_age=_SOONEST_SECONDS)
    except BadSignature:
        return True
    return False
