import { Type } from '@sinclair/typebox';
import type { Connector } from '../connector.js';
import { xmlEncoding } from '../formats/xml-encoding.js';
import { XmlReader } from '../formats/xml-reader.js';
import { feedOptions } from '../transport/index.js';
import { readFeeds } from './read-feeds.js';

const options = Type.Object({
  ...feedOptions,
  element: Type.String({
    minLength: 1,
    description: 'Name of the element that is one record, with its prefix: `Item`, `entry`, `product`.',
  }),
  inherit: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    description: 'Elements that stand once before the records (`StoreId`): every record takes their text over.',
  }),
});

/** A repeating element of an XML document. */
export const xml: Connector<typeof options> = {
  type: 'xml',
  summary: 'A repeating element of an XML document: local, over HTTP or in S3.',
  options,
  example: `type: xml
path: https://shop.example/google-merchant.xml
element: item            # <g:id> is read as g:id, an attribute as @name
inherit: []              # for example [ChainId, StoreId]`,
  open: (chosen, context) =>
    readFeeds(chosen, context, (name) => new XmlReader(name, chosen, context.maxRecordBytes), xmlEncoding),
};
