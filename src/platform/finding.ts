/** What one look at a server found. `advice` says what to do about anything that is not ok. */
export interface ServerFinding {
  check: string;
  state: 'ok' | 'warning' | 'wrong';
  message: string;
  advice?: string;
}
