"""Runs the translated examples below the given folders in one process, which starts one jsii kernel. Synthesizes each."""
import pathlib
import sys

import cdk_webhook_processing_system as package
from aws_cdk import App, Stack
from checked_files import check_files

NAMES = {name: getattr(package, name) for name in package.__all__}


def run(file: pathlib.Path) -> None:
    source = file.read_text(encoding="utf-8")
    code = compile(source, str(file), "exec")
    if "app.synth()" in source:
        exec(code, {})
        return
    # Part of a stack, with the names of the package, as rosetta/default.ts-fixture makes it in TypeScript.
    app = App()
    exec(code, {**NAMES, "self": Stack(app, "Example")})
    app.synth()


sys.exit(check_files(sys.argv[1:], run))
