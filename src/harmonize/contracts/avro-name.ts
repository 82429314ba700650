/**
 * A path or a name as Avro allows names to be: dots become `__`, other characters `_xHEX_`. Two paths never become one
 * name: an underscore that could be taken for the beginning of such a mark is written as `_x5f_`.
 */
export function avroName(path: string): string {
  const characters = [...path];
  return characters
    .map((character, at) => {
      if (character === '.') return '__';
      if (character === '_') return /^[a-wyzA-Z0-9]$/.test(characters[at + 1] ?? '') ? '_' : marked('_');
      const plain = at === 0 ? /^[A-Za-z]$/ : /^[A-Za-z0-9]$/;
      return plain.test(character) ? character : marked(character);
    })
    .join('');
}

const marked = (character: string): string => `_x${character.codePointAt(0)!.toString(16)}_`;
