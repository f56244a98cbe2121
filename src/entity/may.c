/* What the actor may do with one record, and which of its fields are not his to change. */
#include "entity/may.h"

#include "entity/owners.h"
#include "entity/reach.h"

#include <string.h>

enum { VERBS_MOST = 32 };

typedef struct {
    const char *verb[VERBS_MOST];
    bool        in[VERBS_MOST];
    int         n;
} Verbs;

/* Adding and importing is done with no record that is there. */
static bool is_of_one(const char *verb) { return strcmp(verb, "add") != 0 && strcmp(verb, "import") != 0; }

static Verbs verbs_of(Work *w, const Entity *e)
{
    const char *const *const lists[] = { entity_verbs, e->verbs };
    Verbs v = { 0 };
    for (int l = 0; l < 2; l++)
        for (int i = 0; lists[l] && lists[l][i] && v.n < VERBS_MOST; i++)
            if (is_of_one(lists[l][i]) && access_scope(w->who, e->name, lists[l][i]) != SCOPE_NONE)
                v.verb[v.n++] = lists[l][i];
    return v;
}

/* One statement asks for all that depend on the row. */
static Err verbs_ask(Work *w, const Entity *e, int64_t id, const char *by, Verbs *v)
{
    Arena scratch = w->scratch;
    Binds binds   = { 0 };
    Buf   sql     = buf_new(&scratch, 1000);
    int   asked[VERBS_MOST], n = 0;
    Rows  rows;
    for (int i = 0; i < v->n; i++) {
        v->in[i] = reach_all(w, e, v->verb[i]) || (by && !e->follows && scope_alike(w->who, e->name, by, v->verb[i]));
        if (v->in[i]) continue;
        buf_c(&sql, n ? ", case when " : "select case when ");
        reach_write(w, &scratch, e, v->verb[i], "t", &sql, &binds);
        buf_c(&sql, " then 1 else 0 end");
        asked[n++] = i;
    }
    if (n == 0) return OK;
    buf_fmt(&sql, " from %s t where t.id = $%d", entity_table(e), bind_val(&scratch, &binds, val_int(id)));
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    if (rows_next(&rows))
        for (int k = 0; k < n; k++) v->in[asked[k]] = row_int(&rows, k) != 0;
    return rows_end(&rows);
}

static bool may(const Verbs *v, const char *verb)
{
    for (int i = 0; i < v->n; i++)
        if (v->in[i] && strcmp(v->verb[i], verb) == 0) return true;
    return false;
}

/* ---- fields ---- */

static bool is_way(const Entity *e, const Field *f)
{
    for (const OwnerWay *way = e->owners; way->ref; way++)
        if (strcmp(way->ref, f->name) == 0) return true;
    return false;
}

/* Where a row is somebody's in one way alone, and nobody else is within reach, it stays his. */
static bool stays_his(Work *w, const Entity *e, const Field *f, const char *verb)
{
    bool alone = e->owners[0].ref && !e->owners[1].ref && strcmp(e->owners[0].ref, f->name) == 0;
    return alone && f->type == TYPE_ref && strcmp(f->to, "user") == 0 && (e->alone || !w->who->stands_in) &&
           access_scope(w->who, e->name, verb) == SCOPE_OWN;
}

bool may_say_anew(Work *w, const Entity *e, const Field *f)
{
    return !access_hides(w->who, e->name, "change", f->mask) && !stays_his(w, e, f, "change");
}

static bool is_fixed(Work *w, const Entity *e, const Field *f, bool himself)
{
    if (f->inner || access_hides(w->who, e->name, "view", f->mask)) return false;
    return (!himself && is_way(e, f)) || !may_say_anew(w, e, f);
}

bool may_say_new(Work *w, const Entity *e, const Field *f)
{
    return !access_hides(w->who, e->name, "add", f->mask) && (f->required || !stays_his(w, e, f, "add"));
}

static Err fixed_json(Work *w, JsonOut *to, const Entity *e, int64_t id)
{
    Fields fields  = entity_fields(w, e);
    bool   himself = true;
    if (w->who->given || w->who->stands_in)
        TRY(reach_rows_himself(w, w->scratch, e, "change", &id, 1, &himself));
    js_key(to, "_fixed");
    js_array(to);
    for (int f = 0; f < fields.n; f++)
        if (is_fixed(w, e, fields.at[f], himself)) js_c(to, fields.at[f]->name);
    js_end(to);
    return OK;
}

Err may_json(Work *w, JsonOut *to, const Entity *e, int64_t id, const char *by)
{
    Verbs v = verbs_of(w, e);
    TRY(verbs_ask(w, e, id, by, &v));
    js_key(to, "_may");
    js_array(to);
    for (int i = 0; i < v.n; i++)
        if (v.in[i]) js_c(to, v.verb[i]);
    js_end(to);
    return may(&v, "change") ? fixed_json(w, to, e, id) : OK;
}
