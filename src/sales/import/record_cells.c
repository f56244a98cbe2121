/* What the columns of a file of records fill, and what a cell of one says. */
#include "sales/import/record_cells.h"

#include "core/utf8.h"
#include "core/words.h"
#include "entity/link.h"
#include "format/moments.h"
#include "format/number.h"

Err record_column(ImportRun *run, const Entity *e, const ImportColumn *from, RecordColumn *out)
{
    Work *w    = run->w;
    Str   rest = from->name, head = str_cut(&rest, '.');
    *out = (RecordColumn){ .name = from->name, .at = from->at, .field = rest.n ? NULL : field_named(w, e, head) };
    for (int i = 0; rest.n && i < e->child_count; i++) {
        if (!str_eq(head, str_of(e->children[i].name))) continue;
        out->list  = &e->children[i];
        out->field = field_named(w, out->list->entity, rest);
    }
    bool fits = out->field && out->field->set_by != BY_RULE && !out->field->inner;
    if (!fits || access_hides(w->who, e->name, "import", out->field->mask))
        return fail(w, INVALID, "columns", "import.no_such_field", arg_text("name", from->name));
    out->reads = out->field;
    return OK;
}

int record_columns_besides(ImportRun *run, const Entity *e, const RecordColumn *from, RecordColumn *out)
{
    const Field *f = from->field;
    Str          name = f->besides ? str_of(f->besides) : (Str){ 0 };
    int          n = 0;
    ImportColumn column = { .name = name, .at = from->at };
    if (!f->besides || (!from->list && import_column(&run->plan, f->besides) >= 0)) return 0;
    if (from->list) column.name = str_fmt(run->w->mem, "%s.%s", from->list->name, f->besides);
    for (int part = 1; part < f->parts && part < PARTS_MOST; part++) {
        if (record_column(run, e, &column, &out[n]) != OK) continue; /* not his to fill */
        out[n].reads  = f;
        out[n++].part = part;
    }
    problems_forget(run->w);
    return n;
}

static bool choice_of(Arena *mem, const Entity *e, const Field *f, Str cell, Value *out)
{
    Str want = name_find(mem, cell);
    for (int i = 0; f->options[i]; i++) {
        bool same = str_eq(want, name_find(mem, str_of(f->options[i])));
        char *key = str_c(mem, str_fmt(mem, "%s.%s.%s", e->name, f->name, f->options[i]));
        for (int lang = 0; lang < LANGS && !f->own; lang++)
            same = same || str_eq(want, name_find(mem, str_of(words_text((Lang)lang, key))));
        for (int lang = 0; lang < LANGS && f->own; lang++)
            same = same || str_eq(want, name_find(mem, f->option_labels[i * LANGS + lang]));
        if (!same) continue;
        *out = (Value){ .n = i + 1, .s = str_of(f->options[i]) };
        return true;
    }
    return false;
}

static bool bool_of(Arena *mem, Str cell, Value *out)
{
    static const Str yes[] = { { "да", 4 }, { "yes", 3 }, { "true", 4 }, { "1", 1 }, { "истина", 12 }, { "+", 1 } };
    static const Str no[]  = { { "нет", 6 }, { "no", 2 }, { "false", 5 }, { "0", 1 }, { "ложь", 8 }, { "-", 1 } };
    Str want = name_find(mem, cell);
    for (ptrdiff_t i = 0; i < COUNT(yes); i++) {
        if (!str_eq(want, yes[i]) && !str_eq(want, no[i])) continue;
        *out = value_int(str_eq(want, yes[i]));
        return true;
    }
    return false;
}

/* A share is written 0,3 or 30 %: a percent is ten thousand millionths. */
static const char *number_of(const ImportRun *run, const Field *f, Str cell, Value *out)
{
    bool     percent = f->type == TYPE_ratio && cell.n && cell.s[cell.n - 1] == '%';
    Str      plain   = percent ? str_trim(str_upto(cell, cell.n - 1)) : cell;
    CellRead got = number_read(plain, run->plan.form.number, types[f->type].places - (percent ? 2 : 0), &out->n);
    return got == CELL_READ ? NULL : number_problem(got);
}

