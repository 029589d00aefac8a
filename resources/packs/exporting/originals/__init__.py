"""Pages of strangers' PDFs, read in child processes with limits, as forms that can be drawn on pages of our own."""
