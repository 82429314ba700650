import { afterEach, expect, it } from 'vitest';
import { read, serve, type TestServer } from '../support.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const OBJECTS: Record<string, string> = {
  'feeds/a 1.csv': 'id\n1\n',
  'feeds/b.csv': 'id\n2\n',
  'feeds/deep/c.csv': 'id\n3\n',
  'feeds/readme.txt': 'no',
};
const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=KEY\/\d{8}\/eu-west-1\/s3\/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$/;

/** An S3 server as far as signed GETs by path go; one object a listing page. */
async function s3(): Promise<TestServer> {
  server = await serve((request, response) => {
    if (!SIGNATURE.test(request.headers.authorization ?? '') || !request.headers['x-amz-date']) {
      response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      return;
    }
    const url = new URL(request.url ?? '', 'http://s3');
    if (url.searchParams.get('list-type') === '2') {
      const prefix = url.searchParams.get('prefix') ?? '';
      const names = Object.keys(OBJECTS).filter((name) => name.startsWith(prefix));
      const at = Number(url.searchParams.get('continuation-token') ?? 0);
      const more = at + 1 < names.length ? `<NextContinuationToken>${at + 1}</NextContinuationToken>` : '';
      const contents = names[at] === undefined ? '' : `<Contents><Key>${names[at]}</Key><Size>1</Size></Contents>`;
      response.end(
        `<?xml version="1.0"?><ListBucketResult><Prefix>${prefix}</Prefix>${contents}${more}</ListBucketResult>`,
      );
      return;
    }
    const body = OBJECTS[decodeURIComponent(url.pathname).replace('/bucket/', '')];
    if (body === undefined) response.writeHead(404).end();
    else if (request.headers['if-none-match'] === '"e"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"e"' }).end(body);
  });
  return server;
}

const pull = (
  url: string,
  path: string,
  remembered = {},
  keys: object = { access_key_id: 'KEY', secret_access_key: 's3cret' },
) =>
  read(
    {
      type: 'csv',
      path,
      allow_private: true,
      retry: { attempts: 1 },
      s3: { endpoint: url, region: 'eu-west-1', ...keys },
    },
    '/',
    { remembered },
  );

it('reads an object, and not again when it did not change', async () => {
  const { url } = await s3();
  const first = await pull(url, 's3://bucket/feeds/a 1.csv');
  expect(first.data).toEqual([{ id: '1' }]);
  expect((await pull(url, 's3://bucket/feeds/a 1.csv', first.remembered)).notModified).toBe(true);
});

it('reads what a glob or a folder holds, over all pages of the listing, in order', async () => {
  const { url } = await s3();
  const ids = async (path: string) => (await pull(url, path)).data.map(({ id }) => id);
  expect(await ids('s3://bucket/feeds/*.csv')).toEqual(['1', '2']);
  expect(await ids('s3://bucket/feeds/**/*.csv')).toEqual(['1', '2', '3']);
  expect(await ids('s3://bucket/feeds/deep/')).toEqual(['3']);
});

it('tells objects that are missing and keys that are wrong, without showing them', async () => {
  const { url } = await s3();
  const missing = await pull(url, 's3://bucket/none.csv');
  expect(missing.faults.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
  const none = await pull(url, 's3://bucket/feeds/none*.csv');
  expect(none.faults.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
  const wrong = await pull(url, 's3://bucket/feeds/b.csv', {}, { access_key_id: 'OTHER', secret_access_key: 's3cret' });
  expect(wrong.faults.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
  expect(JSON.stringify([missing, none, wrong])).not.toContain('s3cret');
  await expect(pull(url, 's3://bucket/feeds/b.csv', {}, {})).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
