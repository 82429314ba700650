/**
 * What the environment supplied by reference. Its values are secrets: whatever is shown goes through `redact`.
 *
 * Besides the set of one configuration there is one for the process, because an error may surface where no configuration
 * is at hand.
 */
export class Secrets {
  readonly #names = new Map<string, string>();

  add(name: string, value: string): void {
    this.#names.set(value, name);
    if (this !== PROCESS) PROCESS.add(name, value);
  }

  /**
   * Puts `${NAME}` in place of every value that came from the environment. Values of one to three characters stay:
   * they occur in any text by chance, and blotting them out would say where they are.
   */
  redact(text: string): string {
    const values = [...this.#names.keys()].filter((value) => value.length > 3).sort((a, b) => b.length - a.length);
    let clean = text;
    for (const value of values) clean = clean.replaceAll(value, `\${${this.#names.get(value)}}`);
    return clean;
  }
}

const PROCESS = new Secrets();

/** The text without any value that a configuration of this process took from the environment. */
export function redactSecrets(text: string): string {
  return PROCESS.redact(text);
}
