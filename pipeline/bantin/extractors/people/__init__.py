"""The people extractor."""
