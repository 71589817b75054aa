/** The names that an entry point gives away, each with its docstring, read from sources as text: re-exports are followed. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

export interface ExportedName {
  readonly name: string;
  readonly file: string; // where it is declared
  readonly doc: string; // '' = none
}

type Read = (path: string) => string;

export function exportedNames(entry: string, read: Read = onDisk): ExportedName[] {
  const known = read === onDisk ? cache.get(entry) : undefined;
  const names = known ?? namesIn(entry, read);
  if (read === onDisk) cache.set(entry, names);
  return names;
}

const onDisk: Read = (path) => readFileSync(path, 'utf8');
const cache = new Map<string, ExportedName[]>(); // many names come from one file

function namesIn(entry: string, read: Read): ExportedName[] {
  const file = ts.createSourceFile(entry, read(entry), ts.ScriptTarget.ES2022, true);
  const names: ExportedName[] = [];
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) names.push(...reExported(statement, entry, read));
    else if (isExported(statement))
      names.push(...declared(statement).map((name) => ({ name, file: entry, doc: docOf(statement) })));
  }
  return names;
}

function reExported(
  { exportClause, moduleSpecifier }: ts.ExportDeclaration,
  entry: string,
  read: Read,
): ExportedName[] {
  const from = moduleSpecifier && textOf(moduleSpecifier);
  if (!exportClause || !ts.isNamedExports(exportClause)) return from ? namesOf(entry, from, read) : [];
  return exportClause.elements.map(({ name, propertyName }) => {
    const sought = (propertyName ?? name).text;
    const target = from ?? importedFrom(exportClause.getSourceFile(), sought);
    const found = namesOf(entry, target, read).find((one) => one.name === sought);
    if (!found) throw new Error(`${entry} exports ${sought}, which ${target} does not declare`);
    return { ...found, name: name.text };
  });
}

const WORKSPACE: Readonly<Record<string, string>> = { '@rl-tools/envs': 'envs/index.ts' };

const namesOf = (entry: string, target: string, read: Read): ExportedName[] =>
  exportedNames(WORKSPACE[target] ?? posix.join(posix.dirname(entry), target), read);

const textOf = (specifier: ts.Expression): string => (ts.isStringLiteral(specifier) ? specifier.text : '');

/** The module that a file has a name from which it gives on without declaring it. */
function importedFrom(file: ts.SourceFile, sought: string): string {
  for (const node of file.statements) {
    if (!ts.isImportDeclaration(node)) continue;
    const named = node.importClause?.namedBindings;
    if (named && ts.isNamedImports(named) && named.elements.some(({ name }) => name.text === sought)) {
      return textOf(node.moduleSpecifier);
    }
  }
  throw new Error(`${file.fileName} exports ${sought}, which it neither declares nor imports`);
}

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function declared(node: ts.Statement): string[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = node as ts.DeclarationStatement;
  return name ? [name.text] : ['default'];
}

/** The text of the comment that stands right before a declaration. */
function docOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comments.at(-1)?.comment)?.trim() ?? '';
}
