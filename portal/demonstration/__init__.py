"""The demonstration library: made up for show, from what lies in media_seed/."""

from __future__ import annotations

from portal.demonstration.load import LoadReport, load

__all__ = ["LoadReport", "load"]
