import type { ServerFinding } from '../../../finding.js';

export const ok = (check: string, message: string): ServerFinding => ({ check, state: 'ok', message });

export const warning = (check: string, message: string, advice: string): ServerFinding => ({
  check,
  state: 'warning',
  message,
  advice,
});

export const wrong = (check: string, message: string, advice: string): ServerFinding => ({
  check,
  state: 'wrong',
  message,
  advice,
});
