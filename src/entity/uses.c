/* The door's steps about stored filters: asked before they are saved, and what they read noted when they are. */
#include "entity/uses.h"

#include "entity/door.h"
#include "entity/filter.h"

#include <string.h>

struct Reads {
    Reads       *next;
    ptrdiff_t    record; /* of the batch */
    const Field *field;
    UsesList     uses;
};

const Entity *filter_about(const Entity *e, const Field *f, const void *record)
{
    if (f->to) return entity_named(str_of(f->to));
    const Field  *of = f->of ? field_of(e, f->of) : NULL;
    const Entity *to = of ? entity_named(value_get(of, record).s) : NULL;
    return to && !to->parent ? to : NULL;
}

/* ---- before it is saved ---- */

static Err filter_refuse(Door *d, ptrdiff_t i, const Field *f)
{
    Problem *last = d->w->problems.last;
    if (last) {
        last->field = f->name;
        last->row   = d->many ? i + 1 : 0;
    }
    if (d->err == OK) d->err = INVALID;
    return OK;
}

/* What comes back as it was may read what is there no more: it is kept, and reads nothing. */
static Err filter_asked(Door *d, ptrdiff_t i, const Field *f, Reads *reads)
{
    Value         v     = value_get(f, d->now[i]);
    const Entity *about = filter_about(d->e, f, d->now[i]);
    Problems      before = d->w->problems;
    Str           canonical;
    if (v.empty || v.s.n > types[TYPE_filter].most) return OK; /* door_values says so */
    if (!about) {
        if (!d->how.as_it_was) DOOR_FAIL(d, i, INVALID, f->name, "filter.no_such_entity");
        return OK;
    }
    Err err = filter_check(d->w, about, v.s, &canonical, &reads->uses);
    if (err == OK) value_set(f, d->now[i], value_text(canonical));
    if (err != INVALID) return err;
    if (!d->how.as_it_was) return filter_refuse(d, i, f);
    d->w->problems = before;
    reads->uses    = (UsesList){ 0 };
    return OK;
}

static Err filter_one(Door *d, ptrdiff_t i, const Field *f)
{
    if (d->skip[i] || (d->was[i] && value_same(f, value_get(f, d->now[i]), value_get(f, d->was[i])))) return OK;
    Reads *reads = NEW(d->w->mem, Reads);
    *reads       = (Reads){ .next = d->reads, .record = i, .field = f };
    d->reads     = reads;
    return filter_asked(d, i, f, reads);
}

Err door_filters(Door *d)
{
    for (int k = 0; k < d->fields.n; k++)
        for (ptrdiff_t i = 0; d->fields.at[k]->type == TYPE_filter && i < d->n; i++)
            TRY(filter_one(d, i, d->fields.at[k]));
    return OK;
}

/* ---- when it is saved ---- */

static Str what_of(Work *w, const Entity *e, const Field *f) { return str_fmt(w->mem, "%s.%s", e->name, f->name); }

static Err reads_write(Door *d, const Reads *r)
{
    int64_t   id   = ((Record *)d->now[r->record])->id;
    Str       what = what_of(d->w, d->e, r->field);
    ptrdiff_t n    = 0;
    Val      *vals = NEW_RAW(d->w->mem, Val, r->uses.n * 5), *v = vals;
    TRY(db_run(d->w->db, S("delete from uses where of_id = $1 and what = $2"), VALS(val_int(id), val_text(what)),
               NULL));
    for (ptrdiff_t k = 0; k < r->uses.n; k++, n++, v += 5) {
        const Use *use = &r->uses.at[k];
        v[0]           = val_int(id);
        v[1]           = val_text(what);
        v[2]           = val_text(use->entity);
        v[3]           = val_text(use->name.n ? use->name : S(""));
        v[4]           = use->to_id ? val_int(use->to_id) : val_null();
    }
    if (n == 0) return OK;
    return db_many(d->w->db, S("insert into uses (of_id, what, entity, name, to_id) values ($1, $2, $3, $4, $5)"), vals,
                   5, n, NULL);
}

Err door_uses(Door *d)
{
    for (const Reads *r = d->reads; r; r = r->next)
        if (!d->skip[r->record]) TRY(reads_write(d, r));
    return OK;
}

Err uses_removed(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n)
{
    bool any = false;
    for (int f = 0; f < e->field_count; f++) any |= e->fields[f].type == TYPE_filter;
    return any ? db_run(w->db, S("delete from uses where of_id in {ids $1}"), VALS(val_ids(ids, n)), NULL) : OK;
}

/* ---- the other way ---- */

static Err living_of(Work *w, const Entity *e, const Field *f, Map **count)
{
    Buf  sql = buf_new(w->mem, 300);
    Rows rows;
    buf_fmt(&sql,
            "select u.entity, u.name, count(distinct u.of_id) from uses u join %s t on t.id = u.of_id"
            " where u.what = $1 and u.name <> '' and t.archived_at is null group by u.entity, u.name",
            entity_table(e));
    TRY(db_query(w->db, buf_str(&sql), VALS(val_text(what_of(w, e, f))), &rows));
    while (rows_next(&rows)) {
        Str name = str_fmt(w->mem, "%.*s.%.*s", (int)row_text(&rows, 0).n, row_text(&rows, 0).s,
                           (int)row_text(&rows, 1).n, row_text(&rows, 1).s);
        *map_at(count, name, w->mem) += row_int(&rows, 2);
    }
    return rows_end(&rows);
}

Err uses_of_fields(Work *w, Map **count)
{
    *count = NULL;
    for (ptrdiff_t i = 0; entity_at(i); i++)
        for (int f = 0; f < entity_at(i)->field_count; f++)
            if (entity_at(i)->fields[f].type == TYPE_filter)
                TRY(living_of(w, entity_at(i), &entity_at(i)->fields[f], count));
    return OK;
}
