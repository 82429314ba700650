/** Whoever gives ids and versions waits here for the others. Taken first, so that a snapshot is not older than the lock. */
export const LOCK = 'lock table avro_version in share row exclusive mode';

export const FIND_VERSION = `
select v.schema_id as id, v.version
from avro_schema s join avro_version v on v.schema_id = s.id
where v.subject = $1 and s.fingerprint = $2`;

export const VERSIONS = `
select v.subject, v.version, v.schema_id as id, s.definition as schema
from avro_version v join avro_schema s on s.id = v.schema_id
where v.subject = $1 order by v.version`;

/** The statement sees the table as it was, so the second select finds a schema only when it was there before. */
export const ADD_SCHEMA = `
with added as (
  insert into avro_schema (id, fingerprint, definition)
  select coalesce(max(id), 0) + 1, $1, $2 from avro_schema
  on conflict (fingerprint) do nothing
  returning id)
select id from added union all select id from avro_schema where fingerprint = $1`;

export const ADD_VERSION = `
insert into avro_version (subject, version, schema_id)
select $1, coalesce(max(version), 0) + 1, $2 from avro_version where subject = $1
returning version`;

export const BY_ID = 'select definition as schema from avro_schema where id = $1';

export const SUBJECTS = 'select distinct subject from avro_version order by subject';

export const LEVELS = `select subject, level from avro_compatibility where subject in ($1, '')`;

export const SET_LEVEL = `
insert into avro_compatibility (subject, level) values ($1, $2)
on conflict (subject) do update set level = excluded.level`;
