-- name: analysis_rule
-- What the firm has set for its analyses.
select r.one_limit, r.fixed_month
  from analysis_rule r
 where r.one = 1

-- name: analysis_rule_put
-- From which share on one client is a danger, and what a month costs.
update analysis_rule set one_limit = $1, fixed_month = $2
