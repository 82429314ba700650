/** One statement of a script, and the line it starts in. */
export interface Statement {
  text: string;
  line: number;
}

/**
 * Splits a script at its semicolons: not at those in strings, quoted names, dollar-quoted bodies and comments. (Bodies
 * in BEGIN ATOMIC form are not known: write function bodies between dollar quotes.)
 */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = [];
  let start = 0;
  let empty = true;
  let line = 1;
  let startLine = 1;
  const finish = (end: number): void => {
    if (!empty) statements.push({ text: script.slice(start, end).trim(), line: startLine });
    empty = true;
  };
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(script); match !== null; match = TOKEN.exec(script)) {
    const token = match[0];
    const comment = token.startsWith('--') || token.startsWith('/*');
    if (token === ';') {
      finish(match.index);
    } else if (!comment && token.trim() !== '' && empty) {
      empty = false;
      start = match.index;
      startLine = line;
    }
    for (let i = token.indexOf('\n'); i !== -1; i = token.indexOf('\n', i + 1)) line++;
  }
  finish(script.length);
  return statements;
}

/** Comments, quoted things, a semicolon, white space, or a run of anything else. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?(?:\1|$)|;|\s+|[\s\S]/g;
