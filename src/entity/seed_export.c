/* Records as a file of seeds, from which a firm loads them again when it has edited them. */
#include "entity/seed_inside.h"

#include "entity/ids.h"
#include "entity/record.h"
#include "entity/rows.h"
#include "entity/seed_sql.h"

#include <string.h>

/* The records of one entity, in the order of their ids. */
typedef struct {
    const Entity *e;
    int64_t      *id;
    char         *records;
    ptrdiff_t     n;
} Leaving;

typedef struct {
    Work     *w;
    Leaving  *of;
    int       entities;
    ptrdiff_t n, left;
    Map      *key_of; /* id as text -> place of its key + 1 */
    Str      *key;
    int64_t  *wanted; /* ids of records and of what they refer to */
    ptrdiff_t keys, refs, wants;
} Export;

static Str id_text(Export *x, int64_t id) { return str_fmt(x->w->mem, "%lld", (long long)id); }

static Str *key_at(Export *x, int64_t id)
{
    int64_t *at = map_at(&x->key_of, id_text(x, id), NULL);
    return at ? &x->key[*at - 1] : NULL;
}

static void key_put(Export *x, int64_t id, Str key)
{
    int64_t *at = map_at(&x->key_of, id_text(x, id), x->w->mem);
    if (*at) return;
    x->key[x->keys++] = key;
    *at               = x->keys;
}

/* ---- reading ---- */

static Err records_read(Export *x, Leaving *l)
{
    ptrdiff_t room = SEEDS_MOST - x->n;
    Rows      rows;
    Str       sql = str_fmt(x->w->mem, "select id from %s where archived_at is null order by id limit $1",
                            entity_table(l->e));
    l->id = NEW_RAW(x->w->mem, int64_t, room + 1);
    TRY(db_query(x->w->db, sql, VALS(val_int(room + 1)), &rows));
    while (l->n <= room && rows_next(&rows)) l->id[l->n++] = row_int(&rows, 0);
    TRY(rows_end(&rows));
    if (l->n > room) return fail(x->w, TOO_LARGE, NULL, "seed.too_many", arg_count("most", SEEDS_MOST));
    x->n += l->n;
    l->records = arena_take_raw(x->w->mem, l->e->size, 16, l->n);
    return l->n ? record_fetch(x->w, l->e, l->id, l->n, true, l->records, NEW_N(x->w->mem, bool, l->n)) : OK;
}

/* Does `each` with every reference of the record and of its children. */
static void refs_each(Export *x, const Entity *e, const void *row, void (*each)(Export *, int64_t))
{
    for (int f = 0; f < e->field_count; f++) {
        Value v = value_get(&e->fields[f], row);
        if (field_points(&e->fields[f]) && !v.empty) each(x, v.n);
    }
    for (int c = 0; c < e->child_count; c++) {
        const ChildRows *rows = children_of(&e->children[c], row);
        for (ptrdiff_t k = 0; k < rows->n; k++)
            refs_each(x, e->children[c].entity, child_at(&e->children[c], rows, k), each);
    }
}

static void all_each(Export *x, void (*each)(Export *, int64_t))
{
    for (int i = 0; i < x->entities; i++)
        for (ptrdiff_t k = 0; k < x->of[i].n; k++)
            refs_each(x, x->of[i].e, x->of[i].records + k * x->of[i].e->size, each);
}

static void ref_count(Export *x, int64_t id)
{
    (void)id;
    x->refs++;
}

static void ref_want(Export *x, int64_t id) { x->wanted[x->wants++] = id; }

static bool is_part(const Entity *e, Str key)
{
    const Field *by;
    return e && seed_list(e, &by) && str_find(key, S("/")) >= 0;
}

/* The keys under which these are known as seeds. */
static Err keys_read(Export *x)
{
    Rows rows;
    if (!x->wants) return OK;
    TRY(db_query(x->w->db, SQL_SEED_KEYS_OF, VALS(val_ids(x->wanted, x->wants)), &rows));
    while (rows_next(&rows)) {
        Str key = row_text(&rows, 1);
        if (!is_part(entity_named(row_text(&rows, 2)), key)) key_put(x, row_int(&rows, 0), str_copy(x->w->mem, key));
    }
    return rows_end(&rows);
}

