import { MEASURE, WORD } from '../encode/index.js';
import type { Weighted } from '../weighted.js';
import type { Side } from './alignment.js';
import type { Comparison } from './comparison.js';

/** Words with less credit than this count as left over. */
const CREDIT = 0.8;
const result = { most: 0, sum: 0, digits: 0 };

function look(data: Weighted, side: Side): void {
  result.most = 0;
  result.sum = 0;
  result.digits = 0;
  const kinds = data.store.wordKinds.data;
  for (let i = 0; i < side.count; i++) {
    if ((side.credit[i] as number) >= CREDIT) continue;
    const word = side.words[i] as number;
    const weight = data.wordWeights[word] as number;
    result.sum += weight;
    if (weight > result.most) result.most = weight;
    if (kinds[word] !== WORD && kinds[word] !== MEASURE) result.digits++;
  }
}

/** What one title says and the other does not: the weight of the telling words, of the fuller and of the poorer side. Counts of words were tried and dropped: they say how long titles are. */
export const leftovers: Comparison = {
  name: 'leftovers',
  features: ['left_most_max', 'left_most_min', 'left_sum_max', 'left_sum_min', 'left_digits_max', 'left_digits_min'],
  compare({ data, alignment }, out, at) {
    look(data, alignment.left);
    const { most, sum, digits } = result;
    look(data, alignment.right);
    out[at] = Math.max(most, result.most);
    out[at + 1] = Math.min(most, result.most);
    out[at + 2] = Math.max(sum, result.sum);
    out[at + 3] = Math.min(sum, result.sum);
    out[at + 4] = Math.max(digits, result.digits);
    out[at + 5] = Math.min(digits, result.digits);
  },
};
