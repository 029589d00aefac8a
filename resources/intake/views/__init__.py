"""The page on which files are dropped, and what it sends."""
