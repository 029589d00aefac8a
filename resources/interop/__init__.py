"""The library for other systems: records, citations."""
