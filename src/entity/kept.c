/* Kept columns: what stands in them, who follows whom, and how a move of an owner reaches all who follow. */
#include "entity/kept.h"

#include "entity/door.h"
#include "entity/ids.h"
#include "entity/owners.h"

#include <stdio.h>

/* One step: rows of `by` keep the first owner of what they point at by `way`. */
typedef struct {
    const Entity *by;
    Way           way;
    bool          first; /* who follows `by` follows this column */
} Step;

static Step *step;
static int   steps;

static int kept_ways(const Entity *e)
{
    int n = 0;
    for (int k = 0; k < OWNER_WAYS && e->owners[k].ref; k++) n += e->owners[k].kept != NULL;
    return n;
}

void kept_set(Arena *mem)
{
    int room = 0;
    for (ptrdiff_t i = 0; entity_at(i); i++) room += kept_ways(entity_at(i));
    step  = NEW_N(mem, Step, room + 1);
    steps = 0;
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        Way way[OWNER_WAYS];
        int n = kept_ways(entity_at(i)) ? owner_ways(mem, entity_at(i), way) : 0;
        for (int k = 0; k < n; k++)
            if (way[k].kept) step[steps++] = (Step){ entity_at(i), way[k], k == 0 };
    }
}

static bool leads_to(const Step *s, const Entity *to) { return owner_first(to) && field_may_point(s->way.field, to); }

/* ---- what stands in the column ---- */

static void owner_of(Buf *sql, const Entity *to, const char *id)
{
    buf_fmt(sql, "(select h.%s from %s h where h.id = %s)", owner_first(to), entity_table(to), id);
}

/* `id` and `of`: where the reference stands, and of a link its entity. */
static void value_put(Buf *sql, const Step *s, const char *id, const char *of)
{
    bool any = false;
    if (s->way.to) {
        owner_of(sql, s->way.to, id);
        return;
    }
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        if (!leads_to(s, entity_at(i))) continue;
        if (!any) buf_fmt(sql, "(case %s", of);
        buf_fmt(sql, " when '%s' then ", entity_at(i)->name);
        owner_of(sql, entity_at(i), id);
        any = true;
    }
    buf_c(sql, any ? " end)" : "null");
}

/* In a statement in which the row stands under `alias`. */
static void value_of_row(Buf *sql, const Step *s, const char *alias)
{
    char id[160], of[160];
    snprintf(id, sizeof id, "%s.%s", alias, s->way.follows);
    snprintf(of, sizeof of, "%s.%s", alias, s->way.of ? s->way.of : "");
    value_put(sql, s, id, of);
}

/* Where the reference stands among the columns; -1: it is not written. */
static int place_of(const Field *f, FieldColumns columns, ColumnForm form)
{
    int c = 0;
    while (c < columns.n && !(columns.at[c].field == f && columns.at[c].form == form)) c++;
    return c < columns.n ? c : -1;
}

static void each_written(Buf *sql, const Entity *e, FieldColumns columns, int before, bool name, bool value)
{
    for (const Step *s = step; s < step + steps; s++) {
        char       id[16], of[16];
        const bool link = s->way.of != NULL;
        int        at   = s->by == e ? place_of(s->way.field, columns, link ? LINK_ID : AS_IT_IS) : -1;
        if (at < 0) continue;
        snprintf(id, sizeof id, "$%d", before + at + 1);
        snprintf(of, sizeof of, "$%d", before + place_of(s->way.field, columns, link ? LINK_OF : AS_IT_IS) + 1);
        buf_c(sql, ", ");
        if (name) buf_c(sql, s->way.kept);
        if (name && value) buf_c(sql, " = ");
        if (value) value_put(sql, s, id, of);
    }
}

void kept_names(Buf *sql, const Entity *e, FieldColumns columns) { each_written(sql, e, columns, 0, true, false); }
void kept_values(Buf *sql, const Entity *e, FieldColumns columns, int before)
{
    each_written(sql, e, columns, before, false, true);
}
void kept_puts(Buf *sql, const Entity *e, FieldColumns columns, int before)
{
    each_written(sql, e, columns, before, true, true);
}

/* ---- those that follow ---- */

/* From a record to those that follow it, and so on: `at[n - 1]` are the rows to be set. */
typedef struct {
    const Step *at[OWNER_STEPS];
    int         n;
} Path;

/* {ids $1}, or the rows that follow those. */
static void before_last(Buf *sql, const Path *path, int last)
{
    if (last == 0) {
        buf_c(sql, " in {ids $1}");
        return;
    }
    const Step *s = path->at[last - 1];
    buf_fmt(sql, " in (select f%d.id from %s f%d where f%d.%s", last, entity_table(s->by), last, last, s->way.follows);
    before_last(sql, path, last - 1);
    buf_c(sql, ")");
}

/* Those of the last step that differ from what they follow, at most so many. */
static Err differing(Work *w, Arena *mem, const Path *path, const int64_t *ids, ptrdiff_t n, int64_t *out,
                     ptrdiff_t most, ptrdiff_t *found)
{
    const Step *s   = path->at[path->n - 1];
    Buf         sql = buf_new(mem, 600);
    Rows        rows;
    buf_fmt(&sql, "select t.id from %s t where t.%s", entity_table(s->by), s->way.follows);
    before_last(&sql, path, path->n - 1);
    buf_fmt(&sql, " and t.%s is distinct from ", s->way.kept);
    value_of_row(&sql, s, "t");
    buf_c(&sql, " limit $2");
    TRY(db_query(w->db, buf_str(&sql), VALS(val_ids(ids, n), val_int(most)), &rows));
    for (*found = 0; rows_next(&rows); (*found)++) out[*found] = row_int(&rows, 0);
    return rows_end(&rows);
}

