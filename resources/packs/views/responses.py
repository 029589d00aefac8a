"""Answers to forms."""

from __future__ import annotations

from django.http import HttpResponseRedirect


def see_other(address: str) -> HttpResponseRedirect:
    """To a page that is loaded again without sending the form again."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
