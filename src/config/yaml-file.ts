import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { messageOf } from '../errors.js';
import type { Mistakes } from './mistakes.js';

export type Path = readonly (string | number)[];

/** A parsed YAML file that knows the line of everything in it. */
export interface YamlFile {
  file: string;
  document: Document;
  /** Line (from 1) of the key at `path`, or of the nearest thing above it that exists. */
  line(path: Path): number;
}

/** Reads and parses one file; what YAML itself refuses becomes mistakes, and the result is undefined. */
export function readYaml(file: string, mistakes: Mistakes): YamlFile | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    mistakes.add(file, undefined, `cannot be read: ${messageOf(error)}`);
    return undefined;
  }
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, merge: true });
  for (const problem of document.errors) {
    const { line } = counter.linePos(problem.pos[0]);
    mistakes.add(
      file,
      Math.min(line, lastLine(text)),
      yamlMessage(problem.code, problem.message, text, problem.pos[0]),
    );
  }
  if (document.errors.length > 0) return undefined;
  const lineAt = (offset: number) => counter.linePos(offset).line;
  return { file, document, line: (path) => lineOf(document, path, lineAt) };
}

function lastLine(text: string): number {
  return text.trimEnd().split('\n').length;
}

function yamlMessage(code: string, message: string, text: string, at: number): string {
  if (code === 'DUPLICATE_KEY') return `"${/[^\s:]+/.exec(text.slice(at))?.[0] ?? ''}" is given twice`;
  return `not valid YAML: ${message}`;
}

function lineOf(document: Document, path: Path, lineAt: (offset: number) => number): number {
  let node: Node | null = document.contents;
  let line = node?.range ? lineAt(node.range[0]) : 1;
  for (const step of path) {
    const next = childOf(node, step);
    if (!next) break;
    node = next.value;
    line = lineAt(next.at);
  }
  return line;
}

function childOf(node: Node | null, step: string | number): { value: Node | null; at: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
    );
    if (!pair || !isScalar(pair.key) || !pair.key.range) return undefined;
    return { value: isNode(pair.value) ? pair.value : null, at: pair.key.range[0] };
  }
  if (node && 'items' in node && Array.isArray(node.items)) {
    const item: unknown = node.items[Number(step)];
    if (isNode(item) && item.range) return { value: item, at: item.range[0] };
  }
  return undefined;
}
