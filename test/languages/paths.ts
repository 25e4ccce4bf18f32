/** Sources that jsii generates. */
export const BINDINGS = 'dist/code';
export const TARGET = '.local/languages';
/** Examples of the README and of docstrings, translated to each language. */
export const EXAMPLES = `${TARGET}/examples`;
/** Examples of the documentation, in the languages that they are written in. */
export const PAGES = `${TARGET}/pages`;
/** run.sh installs these. */
export const PYTHON = `${TARGET}/venv/bin/python`;
export const JARS = `${TARGET}/jars`;
export const CLASSES = `${TARGET}/classes`;
