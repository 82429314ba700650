/** Stands in the place of a password. */
export const HIDDEN = '***';

/**
 * What the environment supplied by reference, and the passwords in files: whatever is shown goes through `redact`.
 *
 * Besides the set of one configuration there is one for the process, because an error may surface where no configuration
 * is at hand.
 */
export class Secrets {
  /** By value, what is shown in its place. */
  readonly #shown = new Map<string, string>();

  /** A value that came from the environment variable `name`. */
  add(name: string, value: string): void {
    this.#put(value, `\${${name}}`);
  }

  /** A password that is written in a file. */
  hide(value: string): void {
    this.#put(value, HIDDEN);
  }

  #put(value: string, shown: string): void {
    this.#shown.set(value, shown);
    if (this !== PROCESS) PROCESS.#put(value, shown);
  }

  /**
   * Puts `${NAME}` in place of every value that came from the environment, and asterisks for passwords. Values of one to three characters stay:
   * they occur in any text by chance, and blotting them out would say where they are.
   */
  redact(text: string): string {
    const values = [...this.#shown.keys()].filter((value) => value.length > 3).sort((a, b) => b.length - a.length);
    let clean = text;
    for (const value of values) clean = clean.replaceAll(value, this.#shown.get(value) ?? HIDDEN);
    return clean;
  }
}

const PROCESS = new Secrets();

/** The text without any value that a configuration of this process took from the environment. */
export function redactSecrets(text: string): string {
  return PROCESS.redact(text);
}
