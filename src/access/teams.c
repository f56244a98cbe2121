/* Whose rows a person sees: the table `sees`, written out from units and heads, and the records lent to him. */
#include "access/access.h"

#include "work/work.h"

#include <sodium.h>

bool sees(Work *w, int64_t viewer, int64_t owner)
{
    int64_t one = 0;
    return db_int(w->db, S("select 1 from sees where viewer_id = $1 and owner_id = $2"), VALS(val_int(viewer), val_int(owner)), &one) == OK;
}

/* All pairs (viewer, owner): himself; whoever is in his unit, in a unit he heads, or in a unit below one of these.  `union`
 * ends a circle of units. */
#define TEAM                                                                                                                   \
    "with recursive below (viewer_id, unit_id) as ("                                                                          \
    " select id, unit_id from users where unit_id is not null"                                                                 \
    " union select head_id, id from unit where head_id is not null and archived_at is null"                                    \
    " union select b.viewer_id, u.id from below b join unit u on u.parent_id = b.unit_id where u.archived_at is null)"         \
    ", pair (viewer_id, owner_id) as ("                                                                                        \
    " select b.viewer_id, p.id from below b join users p on p.unit_id = b.unit_id"                                             \
    " union select id, id from users) "

Err access_teams_changed(Work *w)
{
    TRY(db_run(w->db, S(TEAM "delete from sees where not exists (select 1 from pair p where p.viewer_id = sees.viewer_id"
                             " and p.owner_id = sees.owner_id)"), NO_VALS, NULL));
    return db_run(w->db, S(TEAM "insert into sees (viewer_id, owner_id) select viewer_id, owner_id from pair p where not exists"
                                " (select 1 from sees s where s.viewer_id = p.viewer_id and s.owner_id = p.owner_id)"), NO_VALS, NULL);
}

Err access_give(Work *w, const char *entity, int64_t record, int64_t user, Moment until)
{
    if (until <= w->now)
        return db_run(w->db, S("delete from given where user_id = $1 and entity = $2 and record_id = $3"),
                      VALS(val_int(user), val_text(str_of(entity)), val_int(record)), NULL);
    return db_run(w->db, S("insert into given (user_id, entity, record_id, until) values ($1, $2, $3, $4)"
                           " on conflict (user_id, entity, record_id) do update set until = excluded.until"),
                  VALS(val_int(user), val_text(str_of(entity)), val_int(record), val_int(until)), NULL);
}

/* A random edition: one that was rolled back never comes again, so nobody can hold rights under it that were never committed. */
Err access_roles_changed(Work *w)
{
    int64_t edition = (int64_t)randombytes_random() << 20 | randombytes_uniform(1 << 20);
    return db_run(w->db, S("update firm set rights = $1"), VALS(val_int(edition)), NULL);
}
