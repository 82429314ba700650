/**
 * URL of a worker's program beside the module that starts it. Threads run built JavaScript: a module that runs from
 * TypeScript source (tests) is mapped from `src/` to `dist/src/`.
 */
export function workerUrl(base: string, relative: string): URL {
  const url = new URL(relative, base);
  if (base.endsWith('.ts')) url.pathname = url.pathname.replace(/\/src\/(?!.*\/src\/)/, '/dist/src/');
  return url;
}
