const MAGIC = /[*?{[]/;

/** Whether a path has wildcards: `*`, `?`, `{a,b}`, `[a-z]`, or `**` for any number of folders. */
export function isGlob(path: string): boolean {
  return MAGIC.test(path);
}

/** The folder part before the first wildcard, without a slash at its end. */
export function globBase(pattern: string): string {
  const steps = pattern.split('/');
  const magic = steps.findIndex((step) => MAGIC.test(step));
  return steps.slice(0, magic < 0 ? -1 : magic).join('/');
}

/** A pattern over whole paths with `/` between their steps. */
export function globToRegExp(pattern: string): RegExp {
  let source = '';
  let braces = 0;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === '*' && pattern[i + 1] === '*') {
      const slash = pattern[i + 2] === '/';
      source += slash ? '(?:[^/]+/)*' : '.*';
      i += slash ? 2 : 1;
    } else if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else if (c === '{') {
      source += '(?:';
      braces++;
    } else if (c === '}' && braces > 0) {
      source += ')';
      braces--;
    } else if (c === ',' && braces > 0) source += '|';
    else if (c === '[' && pattern.indexOf(']', i) > i + 1) {
      const end = pattern.indexOf(']', i);
      source += `[${pattern
        .slice(i + 1, end)
        .replace(/^!/, '^')
        .replaceAll('\\', '\\\\')}]`;
      i = end;
    } else source += c.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, 'su');
}
