-- name: settings_offered
-- The settings of an analysis (empty: of all) that the reader keeps or a colleague shares, at most so many: his own
-- come first, then each colleague's in turn, so that nobody's many drive out another's.
select id, name, analysis, settings, shared, owner_id
  from (select s.id, s.name, s.name_sort, s.analysis, s.settings, s.shared, s.owner_id,
               row_number() over (partition by s.owner_id order by s.name_sort, s.id) as turn
          from analysis_setting s
         where s.archived_at is null
           and (s.analysis = $2 or $2 = '')
           and (s.shared = 1 or s.owner_id = $1)
         order by case when s.owner_id = $1 then 0 else 1 end, turn, s.id
         limit 500) s
 order by name_sort, id
