"""Parses all Python sources below the given folders, and prints each syntax error as file:line: message."""
import ast
import pathlib
import sys

failed = False
for folder in sys.argv[1:]:
    for file in sorted(pathlib.Path(folder).rglob("*.py")):
        try:
            ast.parse(file.read_text(encoding="utf-8"))
        except SyntaxError as error:
            failed = True
            print(f"{file}:{error.lineno}: {error.msg}", file=sys.stderr)
sys.exit(failed)