static Err set_anew(Work *w, Arena scratch, const Step *s, const int64_t *ids, ptrdiff_t n)
{
    Buf sql = buf_new(&scratch, 600);
    if (n == 0) return OK;
    buf_fmt(&sql, "update %s set %s = ", entity_table(s->by), s->way.kept);
    value_of_row(&sql, s, entity_table(s->by));
    buf_c(&sql, " where id in {ids $1}");
    return db_run(w->db, buf_str(&sql), VALS(val_ids(ids, n)), NULL);
}

/* The paths from here, the short ones first, since each step copies what the one before has set. */
static Err each_path(const Entity *from, Path path, int length, Err (*each)(void *to, const Path *path), void *to)
{
    for (const Step *s = step; s < step + steps; s++) {
        Path longer = path;
        if (!leads_to(s, from)) continue;
        longer.at[longer.n++] = s;
        if (longer.n == length) TRY(each(to, &longer));
        else if (s->first) TRY(each_path(s->by, longer, length, each, to));
    }
    return OK;
}

static Err all_paths(const Entity *from, Err (*each)(void *to, const Path *path), void *to)
{
    for (int length = 1; length <= OWNER_STEPS; length++) TRY(each_path(from, (Path){ 0 }, length, each, to));
    return OK;
}

/* ---- in the same work ---- */

typedef struct {
    Work         *w;
    const Entity *e;
    int64_t      *ids; /* records whose first owner moved */
    ptrdiff_t     n, left;
    bool          more;
} Move;

static Err path_at_once(void *to, const Path *path)
{
    Move     *m       = to;
    Arena     scratch = m->w->scratch;
    int64_t  *ids     = NEW_RAW(&scratch, int64_t, m->left + 1);
    ptrdiff_t found;
    if (m->more) return OK;
    TRY(differing(m->w, &scratch, path, m->ids, m->n, ids, m->left + 1, &found));
    m->more = found > m->left;
    if (m->more) return OK;
    m->left -= found;
    return set_anew(m->w, scratch, path->at[path->n - 1], ids, found);
}

static Err job_for(Move *m)
{
    Buf     argument = buf_new(m->w->mem, m->n * 12 + 64);
    int64_t job;
    buf_c(&argument, m->e->name);
    for (ptrdiff_t i = 0; i < m->n; i++) buf_fmt(&argument, " %lld", (long long)m->ids[i]);
    return job_add(m->w, "owners_follow", buf_str(&argument), &job);
}

static bool followed(const Entity *e)
{
    const Step *s = step;
    while (s < step + steps && !leads_to(s, e)) s++;
    return s < step + steps;
}

Err door_kept(Door *d)
{
    Move         m     = { .w = d->w, .e = d->e, .left = KEPT_AT_ONCE };
    const Field *first = steps && d->e->owners[0].ref ? field_of(d->e, d->e->owners[0].ref) : NULL;
    if (!first || !followed(d->e)) return OK;
    m.ids = NEW_RAW(d->w->mem, int64_t, d->n);
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (!d->skip[i] && d->was[i] && !value_same(first, value_get(first, d->now[i]), value_get(first, d->was[i])))
            m.ids[m.n++] = ((const Record *)d->now[i])->id;
    if (m.n == 0) return OK;
    TRY(all_paths(d->e, path_at_once, &m));
    return m.more ? job_for(&m) : OK;
}

/* ---- by a job ---- */

typedef struct {
    Work       *w;
    int64_t    *ids;
    ptrdiff_t   n, done, found;
    const Path *path;
} Following;

static Err piece(Work *w, void *to)
{
    Following *f       = to;
    Arena      scratch = w->scratch;
    int64_t   *ids     = NEW_RAW(&scratch, int64_t, KEPT_PIECE);
    TRY(differing(w, &scratch, f->path, f->ids, f->n, ids, KEPT_PIECE, &f->found));
    return set_anew(w, scratch, f->path->at[f->path->n - 1], ids, f->found);
}

static Err path_in_pieces(void *to, const Path *path)
{
    Following *f = to;
    f->path      = path;
    do {
        TRY(work_write(f->w, piece, f));
        f->done += f->found;
        TRY(job_step(f->w, f->done, f->done));
    } while (f->found == KEPT_PIECE);
    return OK;
}

Err kept_follow_run(Work *w, Job *job)
{
    Str           rest = job->argument;
    const Entity *e    = entity_named(str_cut(&rest, ' '));
    Following     f    = { .w = w, .ids = NEW_RAW(w->mem, int64_t, rest.n / 2 + 1) };
    while (rest.n)
        if (str_i64(str_cut(&rest, ' '), &f.ids[f.n])) f.n++;
    w->who = &actor_program;
    return e ? all_paths(e, path_in_pieces, &f) : OK;
}

/* ---- counted again ---- */

Err kept_count(Work *w, KeptWrong *out, int most, int *n)
{
    *n = 0;
    for (const Step *s = step; s < step + steps && *n < most; s++) {
        Arena   scratch = w->scratch;
        Buf     sql     = buf_new(&scratch, 600);
        int64_t rows    = 0;
        buf_fmt(&sql, "select count(*) from %s t where t.%s is distinct from ", entity_table(s->by), s->way.kept);
        value_of_row(&sql, s, "t");
        TRY(db_int(w->db, buf_str(&sql), NO_VALS, &rows));
        if (rows) out[(*n)++] = (KeptWrong){ entity_table(s->by), s->way.kept, rows };
    }
    return OK;
}
