-- Vectors have a table of their own: golden records change far more often (prices, members) than their vectors, and an index over
-- vectors is the dearest of all to write. Statements may run twice.
create table if not exists golden_vector (
  golden_id text collate "C" primary key,
  embedding vector(64) not null
);

do $$
begin
  if exists (select from information_schema.columns where table_schema = current_schema()
             and table_name = 'golden_record' and column_name = 'embedding') then
    insert into golden_vector select golden_id, embedding from golden_record where embedding is not null
    on conflict (golden_id) do nothing;
    alter table golden_record drop column embedding;
  end if;
end $$;
