/**
 * What stands around a message's text on the brokers, one Avro record a topic: the fields by which an outside consumer can
 * pick messages, and the text itself. A change here becomes the next version of the topic's subject, and must be one that
 * readers of older versions can follow: `content` stays, new fields get defaults.
 */
interface Field {
  name: string;
  type: unknown;
  doc: string;
}

const text = (name: string, doc: string): Field => ({ name, type: 'string', doc });

const CONTRACT: Field[] = [
  text('contract', 'Contract the record was pulled under; empty when unknown.'),
  { name: 'contractVersion', type: 'int', doc: 'Its version in the registry, subject contract-NAME; 0 when unknown.' },
];
const RECORD: Field[] = [text('source', 'Name of the source.'), text('sourceId', "The source's own id."), ...CONTRACT];
const MAPPING = text('mapping', 'Fingerprint of the mapping; empty where none was used.');

/** One byte a message, and room for other kinds. */
const CONTENT_TYPE: Field = {
  name: 'contentType',
  type: { type: 'enum', name: 'ContentType', symbols: ['JSON', 'OTHER'], default: 'OTHER' },
  doc: 'What the content is.',
};

function envelope(name: string, doc: string, fields: readonly Field[], content: string): string {
  return JSON.stringify({
    type: 'record',
    name,
    namespace: 'assay',
    doc,
    fields: [...fields, CONTENT_TYPE, text('content', content)],
  });
}

/** By topic. */
const ENVELOPES: Readonly<Record<string, string>> = {
  raw: envelope('Raw', 'A record as it came.', RECORD, 'JSON: source, id, contract, updatedAt, data.'),
  canonical: envelope(
    'Canonical',
    'A record mapped to the fields of a product.',
    [...RECORD, MAPPING],
    'JSON: source, id, version, contract, mapping, product.',
  ),
  golden: envelope(
    'Golden',
    'A golden record as it is now.',
    [text('goldenId', 'Id of the golden record.')],
    'JSON: goldenId, version, change, values, members, sources, validFrom.',
  ),
  'dead-letter': envelope(
    'DeadLetter',
    'A record that could not be used.',
    [...RECORD, MAPPING],
    'JSON: source, id, step, code, reason, origin, original, mapping, at.',
  ),
};

const PLAIN = envelope('Message', 'A message.', CONTRACT, 'The message.');

/** The schema of a topic's messages, as Avro in JSON. */
export function envelopeOf(topic: string): string {
  return Object.hasOwn(ENVELOPES, topic) ? ENVELOPES[topic]! : PLAIN;
}
