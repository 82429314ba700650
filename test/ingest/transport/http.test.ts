import { afterEach, describe, expect, it } from 'vitest';
import { AddressGuard, isPublicAddress } from '../../../src/ingest/transport/address-guard.js';
import { HttpClient } from '../../../src/ingest/transport/http.js';
import { retryAfterMs } from '../../../src/ingest/transport/retry.js';
import { serve, type TestServer } from '../support.js';

const open: TestServer[] = [];
const clients: HttpClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const server of open.splice(0)) await server.close();
});

const options = {
  allow_private: false,
  timeout_s: 0.2,
  max_redirects: 5,
  retry: { attempts: 2, base_ms: 1, max_ms: 10 },
};
const client = (guard?: AddressGuard): HttpClient => {
  const made = new HttpClient(options, new AbortController().signal, guard);
  clients.push(made);
  return made;
};
const textOf = async ({ body }: { body: AsyncIterable<Buffer> }): Promise<string> => {
  let text = '';
  for await (const chunk of body) text += chunk.toString();
  return text;
};

describe('the address guard', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::1',
    'ff02::1',
    'nonsense',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:8.8.8.8'])(
    'allows %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost:1/',
  ])('sees through %s', async (url) => {
    await expect(client().get({ url: new URL(url) }, textOf)).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  });

  it('sees every hop of a redirect, by address and by name', async () => {
    // 127.0.0.1 stands for the internet, every other address for what must not be reached.
    const guard = new AddressGuard((address) => address === '127.0.0.1');
    for (const host of ['127.0.0.2', '[::1]', 'ip6-localhost']) {
      const server = await serve((request, response) => {
        if (request.url === '/start') response.writeHead(302, { location: '/next' }).end();
        else response.writeHead(302, { location: `http://${host}:1/secret` }).end();
      });
      open.push(server);
      const error = await client(guard)
        .get({ url: new URL(`${server.url}/start`) }, textOf)
        .catch((failure: unknown) => failure);
      const expected = host === 'ip6-localhost' ? /SOURCE_REFUSED|SOURCE_UNREACHABLE/ : /SOURCE_REFUSED/;
      expect((error as { code: string }).code, host).toMatch(expected);
      expect(server.requests.every(({ url }) => url !== '/secret')).toBe(true);
    }
  });
});

describe('a request', () => {
  it('fails after the time it has, and is tried again', async () => {
    const server = await serve((_request, response, count) => {
      if (count > 1) response.end('late');
    });
    open.push(server);
    const any = new AddressGuard(() => true);
    expect(await client(any).get({ url: new URL(server.url) }, textOf)).toBe('late');
    expect(server.requests).toHaveLength(2);
  });

  it('shows no query values, user or password in its failure', async () => {
    const server = await serve((_request, response) => response.writeHead(404).end());
    open.push(server);
    const url = new URL(server.url.replace('//', '//user:s3cret@'));
    url.searchParams.set('token', 's3cret');
    const error = await client(new AddressGuard(() => true))
      .get({ url }, textOf)
      .catch((failure: unknown) => String(failure));
    expect(error).toContain('status 404');
    expect(error).toContain('?token');
    expect(error).not.toContain('s3cret');
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2024, 0, 1);
  it.each([
    ['5', 5000],
    ['Mon, 01 Jan 2024 00:01:00 GMT', 60_000],
    ['Sun, 31 Dec 2023 00:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
