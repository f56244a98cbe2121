/* The example firm's year of work put into the base. */
#include "sales/example/example_work.h"

#include "access/firm.h"
#include "core/map.h"
#include "entity/record.h"
#include "sales/activities/activities.h"
#include "sales/example/example_load_sql.h"

#include <string.h>

typedef struct {
    Map *kinds; /* by key: kinds and aims */
    Lang lang;
} Told;

static Err told_read(Work *w, Told *t)
{
    Firm firm;
    Rows rows;
    TRY(firm_read(w, &firm));
    t->lang = LANG_RU;
    lang_read(firm.language, &t->lang);
    TRY(db_query(w->db, SQL_EXAMPLE_KINDS, NO_VALS, &rows));
    while (rows_next(&rows)) *map_at(&t->kinds, str_copy(w->mem, row_text(&rows, 0)), w->mem) = row_int(&rows, 1);
    return rows_end(&rows);
}

/* 0: the firm has put it away. */
static int64_t keyed_id(Work *w, Told *t, const char *what, const char *key)
{
    const int64_t *id = key ? map_at(&t->kinds, str_fmt(w->mem, "%s.%s", what, key), NULL) : NULL;
    return id ? *id : 0;
}

static int outcome_of(const char *key)
{
    for (int i = 0; key && activity_outcomes[i]; i++)
        if (strcmp(activity_outcomes[i], key) == 0) return i + 1;
    return 0;
}

static void activity_fill(Work *w, const ExampleWork *x, Told *t, int i, Activity *a)
{
    const ExampleActivity *from = &x->list.at[i];
    Moment                 at = zone_moment(w->zone, from->day, (from->minute < 0 ? 12 * 60 : from->minute) * 60);
    record_empty(w, &activity_entity, a);
    a->base.origin = S("example");
    a->base.key = str_fmt(w->mem, "activity %d", i);
    a->kind_id = keyed_id(w, t, "activity_kind", from->kind);
    a->aim_id = keyed_id(w, t, "aim", from->aim);
    a->performer_id = x->user[from->performer];
    a->timed = from->minute >= 0;
    a->due_at = at;
    if (from->client >= 0) {
        a->client_id = x->client[from->client];
        a->person_id = x->person[from->client];
    }
    if (!from->done) {
        a->subject = str_of(from->says[t->lang]);
        return;
    }
    a->state = ACTIVITY_DONE;
    a->done_at = at < w->now ? at : w->now;
    a->result = str_of(from->says[t->lang]);
    a->outcome = outcome_of(from->outcome);
}

Err example_work_write(Work *w, void *example_work)
{
    const ExampleWork *x = example_work;
    Activity          *list = NEW_N(w->mem, Activity, x->to - x->from);
    SaveHow            how = { .trusted = true, .bulk = true };
    Told               t = { 0 };
    ptrdiff_t          n = 0;
    TRY(told_read(w, &t));
    for (int i = x->from; i < x->to; i++) {
        if (!keyed_id(w, &t, "activity_kind", x->list.at[i].kind)) continue;
        if (x->list.at[i].aim && !keyed_id(w, &t, "aim", x->list.at[i].aim)) continue;
        activity_fill(w, x, &t, i, &list[n++]);
    }
    return record_save_many(w, &activity_entity, list, n, &how);
}
