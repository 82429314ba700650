export interface Figures {
  precision: number;
  recall: number;
  f1: number;
}

/** Precision, recall and F1 of `right` among `found`, of `all` that there are. */
export function figures(found: number, right: number, all: number): Figures {
  const precision = found > 0 ? right / found : 0;
  const recall = all > 0 ? right / all : 0;
  return { precision, recall, f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0 };
}

/** 0.9123 → "91.2". */
export function percent(share: number): string {
  return (100 * share).toFixed(1);
}
