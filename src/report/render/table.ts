import Table from 'cli-table3';

export interface Look {
  /** Columns of the terminal. */
  width: number;
  /** Escape sequences for colour. */
  colour: boolean;
}

/** How a stream wants its text: its width, and colour only on a terminal that was not asked to go without. */
export function lookOf(stream: NodeJS.WritableStream, env: NodeJS.ProcessEnv): Look {
  const { isTTY, columns } = stream as { isTTY?: boolean; columns?: number };
  return { width: columns ?? 120, colour: isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb' };
}

const paint = (text: string, code: number, look: Look): string =>
  look.colour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const heading = (text: string, look: Look): string => paint(text, 1, look);

/**
 * Text of a feed made safe for a terminal: control characters (which could move the cursor or set colours) and marks that
 * turn the direction of what follows become U+FFFD, line ends blanks.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
  return text.replace(/[\t\r\n]+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** A table under its title, numbers to the right; empty when there are no rows. */
export function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  look: Look,
): string {
  if (rows.length === 0) return '';
  const numeric = head.map((_, column) => rows.every((row) => /^[<>]?[\d.,]+%?$|^[·–]?$/.test(row[column] ?? '')));
  const made = new Table({
    head: head.map((name) => paint(name, 2, look)),
    colAligns: numeric.map((is) => (is ? 'right' : 'left')),
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      right: '',
      'right-mid': '',
      mid: '',
      'mid-mid': '',
      middle: ' ',
    },
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 1 },
  });
  made.push(...rows.map((row) => row.map(printable)));
  const text = made
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
  return title === '' ? text : `${heading(title, look)}\n${text}`;
}