static Err keys_find(Export *x)
{
    all_each(x, ref_count);
    x->key    = NEW_RAW(x->w->mem, Str, x->refs + x->n);
    x->wanted = NEW_RAW(x->w->mem, int64_t, x->refs + x->n);
    all_each(x, ref_want);
    for (int i = 0; i < x->entities; i++)
        for (ptrdiff_t k = 0; k < x->of[i].n; k++) ref_want(x, x->of[i].id[k]);
    TRY(keys_read(x));
    for (int i = 0; i < x->entities; i++)
        for (ptrdiff_t k = 0; k < x->of[i].n; k++)
            key_put(x, x->of[i].id[k],
                    str_fmt(x->w->mem, "%s.%lld", x->of[i].e->name, (long long)x->of[i].id[k]));
    return OK;
}

/* ---- writing ---- */

static void field_put(Export *x, JsonOut *j, const Field *f, Value v)
{
    Str *key = field_points(f) && !v.empty ? key_at(x, v.n) : NULL;
    if (v.empty || f->inner || field_by_rule(f)) return;
    if (field_points(f) && !key) {
        x->left++;
        return;
    }
    js_key(j, f->name);
    if (key) js_str(j, str_fmt(x->w->mem, "@%.*s", (int)key->n, key->s));
    else value_json(j, f, v);
}

static void row_put(Export *x, JsonOut *j, const Entity *e, const void *row, const Str *key)
{
    js_object(j);
    if (key) {
        js_key(j, "key");
        js_str(j, *key);
    }
    for (int f = 0; f < e->field_count; f++) field_put(x, j, &e->fields[f], value_get(&e->fields[f], row));
    for (int c = 0; c < e->child_count; c++) {
        const ChildRows *rows = children_of(&e->children[c], row);
        if (!rows->n) continue;
        js_key(j, e->children[c].name);
        js_array(j);
        for (ptrdiff_t k = 0; k < rows->n; k++)
            row_put(x, j, e->children[c].entity, child_at(&e->children[c], rows, k), NULL);
        js_end(j);
    }
    js_end(j);
}

/* A line a record. */
static void entity_put(Export *x, Buf *to, const Leaving *l)
{
    buf_fmt(to, "\"%s\": [", l->e->name);
    for (ptrdiff_t k = 0; k < l->n; k++) {
        JsonOut j = js_to(to);
        buf_c(to, k ? ",\n  " : "\n  ");
        row_put(x, &j, l->e, l->records + k * l->e->size, key_at(x, l->id[k]));
    }
    buf_c(to, "]");
}

/* Read as it would be when it comes again: so it is known what nobody has edited. */
static Err export_note(Export *x, Str text)
{
    enum { WIDTH = 8 };
    SeedSet s     = seed_set(x->w, S("firm"), LANG_RU);
    Map    *place = NULL;
    TRY(seeds_read(&s, text));
    for (ptrdiff_t i = 0; i < s.n; i++) *map_at(&place, s.seed[i].key, x->w->mem) = i + 1;
    Val      *vals = NEW_RAW(x->w->mem, Val, s.n * WIDTH), *v = vals;
    for (int i = 0; i < x->entities; i++)
        for (ptrdiff_t k = 0; k < x->of[i].n; k++, v += WIDTH) {
            const Leaving *l    = &x->of[i];
            const Record  *r    = (const void *)(l->records + k * l->e->size);
            const Seed    *seed = &s.seed[*map_at(&place, *key_at(x, r->id), NULL) - 1];
            const Val      row[WIDTH] = { val_text(S("firm")), val_text(seed->key), val_text(str_of(l->e->name)),
                                          val_int(r->id), val_text(seed->digest), val_int(r->version),
                                          val_int(x->w->now), val_null() };
            memcpy(v, row, sizeof row);
        }
    return s.n ? db_many(x->w->db, SQL_SEED_PUT, vals, WIDTH, s.n, NULL) : OK;
}

Err seeds_export(Work *w, const Entity *const *entities, int n, Buf *to, ptrdiff_t *left)
{
    Export x = { .w = w, .of = NEW_N(w->mem, Leaving, n), .entities = n };
    for (int i = 0; i < n; i++) {
        x.of[i].e = entities[i];
        TRY(records_read(&x, &x.of[i]));
    }
    TRY(keys_find(&x));
    to->len = 0;
    buf_c(to, "{");
    for (int i = 0; i < n; i++) {
        if (i) buf_c(to, ",\n ");
        entity_put(&x, to, &x.of[i]);
    }
    buf_c(to, "}\n");
    *left = x.left;
    return export_note(&x, buf_str(to));
}
