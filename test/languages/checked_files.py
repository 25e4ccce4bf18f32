"""Runs a check on each Python file below some folders, and prints each error as file:line: message."""
import pathlib
import sys
import traceback
from typing import Callable


def check_files(folders: "list[str]", check: "Callable[[pathlib.Path], None]") -> int:
    """Returns the exit code: 1 if a file has an error."""
    files = sorted(file for folder in folders for file in pathlib.Path(folder).rglob("*.py"))
    failed = False
    for index, file in enumerate(files, start=1):
        try:
            check(file)
        except Exception as error:  # Whatever an example raises is its error.
            failed = True
            message = str(error).strip().split("\n")[0]
            print(f"{file}:{line_of(error, file)}: {type(error).__name__}: {message}", file=sys.stderr)
        if index % 20 == 0:
            print(f"python: {index} of {len(files)} examples run", flush=True)
    return int(failed)


def line_of(error: Exception, file: pathlib.Path) -> int:
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return lines[-1] if lines else 1
