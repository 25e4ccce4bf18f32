import * as ts from 'typescript';

/** The functions, classes and types that a file declares at its top level; `const f = () => …` is a function too. */
export function declaredNames(text: string): string[] {
  return ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name, initializer }) => (
        ts.isIdentifier(name) && initializer && ts.isFunctionLike(initializer) ? [name.text] : []
      ));
    }
    const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)
      || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    return isNamed && statement.name ? [statement.name.text] : [];
  });
}
