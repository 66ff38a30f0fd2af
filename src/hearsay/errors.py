"""Every error that Hearsay raises on purpose.

    HearsayError                  exit code 1
    ├── InputError                2   what the user named cannot be used
    │   ├── MissingPath           2   a path does not exist
    │   └── NothingToRead         2   no report could be read from what was given
    ├── ReportError               -   one file or record is refused; the run goes on and names it
    ├── OutputError               3   a folder or file cannot be written
    ├── StoreError                4   the store is damaged, locked, or of another version
    └── ModelError                5   the reader's model files are missing or do not fit

A message says what is wrong, where, and what to do. The command line prints it as one sentence
and ends with the exit code; the library raises and never prints.
"""


class HearsayError(Exception):
    """Base of all errors of this package."""

    exit_code = 1


class InputError(HearsayError):
    """What the user named cannot be used."""

    exit_code = 2


class MissingPath(InputError):
    """A path that was named does not exist."""


class NothingToRead(InputError):
    """Not one report could be read from what was given."""


class ReportError(HearsayError):
    """One file or record is refused. It is listed as skipped with this reason; the others go on."""


class OutputError(HearsayError):
    """A folder or file cannot be written."""

    exit_code = 3


class StoreError(HearsayError):
    """The store is damaged, in use by another process, or of a version this program does not know."""

    exit_code = 4


class ModelError(HearsayError):
    """The reader's model files are missing or do not fit this program."""

    exit_code = 5
