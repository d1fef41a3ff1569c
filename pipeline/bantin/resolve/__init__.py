"""Links: within an article, then across the articles of a batch."""
