"""The indicators extractor."""
