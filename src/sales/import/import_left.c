/* What taking an import back left as it is: each kept among its problems as one text of three parts, and told with both
 * values.
 *
 * What is kept was in sight of whoever took the import back; it is told to who reads it now.  So reach and mask are
 * asked when it is shown, and a record that the reader may not view, or view no more, is told by its number alone. */
#include "entity/reach.h"
#include "sales/import/import_inside.h"
#include "sales/import/import_sql.h"

enum { LEFT_SHOWN = 500, PART = 60 };

typedef struct {
    int64_t       record;
    Str           place, key, title, ours, theirs; /* place: client.phones.number */
    const Entity *entity;                          /* null: there is none of that name any more */
    bool          seen;
} Left;

Str import_left_text(Arena *mem, Str title, Str ours, Str theirs)
{
    const Str part[] = { str_short(title, PART), str_short(ours, PART), str_short(theirs, PART) };
    return str_fmt(mem, "%.*s\x1f%.*s\x1f%.*s", (int)part[0].n, part[0].s, (int)part[1].n, part[1].s, (int)part[2].n,
                   part[2].s);
}

static Left left_row(Arena *mem, const Rows *rows)
{
    Str  text = str_copy(mem, row_text(rows, 3));
    Str  place = row_null(rows, 1) ? S("") : row_text(rows, 1);
    Left l    = { .record = row_int(rows, 0), .place = str_copy(mem, place), .key = str_copy(mem, row_text(rows, 2)) };
    l.title   = str_cut(&text, '\x1f');
    l.ours    = str_cut(&text, '\x1f');
    l.theirs  = text;
    Str path  = l.place;
    l.entity  = entity_named(str_cut(&path, '.'));
    return l;
}

static Err left_read(Work *w, int64_t import, Left *all, ptrdiff_t *n)
{
    Rows rows;
    TRY(db_query(w->db, SQL_IMPORT_LEFT, VALS(val_int(import), val_int(IMPORT_LEFT_PLACE), val_int(LEFT_SHOWN)),
                 &rows));
    for (*n = 0; *n < LEFT_SHOWN && rows_next(&rows); ++*n) all[*n] = left_row(w->mem, &rows);
    return rows_end(&rows);
}

/* ---- what the reader may see of it ---- */

static Err seen_of(Work *w, const Entity *e, Left *all, ptrdiff_t n)
{
    int64_t   id[LEFT_SHOWN];
    bool      in[LEFT_SHOWN];
    ptrdiff_t m = 0, k = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (all[i].entity == e) id[m++] = all[i].record;
    if (m == 0) return OK;
    TRY(reach_rows(w, w->scratch, e, "view", id, m, in));
    for (ptrdiff_t i = 0; i < n; i++)
        if (all[i].entity == e) all[i].seen = in[k++];
    return OK;
}

/* ---- telling ---- */

static void put_text(JsonOut *j, const char *key, Str text)
{
    js_key(j, key);
    js_str(j, text);
}

static void left_put(Request *r, const Left *l)
{
    JsonOut *j      = &r->out;
    Str      field  = l->place, entity = str_cut(&field, '.');
    bool     values = l->seen && !import_hides(r->w, l->entity, "view", field);
    js_object(j);
    js_key(j, "record");
    js_i64(j, l->record);
    put_text(j, "entity", entity);
    put_text(j, "field", field);
    put_text(j, "title", l->seen ? l->title : S(""));
    put_text(j, "ours", values ? l->ours : S(""));
    put_text(j, "theirs", values ? l->theirs : S(""));
    put_text(j, "text", import_said(r->w->mem, import_voice(r->w), &(KeptProblem){ .key = l->key }));
    js_end(j);
}

Err import_left_put(Request *r)
{
    Left     *all = NEW_RAW(r->w->mem, Left, LEFT_SHOWN);
    ptrdiff_t n;
    TRY(left_read(r->w, r->id, all, &n));
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (!entity_at(i)->parent) TRY(seen_of(r->w, entity_at(i), all, n));
    js_key(&r->out, "left");
    js_array(&r->out);
    for (ptrdiff_t i = 0; i < n; i++) left_put(r, &all[i]);
    js_end(&r->out);
    return OK;
}
