import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { didYouMean } from '../../suggest.js';
import { isRecord } from '../mapping/values.js';

/** One test of a mapping, as its file has it. */
export interface MappingTest {
  name: string;
  /** From 1. */
  line: number;
  input: unknown;
  /** Part of the product; null means absent. */
  expect: Record<string, unknown> | undefined;
  /** A code of the error table, or part of the reason; `true`: any refusal. */
  error: string | true | undefined;
  updatedAt: number;
}

export interface TestProblem {
  line: number;
  message: string;
}

const KEYS = ['name', 'input', 'expect', 'error', 'updated_at'];

function readTest(spec: unknown, index: number, line: number, problems: TestProblem[]): MappingTest[] {
  const complain = (message: string) => {
    problems.push({ line, message });
    return [];
  };
  if (!isRecord(spec)) return complain('a test is {name, input, expect} or {name, input, error}');
  for (const key of Object.keys(spec))
    if (!KEYS.includes(key)) complain(`unknown key "${key}"${didYouMean(key, KEYS)}`);
  const { name, input, expect, error, updated_at: updatedAt } = spec;
  if (!isRecord(input)) return complain('"input" is the record as the source sends it');
  if ((expect === undefined) === (error === undefined)) return complain('a test has either "expect" or "error"');
  if (expect !== undefined && !isRecord(expect)) return complain('"expect" lists fields of the product');
  if (error !== undefined && typeof error !== 'string' && error !== true)
    return complain('"error" is an error code, a part of the reason, or true');
  return [
    {
      name: typeof name === 'string' ? name : `test ${index + 1}`,
      line,
      input,
      expect: isRecord(expect) ? expect : undefined,
      error: error as string | true | undefined,
      updatedAt: typeof updatedAt === 'number' ? updatedAt : 0,
    },
  ];
}

/** Reads a `<name>.test.yaml`: a list of tests, or {tests: [...]}. Mistakes come with their lines. */
export function readMappingTests(text: string): { tests: MappingTest[]; problems: TestProblem[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, merge: true });
  const problems = document.errors.map(({ message, pos }) => ({
    line: counter.linePos(pos[0]).line,
    message: `not valid YAML: ${message}`,
  }));
  if (problems.length > 0) return { tests: [], problems };
  const list = isMap(document.contents) ? document.contents.get('tests', true) : document.contents;
  if (!isSeq(list) || list.items.length === 0)
    return { tests: [], problems: [{ line: 1, message: 'a test file is a list of tests under "tests:"' }] };
  const plain = (
    isMap(document.contents) ? (document.toJS() as { tests: unknown[] }).tests : document.toJS()
  ) as unknown[];
  const tests = list.items.flatMap((item, index) => {
    const range = (item as { range?: [number, number, number] | null } | null)?.range;
    return readTest(plain[index], index, range ? counter.linePos(range[0]).line : 1, problems);
  });
  return { tests, problems };
}
