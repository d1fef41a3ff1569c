"""The roles extractor."""
