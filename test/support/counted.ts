/**
 * The sources compiled anew so that they count: every multiplication of data that runs adds one to a global counter.
 * Data is an element of a Float64Array, or a number made from one; products of indices are none. What a cell does unit by
 * unit (src/cells, src/*-gates) is not counted: plans count products over weights, traces and influence.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const counter = globalThis as typeof globalThis & { __multiplications?: number };

export interface Counted {
  load<T>(path: string): Promise<T>; // a module of the counting copy, e.g. 'src/assemble'
  count(act: () => void): number; // multiplications while it ran
  remove(): void;
}

export function compileCounting(): Counted {
  const config = ts.getParsedCommandLineOfConfigFile(
    'tsconfig.json',
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  );
  // Inside node_modules, so that packages are found from there.
  const outDir = mkdtempSync(resolve('node_modules', '.counted-'));
  const options = {
    ...config!.options,
    outDir,
    composite: false,
    incremental: false,
    declaration: false,
    sourceMap: false,
  };
  delete options.tsBuildInfoFile;
  const files = config!.fileNames.filter((file) => /\/(src|agents|experiments)\//.test(file));
  const program = ts.createProgram(files, options);
  program.emit(undefined, undefined, undefined, false, { before: [counting(program.getTypeChecker())] });
  return {
    load: async <T>(path: string) => (await import(pathToFileURL(join(outDir, `${path}.js`)).href)) as T,
    count(act) {
      counter.__multiplications = 0;
      act();
      return counter.__multiplications;
    },
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}

function fail(diagnostic: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}

/** a * b -> (globalThis.__multiplications += 1, a * b) wherever a or b is data; a ** 2 is one product, a *= b too. */
function counting(checker: ts.TypeChecker): ts.TransformerFactory<ts.SourceFile> {
  const isData = dataIn(checker);
  return ({ factory }) =>
    (file) => {
      if (/src\/(cells\/|[a-z]+-gates\.ts)/.test(file.fileName)) return file;
      const visit = (node: ts.Node): ts.Node => {
        const inside = ts.visitEachChild(node, visit, undefined);
        if (!ts.isBinaryExpression(node) || !isProduct(node.operatorToken.kind)) return inside;
        if (!isData(node.left) && !isData(node.right)) return inside;
        const bump = factory.createIdentifier('globalThis.__multiplications += 1');
        return factory.createParenthesizedExpression(factory.createComma(bump, inside as ts.Expression));
      };
      return ts.visitEachChild(file, visit, undefined);
    };
}

const isProduct = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.AsteriskToken ||
  kind === ts.SyntaxKind.AsteriskEqualsToken ||
  kind === ts.SyntaxKind.AsteriskAsteriskToken;

/** Is this expression an element of a Float64Array, or made from one? */
function dataIn(checker: ts.TypeChecker): (node: ts.Expression) => boolean {
  const known = new Map<ts.Symbol, boolean>();
  const isArray = (node: ts.Expression): boolean => {
    const type = checker.getTypeAtLocation(node);
    return (type.isUnion() ? type.types : [type]).some((one) => one.symbol?.name === 'Float64Array');
  };
  const ofVariable = (name: ts.Identifier): boolean => {
    const symbol = checker.getSymbolAtLocation(name);
    const declaration = symbol?.valueDeclaration;
    if (!symbol || !declaration || !ts.isVariableDeclaration(declaration)) return false;
    const found = known.get(symbol);
    if (found !== undefined) return found;
    known.set(symbol, false); // while its own right sides are looked at
    const scope = ts.findAncestor(declaration, (node) => ts.isFunctionLike(node) || ts.isSourceFile(node))!;
    const made = (declaration.initializer !== undefined && of(declaration.initializer)) || isAssigned(scope, symbol);
    known.set(symbol, made);
    return made;
  };
  /** Does a variable take data somewhere in its function: total += a[i]? */
  const isAssigned = (scope: ts.Node, symbol: ts.Symbol): boolean => {
    let made = false;
    const look = (node: ts.Node): void => {
      if (made) return;
      if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && ts.isIdentifier(node.left)) {
        if (checker.getSymbolAtLocation(node.left) === symbol && of(node.right)) made = true;
      }
      ts.forEachChild(node, look);
    };
    look(scope);
    return made;
  };
  const of = (node: ts.Expression): boolean => {
    if (ts.isElementAccessExpression(node)) return isArray(node.expression);
    if (ts.isIdentifier(node)) return ofVariable(node);
    if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
      return of(node.expression);
    if (ts.isPrefixUnaryExpression(node)) return of(node.operand);
    if (ts.isBinaryExpression(node)) return isValue(node.operatorToken.kind) && (of(node.left) || of(node.right));
    if (ts.isConditionalExpression(node)) return of(node.whenTrue) || of(node.whenFalse);
    if (ts.isCallExpression(node)) return isMaths(node) && node.arguments.some(of);
    return false;
  };
  return of;
}

const isMaths = ({ expression }: ts.CallExpression): boolean =>
  /^Math\.(?!floor|ceil|round|trunc)/.test(expression.getText());
const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
/** A remainder is an index, a comparison an answer. */
const isValue = (kind: ts.SyntaxKind): boolean =>
  kind !== ts.SyntaxKind.PercentToken &&
  (kind < ts.SyntaxKind.LessThanToken || kind > ts.SyntaxKind.ExclamationEqualsEqualsToken);
