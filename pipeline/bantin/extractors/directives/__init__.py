"""The directives extractor."""