static const char *day_of_cell(const ImportRun *run, Str cell, Value *out)
{
    Day      day;
    CellRead got = day_cell_read(cell, run->plan.form.day, &day);
    if (got != CELL_READ) return day_problem(got);
    out->n = day;
    return NULL;
}

/* A time without a zone is the firm's; a day without a time begins there. */
static const char *moment_of_cell(const ImportRun *run, Str cell, Value *out)
{
    WallTime time;
    CellRead got = moment_cell_read(cell, run->plan.form.day, &time);
    if (got != CELL_READ) return day_problem(got);
    int second = time.second == NONE ? 0 : (int)time.second;
    out->n     = time.offset == NONE ? zone_moment(run->w->zone, time.day, second)
                                     : (time.day * INT64_C(86400) + second - time.offset) * 1000;
    return NULL;
}

/* Its text still: the record is looked for with those of the other rows. */
static bool link_of(Arena *mem, const Field *f, Str cell, Value *out)
{
    LinkHeard heard;
    *out = value_text(str_copy(mem, cell));
    return link_hear(*mem, f, cell, &heard);
}

static const char *text_of(Arena *mem, const RecordColumn *column, Str cell, Value *out)
{
    Str text;
    if (!column->reads->from_cell) return *out = value_text(str_copy(mem, cell)), NULL;
    const char *wrong = column->reads->from_cell(mem, cell, column->part, &text);
    *out              = text.n ? value_text(text) : value_none();
    return column->part ? NULL : wrong; /* told once */
}

const char *record_cell(ImportRun *run, const Entity *e, const RecordColumn *column, Str cell, Value *out)
{
    const Field *f   = column->field;
    Arena       *mem = &run->memory;
    *out = (Value){ 0 };
    switch (f->type) {
    case TYPE_text: return text_of(mem, column, cell, out);
    case TYPE_ref: *out = value_text(str_copy(mem, cell)); return NULL;
    case TYPE_link: return link_of(mem, f, cell, out) ? NULL : "import.no_link";
    case TYPE_rhythm:
    case TYPE_span: value_read(mem, f, cell, out); return NULL; /* the door says where it goes wrong */
    case TYPE_filter: return value_read(mem, f, cell, out) ? NULL : "filter.not_a_tree";
    case TYPE_bool: return bool_of(mem, cell, out) ? NULL : "import.no_bool";
    case TYPE_choice: return choice_of(mem, e, f, cell, out) ? NULL : "import.no_choice";
    case TYPE_day: return day_of_cell(run, cell, out);
    case TYPE_moment: return moment_of_cell(run, cell, out);
    default: return number_of(run, f, cell, out);
    }
}

Value record_value(Arena scratch, const Field *f, Value v)
{
    LinkHeard heard;
    if (f->type != TYPE_link || v.empty || !link_hear(scratch, f, v.s, &heard)) return v;
    return (Value){ .n = v.n, .s = str_of(heard.to->name) };
}

void import_cell_json(Work *w, JsonOut *to, const ImportPlan *plan, const ImportColumn *column, Str cell)
{
    ImportRun run = { .w = w, .plan = *plan, .memory = w->scratch };
    RecordColumn    c;
    Value     v;
    bool      sales = str_eq(str_of(plan->target->name), S("sale"));
    cell            = str_trim(cell);
    if (sales && str_eq(column->name, S("date")) && !day_of_cell(&run, cell, &v)) js_day(to, (Day)v.n);
    else if (sales || !cell.n || record_column(&run, plan->target, column, &c) ||
             field_points(c.field) || record_cell(&run, c.list ? c.list->entity : plan->target, &c, cell, &v))
        js_str(to, cell);
    else value_json(to, c.field, v);
}
