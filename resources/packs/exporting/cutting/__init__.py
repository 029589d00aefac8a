"""Pages taken out of strangers' PDFs, as PDFs of their own. Loads nothing of Django, so that a child starts fast."""
