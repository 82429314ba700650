/** Names of a namespace's indices: the alias that is read, the one of an index that is being filled, and the indices. */
export interface Names {
  /** What is searched. */
  current: string;
  /** On an index that is being filled. */
  filling: string;
  template: string;
  pattern: string;
  index(number: number): string;
  /** Number of an index, 0 for another name. */
  numberOf(index: string): number;
}

export function namesOf(namespace: string): Names {
  const current = `${namespace}-products`;
  return {
    current,
    filling: `${current}-filling`,
    template: current,
    pattern: `${current}-0*`,
    index: (number) => `${current}-${String(number).padStart(6, '0')}`,
    numberOf: (index) => Number(index.startsWith(`${current}-0`) ? index.slice(current.length + 1) : 0) || 0,
  };
}
