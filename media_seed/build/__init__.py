"""Make the demonstration library's PDFs, covers, films and captions from its masters."""
