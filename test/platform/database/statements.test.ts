import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitStatements } from '../../../src/platform/database/statements.js';

it('splits at semicolons that end a statement, and at no others', () => {
  const script = `-- head; comment
select ';' as a, "odd;name", E'it\\'s;' /* c; */ from t;
create function f() returns int language plpgsql as $body$ begin return 1; end; $body$;

;;
do $$ begin perform 'x''y;'; end $$`;
  expect(splitStatements(script)).toEqual([
    { line: 2, text: `select ';' as a, "odd;name", E'it\\'s;' /* c; */ from t` },
    { line: 3, text: 'create function f() returns int language plpgsql as $body$ begin return 1; end; $body$' },
    { line: 6, text: "do $$ begin perform 'x''y;'; end $$" },
  ]);
  expect(splitStatements('-- nothing\n ; ')).toEqual([]);
});

it('takes any text between quotes for one thing', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().filter((s) => !s.includes('$q$')),
        { minLength: 1, maxLength: 5 },
      ),
      (texts) => {
        const statements = texts.map((text, i) =>
          i % 2 === 0 ? `select '${text.replaceAll("'", "''")}' as x` : `select $q$${text}$q$ as x`,
        );
        expect(splitStatements(statements.join(';')).map(({ text }) => text)).toEqual(statements);
      },
    ),
  );
});
