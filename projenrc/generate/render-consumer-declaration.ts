import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { typescriptFile, type GeneratedFile } from './generated-file';

const FOLDER = join(__dirname, '../../consumer');
/** The public files of the package's subpath `consumer`, in the order of its declaration. */
const PUBLIC_FILES = [
  'transaction-event', 'event-filter', 'processed-events', 'on-transaction', 'parse-event', 'invalid-event', 'exact-amount',
  'read-body', 'body-bytes', 'body-unavailable', 'aws-calls',
];
/** What the public files export for each other only. */
const PRIVATE_NAMES = ['hasOtherDetailType', 'matchesDetail', 'EventClaim', 'ProcessedEvents'];

/** The declaration of the package's subpath `consumer` in one file, made from its sources. */
export function consumerDeclarationFiles(): GeneratedFile[] {
  const parts = PUBLIC_FILES.map((name) => declarationsIn(readFileSync(join(FOLDER, `${name}.ts`), 'utf8')));
  const imports = "import type { TransactionAssessedDetail, TransactionBlockedDetail, TransactionReceivedDetail } from '../events';\n\n"
    + "export type { TransactionAssessedDetail, TransactionBlockedDetail, TransactionReceivedDetail } from '../events';";
  return [typescriptFile('consumer/index.d.ts', [imports, ...parts].join('\n\n'))];
}

/** The exported declarations of a file, without imports and private names. */
function declarationsIn(source: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, strict: true };
  const { outputText } = ts.transpileDeclaration(source, { compilerOptions });
  const file = ts.createSourceFile('part.d.ts', outputText, ts.ScriptTarget.Latest, true);
  return file.statements
    .filter((statement) => isExported(statement) && !PRIVATE_NAMES.includes(declaredName(statement)))
    .map((statement) => statement.getFullText().trim())
    .join('\n\n')
    // TypeScript indents by four.
    .replace(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2));
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function declaredName(statement: ts.Statement): string {
  return (statement as unknown as ts.DeclarationStatement).name!.getText();
}
