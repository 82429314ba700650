const LEVELS = ['memory', 'redis', 'load'] as const;

type Answers = Record<(typeof LEVELS)[number], number>;

/** How often each level has answered until now; called with a later count, tells the shares of what came between. */
export type AnsweredBy = ((later: AnsweredBy) => string) & { counts: Answers };

export async function answeredBy(address: string): Promise<AnsweredBy> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const counts = Object.fromEntries(
    LEVELS.map((level) => [
      level,
      Number(new RegExp(`^assay_cache_answers_total\\{level="${level}"\\} (\\S+)`, 'm').exec(text)?.[1] ?? 0),
    ]),
  ) as Answers;
  const shares = (later: AnsweredBy): string => {
    const answers = LEVELS.map((level) => later.counts[level] - counts[level]);
    const all = answers.reduce((sum, n) => sum + n, 0);
    return LEVELS.map((level, at) => [level, answers[at]!] as const)
      .filter(([, n]) => n > 0)
      .map(([level, n]) => `${level === 'load' ? 'database' : level} ${((100 * n) / all).toFixed(0)} %`)
      .join(', ');
  };
  return Object.assign(shares, { counts });
}
