-- name: settings_offered
-- The settings of an analysis (empty: of all) that the reader keeps or a colleague shares.
select s.id, s.name, s.analysis, s.settings, s.shared, s.owner_id
  from analysis_setting s
 where s.archived_at is null
   and (s.analysis = $2 or $2 = '')
   and (s.shared = 1 or s.owner_id = $1)
 order by s.name_sort, s.id
 limit 500
