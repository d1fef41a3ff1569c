"""The dates extractor."""
