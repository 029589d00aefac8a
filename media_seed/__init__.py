"""The demonstration library: masters in YAML, the builder of its files, and the files."""
