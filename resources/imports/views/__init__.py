"""The pages of an import. Each works without scripts; what changes something is a POST."""
