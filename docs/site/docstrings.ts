/**
 * How this repository comments, told to TypeDoc: what stands behind a member on its own line is its description; the
 * header of a file describes the export that the file is named after; indented lines are formulas and keep their form.
 */
import {
  type Application,
  Comment,
  type Context,
  Converter,
  type DeclarationReflection,
  type Reflection,
  ReflectionKind,
  type SignatureReflection,
} from 'typedoc';
import ts from 'typescript';
import { headerOf, legible } from './comments.ts';

const MODULES: Readonly<Record<string, string>> = { src: 'agent-state', envs: '@rl-tools/envs' };

export function docstrings(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context: Context) => {
    for (const reflection of Object.values(context.project.reflections)) {
      if (reflection.kindOf(ReflectionKind.Module)) reflection.name = MODULES[reflection.name] ?? reflection.name;
      if (reflection.isDeclaration()) describe(context, reflection);
      for (const part of reflection.comment?.summary ?? []) if (part.kind === 'text') part.text = legible(part.text);
    }
  });
}

function describe(context: Context, reflection: DeclarationReflection): void {
  const described: (Reflection | SignatureReflection)[] = reflection.signatures ?? [reflection];
  if (described.some(({ comment }) => comment)) return;
  const node = context.getSymbolFromReflection(reflection)?.declarations?.[0];
  const text =
    node && (trailing(node) || (bearsName(node, reflection.name) ? headerOf(node.getSourceFile().text) : ''));
  if (text) for (const one of described) one.comment = new Comment([{ kind: 'text', text }]);
}

/** `readonly size: number; // entries` */
function trailing(node: ts.Node): string {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const text = node.getSourceFile().text;
  const [first] = ts.getTrailingCommentRanges(text, statement.end) ?? [];
  return first ? text.slice(first.pos, first.end).replace(/^\/\/ ?/, '') : '';
}

/** Whether a declaration is the one that its file is named after: `class TimeLimit` in time-limit.ts. */
export function bearsName(node: ts.Node, name: string): boolean {
  const [file = ''] = /[^/]+(?=\.ts$)/.exec(node.getSourceFile().fileName) ?? [];
  return file.replaceAll('-', '').toLowerCase() === name.toLowerCase();
}
