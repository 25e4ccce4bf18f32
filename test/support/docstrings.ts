import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

type TypeDeclaration = ts.InterfaceDeclaration | ts.ClassDeclaration;

/** The names of the members of an interface or class. */
export function membersOf(file: string, typeName: string): string[] {
  return declarationOf(file, typeName).members.map(nameOf);
}

/** The docstring of a member of an interface or class in one line. If no member is named, the docstring of the type itself. */
export function docstringOf(file: string, typeName: string, member?: string): string {
  const type = declarationOf(file, typeName);
  const node = member === undefined ? type : (type.members as readonly ts.Node[]).find((each) => nameOf(each) === member);
  if (!node) {
    throw new Error(`${typeName} has no ${member}`);
  }
  return ts.getJSDocCommentsAndTags(node).map((comment) => comment.getText()).join(' ').replace(/\s*\n\s*\*?\s*/g, ' ');
}

function declarationOf(file: string, typeName: string): TypeDeclaration {
  const source = ts.createSourceFile(file, readFileSync(join(__dirname, '../..', file), 'utf8'), ts.ScriptTarget.Latest, true);
  const declaration = source.statements.find((statement): statement is TypeDeclaration => (
    (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name?.text === typeName
  ));
  if (!declaration) {
    throw new Error(`${file} has no ${typeName}`);
  }
  return declaration;
}

function nameOf(member: ts.Node): string {
  return (member as ts.PropertySignature).name?.getText() ?? '';
}
