-- A problem of an import keeps what its sentence names: {"limit":{"count":40}}.
-- owner: sales/import
alter table import_bad add column args text;
