"""The tables: their schema, the rows of an article, part files, Parquet, SQLite and the data package."""
