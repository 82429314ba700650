/** One answer of an API, as a pager sees it. */
export interface Page {
  /** Without credentials. */
  url: URL;
  body: unknown;
  headers: Readonly<Record<string, string>>;
  /** Items on it. */
  items: number;
}

/**
 * Knows how an API spreads its items over pages. `next` gives the address after a page, or undefined at the end; it may
 * keep what it has to remember from page to page.
 */
export interface Pager {
  first(url: URL): URL;
  next(page: Page): URL | undefined;
}

export function withParam(url: URL, name: string, value: string | number): URL {
  const copy = new URL(url);
  copy.searchParams.set(name, String(value));
  return copy;
}
