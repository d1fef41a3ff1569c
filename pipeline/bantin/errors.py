"""The errors a caller may meet; every message says what is wrong, where, and what to do."""

from __future__ import annotations


class BantinError(Exception):
    """Base of every error that bantin raises on purpose. The command line prints it without a traceback."""


class DataFileError(BantinError):
    """A rule, lexicon, profile or gold file is wrong. Names the file, the record and the fix."""

    def __init__(self, file: object, record: object, message: str) -> None:
        super().__init__(f"{file}: {record}: {message}")
        self.file, self.record = str(file), str(record)


class InputError(BantinError):
    """An input that the user named cannot be used at all: a missing path, an unreadable folder."""


class OutputError(BantinError):
    """The output folder cannot be written: it holds something else, the disk is full, permission is denied."""


class ReadError(BantinError):
    """One source cannot become an article. `reason` is one of `types.REJECT_REASONS`; becomes a row of `rejects`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class QueryError(BantinError):
    """A query that the database refuses, or a folder that holds no whole dataset."""


class BudgetError(BantinError):
    """A rule ran out of its time budget on one text. The article becomes a row of `rejects`, the batch goes on."""
