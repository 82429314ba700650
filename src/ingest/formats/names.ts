/** Names that would change an object instead of naming a value of it. */
export function safeName(name: string): string {
  return name === '__proto__' ? '_proto_' : name;
}

/** Column names of a header: trimmed, never empty (`column_3`), never twice (`price`, `price_2`). */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, i) => {
    const base = safeName(cell.trim()) || `column_${i + 1}`;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    return name;
  });
}

/** Whether a text starts like a web page: what a shop sends in place of a feed when a session ended or a page moved. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/is.test(text.slice(0, 2000));
}
