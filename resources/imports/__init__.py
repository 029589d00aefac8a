"""Imports in the admin: a run is uploaded, mapped, previewed, worked off in the background, reported and undone."""
