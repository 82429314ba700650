import type { ServerFinding } from '../../../finding.js';

export function ok(check: string, message: string): ServerFinding {
  return { check, state: 'ok', message };
}

export function warning(check: string, message: string, advice: string): ServerFinding {
  return { check, state: 'warning', message, advice };
}

export function wrong(check: string, message: string, advice: string): ServerFinding {
  return { check, state: 'wrong', message, advice };
}
