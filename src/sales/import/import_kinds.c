/* Problems of an import by kind: how many rows have it, the first of them, and what could be done about all of them. */
#include "sales/import/import_inside.h"
#include "sales/import/import_sql.h"
#include "sales/people/people.h"

enum { KINDS = 60, FIRSTS = 3 };

typedef struct {
    Str     key, field; /* field.s null: of none */
    bool    warning;
    int64_t rows, texts;
} Kind;

typedef struct {
    int64_t     row;
    Kind        of;
    KeptProblem said;
} First;

typedef struct {
    Kind      kind[KINDS];
    First     first[KINDS * FIRSTS];
    ptrdiff_t kinds, firsts;
} Kinds;

static bool same_kind(const Kind *a, const Kind *b)
{
    return a->warning == b->warning && str_eq(a->key, b->key) && str_eq(a->field, b->field);
}

static Err kinds_read(Work *w, int64_t import, Kinds *out)
{
    Rows rows;
    TRY(db_query(w->db, SQL_IMPORT_BAD_KINDS, VALS(val_int(import), val_int(IMPORT_LEFT_PLACE), val_int(KINDS)),
                 &rows));
    while (rows_next(&rows) && out->kinds < KINDS)
        out->kind[out->kinds++] = (Kind){ .key = str_copy(w->mem, row_text(&rows, 0)),
                                          .warning = row_int(&rows, 1) == 1,
                                          .field = str_copy(w->mem, row_text(&rows, 2)),
                                          .rows = row_int(&rows, 3),
                                          .texts = row_int(&rows, 4) };
    return rows_end(&rows);
}

static Err firsts_read(Work *w, int64_t import, Kinds *out)
{
    Rows rows;
    TRY(db_query(w->db, SQL_IMPORT_BAD_FIRSTS, VALS(val_int(import), val_int(IMPORT_LEFT_PLACE), val_int(FIRSTS)),
                 &rows));
    while (rows_next(&rows) && out->firsts < COUNT(out->first)) {
        First *f = &out->first[out->firsts++];
        f->row   = row_int(&rows, 0);
        f->of    = (Kind){ .key = str_copy(w->mem, row_text(&rows, 3)),
                           .warning = row_int(&rows, 1) == 1,
                           .field = str_copy(w->mem, row_text(&rows, 2)) };
        f->said  = (KeptProblem){ .key = f->of.key,
                                  .args = str_copy(w->mem, row_text(&rows, 5)),
                                  .cell = str_copy(w->mem, row_text(&rows, 4)) };
    }
    return rows_end(&rows);
}

/* ---- what could be done about all of a kind ---- */

static const Field *field_at(Work *w, const Entity *e, Str path)
{
    Str rest = path, head = str_cut(&rest, '.');
    if (!rest.n) return field_named(w, e, head);
    for (int i = 0; i < e->child_count; i++)
        if (str_eq(head, str_of(e->children[i].name))) return field_named(w, e->children[i].entity, rest);
    return NULL;
}

static bool is_of_people(Work *w, const Entity *target, const Kind *k)
{
    if (str_eq(k->key, S("import.no_such_seller"))) return true;
    const Field *f = str_eq(k->key, S("import.nobody_like_that")) ? field_at(w, target, k->field) : NULL;
    return f && f->to && entity_named(str_of(f->to)) == &user_entity;
}

/* Cells that were not read, of a field that may be empty. */
static bool may_stay_blank(Work *w, const ImportPlan *plan, const Kind *k)
{
    static const char *const cells[] = { "import.no_bool", "import.no_choice", "import.rounded_number",
                                         "import.two_of_them", "import.nobody_like_that" };
    bool         of_cell = str_starts(k->key, S("cell."));
    const Field *f       = k->field.n ? field_at(w, plan->target, k->field) : NULL;
    for (ptrdiff_t i = 0; i < COUNT(cells); i++) of_cell |= str_eq(k->key, str_of(cells[i]));
    return of_cell && !k->warning && f && !f->required && !str_eq(k->field, plan->key);
}

static void mend_begin(JsonOut *j, const char *kind, int64_t count)
{
    js_object(j);
    js_key(j, "kind");
    js_c(j, kind);
    js_key(j, "count");
    js_i64(j, count);
}

/* The role in which people would be made, unless another one is chosen: that of a seller. */
static Err mend_people(Work *w, JsonOut *j, const Kind *k)
{
    Rows rows;
    mend_begin(j, "people", k->texts);
    js_key(j, "role");
    TRY(db_query(w->db, SQL_IMPORT_ROLE_OF_SELLERS, NO_VALS, &rows));
    if (rows_next(&rows)) {
        js_object(j);
        js_key(j, "id");
        js_i64(j, row_int(&rows, 0));
        js_key(j, "title");
        js_str(j, row_text(&rows, 1));
        js_end(j);
    } else {
        js_null(j);
    }
    js_end(j);
    return rows_end(&rows);
}

static Err put_mend(Work *w, JsonOut *j, const ImportPlan *plan, const Kind *k)
{
    js_key(j, "mend");
    if (!plan->columns) {
        js_null(j);
        return OK;
    }
    if (is_of_people(w, plan->target, k) && access_scope(w->who, "user", "add") != SCOPE_NONE)
        return mend_people(w, j, k);
    if (may_stay_blank(w, plan, k)) mend_begin(j, "blank", k->rows);
    else if (str_eq(k->key, S("import.key_finds_none")) &&
             access_scope(w->who, plan->target->name, "add") != SCOPE_NONE)
        mend_begin(j, "create", k->rows);
    else {
        js_null(j);
        return OK;
    }
    js_end(j);
    return OK;
}

/* ---- telling ---- */

static void put_first(Request *r, const First *f, bool hides)
{
    JsonOut    *j    = &r->out;
    KeptProblem said = f->said;
    said.hidden      = hides;
    js_object(j);
    js_key(j, "row");
    js_i64(j, f->row);
    js_key(j, "cell");
    js_str(j, hides ? S("") : said.cell);
    js_key(j, "text");
    js_str(j, import_said(r->w->mem, import_voice(r->w), &said));
    js_end(j);
}

/* What stood in a cell is told like the field that it was for. */
static Err put_kind(Request *r, const ImportPlan *plan, const Kinds *all, const Kind *k)
{
    JsonOut *j     = &r->out;
    bool     hides = k->field.n && import_hides(r->w, plan->target, "view", k->field);
    js_object(j);
    js_key(j, "key");
    js_str(j, k->key);
    js_key(j, "field");
    if (k->field.n) js_str(j, k->field);
    else js_null(j);
    js_key(j, "warning");
    js_bool(j, k->warning);
    js_key(j, "count");
    js_i64(j, k->rows);
    js_key(j, "rows");
    js_array(j);
    for (ptrdiff_t i = 0; i < all->firsts; i++)
        if (same_kind(&all->first[i].of, k)) put_first(r, &all->first[i], hides);
    js_end(j);
    TRY(put_mend(r->w, j, plan, k));
    js_end(j);
    return OK;
}

Err import_kinds_put(Request *r, const ImportPlan *plan)
{
    Kinds *all = NEW(r->w->mem, Kinds);
    TRY(kinds_read(r->w, r->id, all));
    TRY(firsts_read(r->w, r->id, all));
    js_key(&r->out, "kinds");
    js_array(&r->out);
    for (ptrdiff_t i = 0; i < all->kinds; i++) TRY(put_kind(r, plan, all, &all->kind[i]));
    js_end(&r->out);
    return OK;
}
