-- The schema registry: ids that messages carry, and the versions of each subject. Every statement may run twice.

-- Ids are given by whoever holds the lock on avro_version, so they have no gaps. fingerprint: SHA-256 of the canonical form.
create table if not exists avro_schema (
  id          integer primary key,
  fingerprint text collate "C" not null unique,
  definition  text not null
);

create table if not exists avro_version (
  subject   text collate "C" not null,
  version   integer not null,
  schema_id integer not null references avro_schema (id),
  primary key (subject, version),
  unique (subject, schema_id)
);

-- The empty subject holds for all that have no row.
create table if not exists avro_compatibility (
  subject text collate "C" primary key,
  level   text collate "C" not null
);

-- Contracts are schemas of the registry, subjects contract-<name>. This table was never written.
drop table if exists contract;
