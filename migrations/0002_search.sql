-- Search over Postgres, and the indexes that the API looks products up by. Every statement may run twice.

-- One row a golden record. `terms` holds every lexeme a query may ask for, without positions:
--   word     any field            =word  title, brand or category
--   #code    a whole code         !x<hash>  a facet value (x: the facet's letter)
-- The row is kept narrow, terms and document out of line, so that a word that a third of 100k documents have reads 2,500
-- pages. Postgres moves values out of rows over 2 kB only: `document` is json, not jsonb, and padded with spaces (which
-- compress to nothing) to make every row that long. 1,100 bytes in line took ten times as long.
create table if not exists search_document (
  golden_id    text collate "C" primary key,
  version      bigint not null,
  rank         real not null,
  brand        integer not null,
  category     integer not null,
  colour       integer not null,
  condition    integer not null,
  availability integer not null,
  source       integer not null,
  price        double precision,
  updated_at   timestamptz not null,
  title_key    text collate "C" not null,
  terms        tsvector not null,
  document     json not null
);
alter table search_document alter column golden_id set storage main;
alter table search_document alter column title_key set storage main;
alter table search_document alter column terms set storage external;
-- Without statistics the planner takes a match for selective and never reads the table row by row, which would fetch
-- every out-of-line `terms`: 2 s instead of 40 ms for a word of 30% of 100k documents.
alter table search_document alter column terms set statistics 0;
alter table search_document set (toast_tuple_target = 128);
create index if not exists search_document_terms on search_document using gin (terms);
create index if not exists search_document_rank on search_document (rank, golden_id);
create index if not exists search_document_price on search_document (price, golden_id);
create index if not exists search_document_updated on search_document (updated_at, golden_id);

-- Words without digits, and in how many documents they occur: for typing errors and prefixes.
create table if not exists search_term (
  term      text collate "C" primary key,
  documents integer not null
) with (fillfactor = 80);
create index if not exists search_term_trigrams on search_term using gin (term gin_trgm_ops);

-- The distinct values of a facet in a document (a category path, a set of sources are one row), and how many have them.
create table if not exists search_facet (
  id        integer generated always as identity primary key,
  field     text collate "C" not null,
  "values"  text[] collate "C" not null,
  folded    text collate "C" not null,
  documents integer not null,
  unique (field, "values")
) with (fillfactor = 80);

-- One row. Writers hold it, so they follow each other; readers tell from the generation whether counts they kept hold.
create table if not exists search_state (
  one        boolean primary key default true check (one),
  generation bigint not null
);
insert into search_state (generation) values (0) on conflict do nothing;

-- Lookups of the API.
-- Without a pending list, which every lookup would read through (8 ms after a bulk load).
create index if not exists golden_record_gtins on golden_record using gin (("values" -> 'gtins') jsonb_path_ops)
  with (fastupdate = off);
create index if not exists golden_record_mpn on golden_record
  (upper(regexp_replace("values" ->> 'mpn', '[^[:alnum:]]+', '', 'g'))) where "values" ? 'mpn';
create index if not exists golden_record_model on golden_record
  (upper(regexp_replace("values" ->> 'model', '[^[:alnum:]]+', '', 'g'))) where "values" ? 'model';
