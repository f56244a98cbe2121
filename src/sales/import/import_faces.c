/* What a file can fill and how a person sees it: the fields of a target, and which column fills which. */
#include "access/access.h"
#include "core/words.h"
#include "sales/import/import.h"
#include "sales/import/import_inside.h"
#include "sales/reading/columns.h"
#include "sales/reading/record_columns.h"

static Str label_of(Work *w, const Entity *e, const Field *f)
{
    if (f->own) return work_lang(w) == LANG_RU ? f->label_ru : f->label_en;
    const char *text = words_text(work_lang(w), str_c(w->mem, str_fmt(w->mem, "%s.%s", e->name, f->name)));
    return text ? str_of(text) : str_of(f->name);
}

static ptrdiff_t sales_fields(Work *w, TargetField *out)
{
    for (int c = 0; c < COL_COUNT; c++) {
        const char *text = words_text(work_lang(w), sales_column_words[c]);
        out[c] = (TargetField){ str_of(sales_column_names[c]), str_of(text ? text : sales_column_names[c]),
                                c == COL_CLIENT || c == COL_DATE };
    }
    return COL_COUNT;
}

static bool fills(Work *w, const Entity *e, const Field *f)
{
    return f->set_by != BY_RULE && !f->inner && !access_hides(w->who, e->name, "import", f->mask);
}

/* A file of sales names what a line holds without saying that it is the line's. */
static const Field *field_at(Work *w, const Entity *e, Str path)
{
    Str          head = str_cut(&path, '.');
    const Field *f    = path.n ? NULL : field_named(w, e, head);
    for (int c = 0; !f && c < e->child_count; c++)
        if (!path.n || str_eq(head, str_of(e->children[c].name)))
            f = field_named(w, e->children[c].entity, path.n ? path : head);
    return f;
}

bool import_hides(Work *w, const Entity *e, const char *verb, Str path)
{
    const Field *f = field_at(w, e, path);
    return f && access_hides(w->who, e->name, verb, f->mask);
}

/* A verb that he has not in any scope hides nothing more: what it would do is refused by itself. */
static bool closed_to(Work *w, const ImportPlan *plan, const char *verb, Str path)
{
    return access_scope(w->who, plan->target->name, verb) != SCOPE_NONE && import_hides(w, plan->target, verb, path);
}

Err import_columns_check(Work *w, const ImportPlan *plan)
{
    for (int c = 0; c < plan->columns; c++) {
        Str  name   = plan->column[c].name;
        bool closed = import_hides(w, plan->target, "import", name) ||
                      (plan->mode != MODE_UPDATE && closed_to(w, plan, "add", name)) ||
                      (plan->mode != MODE_CREATE && closed_to(w, plan, "change", name));
        if (closed) return fail(w, INVALID, "columns", "import.no_such_field", arg_text("name", name));
    }
    return OK;
}

/* The field of a child that one cell can give: the number of a phone, the text of an address, the person. */
static const Field *child_field(Work *w, const Entity *child)
{
    Fields fields = entity_fields(w, child);
    for (int i = 0; i < fields.n; i++)
        if (fields.at[i]->required && (fields.at[i]->type == TYPE_text || field_points(fields.at[i])))
            return fields.at[i];
    return NULL;
}

ptrdiff_t import_fields_of(Work *w, const Entity *target, TargetField **out)
{
    Fields fields = entity_fields(w, target);
    *out          = NEW_N(w->mem, TargetField, COL_COUNT + fields.n + target->child_count);
    if (str_eq(str_of(target->name), S("sale"))) return sales_fields(w, *out);
    ptrdiff_t n = 0;
    for (int i = 0; i < fields.n; i++)
        if (fills(w, target, fields.at[i]))
            (*out)[n++] = (TargetField){ str_of(fields.at[i]->name), label_of(w, target, fields.at[i]),
                                         fields.at[i]->required && !fields.at[i]->start };
    for (int i = 0; i < target->child_count; i++) {
        const Children *list = &target->children[i];
        const Field    *f    = child_field(w, list->entity);
        if (f)
            (*out)[n++] = (TargetField){ str_fmt(w->mem, "%s.%s", list->name, f->name), label_of(w, list->entity, f),
                                         false };
    }
    return n;
}

/* Fields whose columns were told have these, and no other field has one of them. */
static Err told_read(Work *w, const Recognised *r, Str told, const TargetField *fields, ptrdiff_t n, int *at)
{
    Meaning *all    = NEW_N(w->mem, Meaning, n);
    int     *said   = NEW_RAW(w->mem, int, n);
    bool    *number = NEW_N(w->mem, bool, n);
    for (ptrdiff_t i = 0; i < n; i++) {
        all[i]  = (Meaning){ .name = fields[i].name, .label = fields[i].label };
        said[i] = -1;
    }
    TRY(meanings_told(w->mem, r, told, &(Meanings){ all, n }, said, number, &w->problems));
    for (ptrdiff_t i = 0; i < n; i++)
        for (ptrdiff_t k = 0; k < n && said[i] >= 0; k++)
            if (k == i || (said[k] < 0 && at[k] == said[i])) at[k] = k == i ? said[i] : -1;
    return OK;
}

Err import_columns_guess(Work *w, const Recognised *r, const Entity *target, Str told, ImportPlan *plan)
{
    TargetField *fields;
    ptrdiff_t    n     = import_fields_of(w, target, &fields);
    RecordField *names = NEW_N(w->mem, RecordField, n);
    int         *at    = NEW_N(w->mem, int, n);
    for (ptrdiff_t i = 0; i < n; i++) names[i] = (RecordField){ fields[i].name, fields[i].label };
    record_columns_find(w->mem, r, str_of(target->name), names, n, at);
    TRY(told_read(w, r, told, fields, n, at));
    plan->columns = 0;
    for (ptrdiff_t i = 0; i < n && plan->columns < IMPORT_COLUMNS_MAX; i++)
        if (at[i] >= 0) plan->column[plan->columns++] = (ImportColumn){ fields[i].name, at[i] };
    return OK;
}
