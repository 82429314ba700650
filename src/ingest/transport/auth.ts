import { type Static, Type } from '@sinclair/typebox';

const secret = (description: string) => Type.String({ minLength: 1, description, secret: true });

/** How a source wants to be asked. Secrets come from the environment: `token: ${SHOP_TOKEN}`. */
export const authSchema = Type.Union(
  [
    Type.Object({ type: Type.Literal('bearer'), token: secret('Sent as `Authorization: Bearer`.') }),
    Type.Object({
      type: Type.Literal('basic'),
      username: Type.String({ description: 'Name of the account.' }),
      password: secret('Its password.'),
    }),
    Type.Object({
      type: Type.Literal('header'),
      name: Type.String({ minLength: 1, description: 'Header, for example X-Api-Key.' }),
      value: secret('Its value.'),
    }),
    Type.Object({
      type: Type.Literal('query'),
      name: Type.String({ minLength: 1, description: 'Query parameter, for example api_key.' }),
      value: secret('Its value.'),
    }),
  ],
  { description: 'Credentials: bearer, basic, header or query. Take secrets from the environment.' },
);

export type Auth = Static<typeof authSchema>;

/** Adds credentials to a request. They go to the first origin only and never into messages or stored state. */
export function authorise(auth: Auth | undefined, url: URL, headers: Record<string, string>): void {
  if (!auth) return;
  if (auth.type === 'bearer') headers.authorization = `Bearer ${auth.token}`;
  else if (auth.type === 'basic')
    headers.authorization = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  else if (auth.type === 'header') headers[auth.name.toLowerCase()] = auth.value;
  else url.searchParams.set(auth.name, auth.value);
}
