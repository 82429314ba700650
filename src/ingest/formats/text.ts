import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { AssayError } from '../../errors.js';

/** Text of a feed. `damaged`: some bytes could not be decoded and stand in it as lone surrogates (see `ESCAPE`). */
export interface TextChunk {
  text: string;
  damaged: boolean;
}

/**
 * A byte that cannot be decoded becomes the lone surrogate U+DC00 + byte (Python's "surrogateescape", PEP 383): it cannot
 * come from valid input, so the record that holds it is told from its neighbours, and its bytes are not lost.
 */
const ESCAPE = 0xdc00;
/** For encodings where the byte is not known any more. */
const UNKNOWN = '\udcff';
const LONE_SURROGATE = /\p{Surrogate}/u;

export function isDamaged(text: string): boolean {
  return LONE_SURROGATE.test(text);
}

/** Text that may be shown and stored: undecodable bytes as `\xNN`, NUL as U+2400. */
export function printable(text: string): string {
  let clean = text.includes('\0') ? text.replaceAll('\0', '\u2400') : text;
  if (LONE_SURROGATE.test(clean))
    clean = clean.replace(/\p{Surrogate}/gu, (unit) => {
      const byte = unit.charCodeAt(0) - ESCAPE;
      return byte >= 0x80 && byte < 0xff ? `\\x${byte.toString(16)}` : '\ufffd';
    });
  return clean;
}

/** Bytes given to a sniffer. */
const SNIFFED = 1024;

/** Finds the encoding when neither the options nor a byte order mark say it; given the first bytes of the feed. */
export type Sniffer = (head: Buffer) => string | undefined;

/**
 * Decodes bytes to text. A byte order mark wins over `encoding`, which wins over `sniff`, which wins over UTF-8. What was
 * decoded before the input failed is handed over before the failure is thrown.
 *
 * @throws AssayError CONFIG_INVALID for an encoding that is not known.
 */
export async function* decode(
  chunks: AsyncIterable<Buffer>,
  encoding: string | undefined,
  sniff?: Sniffer,
): AsyncGenerator<TextChunk> {
  if (encoding !== undefined && !iconv.encodingExists(encoding))
    throw new AssayError('CONFIG_INVALID', `the encoding "${encoding}" is not known`);
  const needed = sniff ? SNIFFED : 4;
  let decoder: Decoder | undefined;
  let head: Buffer = Buffer.alloc(0);
  let failure: { error: unknown } | undefined;
  try {
    for await (const chunk of chunks) {
      if (decoder) {
        yield decoder.write(chunk);
        continue;
      }
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < needed) continue;
      decoder = startOf(head, encoding, sniff);
      yield decoder.write(withoutMark(head));
    }
  } catch (error) {
    failure = { error };
  }
  if (!decoder) {
    decoder = startOf(head, encoding, sniff);
    yield decoder.write(withoutMark(head));
  }
  if (failure) throw failure.error;
  const tail = decoder.end();
  if (tail.text !== '') yield tail;
}

interface Decoder {
  write(chunk: Buffer): TextChunk;
  end(): TextChunk;
}

function startOf(head: Buffer, encoding: string | undefined, sniff: Sniffer = () => undefined): Decoder {
  return decoderFor(byteOrderMark(head)?.encoding ?? encoding ?? unmarkedUtf16(head) ?? sniff(head) ?? 'utf-8');
}

function withoutMark(head: Buffer): Buffer {
  return head.subarray(byteOrderMark(head)?.bytes ?? 0);
}

function byteOrderMark(head: Buffer): { encoding: string; bytes: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bytes: 2 };
  return undefined;
}

/** UTF-16 without a mark: the first characters of every feed are ASCII, so every other byte is zero. */
function unmarkedUtf16(head: Buffer): string | undefined {
  if (head.length < 4) return undefined;
  const [a, b, c, d] = head;
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : undefined;
}

function decoderFor(encoding: string): Decoder {
  if (!iconv.encodingExists(encoding)) return new Utf8Decoder();
  return /^(utf-?8|us-?ascii|ascii)$/i.test(encoding) ? new Utf8Decoder() : new IconvDecoder(encoding);
}

class IconvDecoder implements Decoder {
  readonly #stream: ReturnType<typeof iconv.getDecoder>;
  constructor(encoding: string) {
    this.#stream = iconv.getDecoder(encoding, { stripBOM: true });
  }
  write(chunk: Buffer): TextChunk {
    return marked(this.#stream.write(chunk));
  }
  end(): TextChunk {
    return marked(this.#stream.end() ?? '');
  }
}

function marked(text: string): TextChunk {
  const clean = text.includes('\ufffd') ? text.replaceAll('\ufffd', UNKNOWN) : text;
  return { text: clean, damaged: isDamaged(clean) };
}

class Utf8Decoder implements Decoder {
  #carry: Buffer | undefined;
  write(chunk: Buffer): TextChunk {
    const bytes = this.#carry ? Buffer.concat([this.#carry, chunk]) : chunk;
    const cut = bytes.length - openTail(bytes);
    this.#carry = cut < bytes.length ? Buffer.from(bytes.subarray(cut)) : undefined;
    return decodeUtf8(bytes.subarray(0, cut));
  }
  end(): TextChunk {
    return decodeUtf8(this.#carry ?? Buffer.alloc(0));
  }
}

/** Bytes at the end that may begin a character that goes on in the next chunk: 0 to 3. */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

function decodeUtf8(bytes: Buffer): TextChunk {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), damaged: false };
  // Line by line, so that only the lines that are damaged are read byte by byte.
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(10, from);
    const to = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.subarray(from, to);
    parts.push(isUtf8(line) ? line.toString('utf8') : escaped(line));
    from = to;
  }
  return { text: parts.join(''), damaged: true };
}

function escaped(line: Buffer): string {
  let text = '';
  for (let i = 0; i < line.length; ) {
    const byte = line[i]!;
    const size = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    const character = line.subarray(i, i + size);
    if (character.length === size && isUtf8(character)) {
      text += character.toString('utf8');
      i += size;
    } else {
      text += String.fromCharCode(ESCAPE + byte);
      i++;
    }
  }
  return text;
}
