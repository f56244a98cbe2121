/* Groups as a file: the table of the screen, with the sums of all below. */
#include "core/words.h"
#include "entity/export_sheet.h"
#include "entity/group_inside.h"
#include "entity/link.h"

typedef struct {
    Grouping   *g;
    ExportSheet sheet;
    OutCell    *cell;
    int         n;
} GroupFile;

static bool for_people(const GroupFile *x) { return x->sheet.form != EXPORT_CSV; }

/* ---- heads ---- */

static Str word_of(GroupFile *x, const char *key) { return str_of(words_text(x->sheet.voice.lang, key)); }

/* "Client · City". */
static Str path_label(GroupFile *x, const FilterPath *path)
{
    Buf           b = buf_new(x->g->mem, 100);
    const Entity *at = path->way.from;
    for (int i = 0; i < path->way.n; at = path->way.step[i++].to) {
        if (!path->way.step[i].by) continue;
        buf_put(&b, export_label(&x->sheet, at, path->way.step[i].by));
        buf_c(&b, " · ");
    }
    Field figure = path->figure ? figure_field(path->figure) : (Field){ 0 };
    buf_put(&b, export_label(&x->sheet, at, path->figure ? &figure : path->field));
    return buf_str(&b);
}

static const char *const hows[] = { "count", "sum", "mean", "least", "most", "distinct" };

static Str by_head(GroupFile *x, int i)
{
    static const char *const steps[] = { "", ":day", ":week", ":month", ":quarter", ":year" };
    const GroupBy           *by = &x->g->out->by[i];
    if (for_people(x)) return path_label(x, &x->g->name[i].column->path);
    return str_fmt(x->g->mem, "%.*s%s", (int)by->path.n, by->path.s, steps[by->step]);
}

static Str sum_head(GroupFile *x, int i)
{
    const GroupSum *sum = &x->g->question->sum[i];
    Buf             b = buf_new(x->g->mem, 100);
    if (!for_people(x)) return str_fmt(x->g->mem, "%s:%.*s", hows[sum->how], (int)sum->path.n, sum->path.s);
    if (!x->g->part[i].column) return word_of(x, "web.groups.count");
    Arg name = arg_text("name", path_label(x, &x->g->part[i].column->path));
    words_put(&b, x->sheet.voice, str_c(x->g->mem, str_fmt(x->g->mem, "web.groups.%s", hows[sum->how])), &name, 1);
    return buf_str(&b);
}

/* ---- cells ---- */

static Str step_text(GroupFile *x, GroupStep step, Day first)
{
    Buf b = buf_new(x->g->mem, 60);
    Arg args[2];
    if (step == GROUP_BY_MONTH) month_put(&b, x->sheet.voice, month_of(first));
    else if (step == GROUP_BY_YEAR) buf_fmt(&b, "%d", civil_of(first).year);
    else if (step == GROUP_BY_QUARTER) {
        args[0] = arg_text("quarter", str_fmt(x->g->mem, "%d", (civil_of(first).month + 2) / 3));
        args[1] = arg_text("year", str_fmt(x->g->mem, "%d", civil_of(first).year));
        words_put(&b, x->sheet.voice, "web.groups.quarter_of", args, 2);
    } else {
        args[0] = arg_day("day", first);
        words_put(&b, x->sheet.voice, "web.groups.week_of", args, 1);
    }
    return buf_str(&b);
}

static OutCell key_cell(GroupFile *x, int i, const GroupKey *key)
{
    const GroupBy *by = &x->g->out->by[i];
    const Field   *f = &by->field;
    bool           people = for_people(x);
    if (key->value.empty) return people ? out_text(word_of(x, "web.groups.none")) : (OutCell){ .kind = OUT_EMPTY };
    if (by->step > GROUP_BY_DAY && people) return out_text(step_text(x, by->step, (Day)key->value.n));
    if (people && field_points(f)) return out_text(key->title.n ? key->title : word_of(x, "web.hidden"));
    const FilterPath *path = &x->g->name[i].column->path;
    return export_cell(&x->sheet, way_end(&path->way), f, key->value);
}

static OutCell wide_cell(GroupFile *x, const Field *f, GroupCell cell)
{
    Buf b = buf_new(x->g->mem, 48);
    if (cell.empty) return (OutCell){ .kind = OUT_EMPTY };
    if (cell.n == (int64_t)cell.n && (int64_t)cell.n != NONE)
        return export_cell(&x->sheet, x->g->e, f, value_int((int64_t)cell.n));
    buf_trimmed(&b, cell.n, types[f->type].places); /* beyond what a cell of numbers holds */
    return out_text(buf_str(&b));
}

/* By which shares are told: the first that is a sum; below none: by the records. */
static int measured(const GroupFile *x)
{
    for (int i = 0; i < x->g->out->sums; i++)
        if (x->g->question->sum[i].how == GROUP_SUM) return i;
    return -1;
}

static OutCell share_cell(GroupFile *x, const GroupRow *row)
{
    int  at = measured(x);
    Wide part = at < 0 ? row->count : row->cell[at].n,
         whole = at < 0 ? x->g->out->all.count : x->g->out->all.cell[at].n;
    if (whole <= 0) return (OutCell){ .kind = OUT_EMPTY };
    return out_number(round_div(part * 1000, whole), 1);
}

/* `named`: what stands in place of the first key; no bytes: the row's own keys. */
static void row_put(GroupFile *x, const GroupRow *row, Str named)
{
    int n = 0;
    for (int i = 0; i < x->g->out->bys; i++)
        x->cell[n++] = !named.n ? key_cell(x, i, &row->key[i])
                       : i      ? (OutCell){ .kind = OUT_EMPTY }
                                : out_text(named);
    if (for_people(x)) x->cell[n++] = share_cell(x, row);
    x->cell[n++] = out_number(row->count, 0);
    for (int i = 0; i < x->g->out->sums; i++) x->cell[n++] = wide_cell(x, &x->g->out->sum[i], row->cell[i]);
    export_row(&x->sheet, x->cell);
}

/* What all have and the rows that are shown have not; of what does not add up, nothing. */
static GroupRow rest_of(GroupFile *x)
{
    const GroupRows *out = x->g->out;
    GroupRow         rest = { .count = out->all.count, .cell = NEW_N(x->g->mem, GroupCell, out->sums) };
    for (int r = 0; r < out->n; r++) rest.count -= out->at[r].count;
    for (int i = 0; i < out->sums; i++) {
        GroupHow how = x->g->question->sum[i].how;
        rest.cell[i] = out->all.cell[i];
        rest.cell[i].empty |= how != GROUP_SUM && how != GROUP_COUNT;
        for (int r = 0; r < out->n; r++) rest.cell[i].n -= out->at[r].cell[i].n;
    }
    return rest;
}

static void rest_put(GroupFile *x)
{
    Buf      b = buf_new(x->g->mem, 60);
    Arg      others = arg_count("n", x->g->out->groups - x->g->out->n);
    GroupRow rest = rest_of(x);
    words_put(&b, x->sheet.voice, "web.groups.rest", &others, 1);
    row_put(x, &rest, buf_str(&b));
}

static Err rows_put(void *of, ExportSheet *sheet)
{
    GroupFile *x = of;
    (void)sheet;
    for (int r = 0; r < x->g->out->n; r++) row_put(x, &x->g->out->at[r], (Str){ 0 });
    if (for_people(x) && x->g->out->more) rest_put(x);
    if (for_people(x)) row_put(x, &x->g->out->all, word_of(x, "web.groups.all"));
    return OK;
}

/* ---- the file ---- */

static void heads_make(GroupFile *x, Str *heads)
{
    for (int i = 0; i < x->g->out->bys; i++) heads[x->n++] = by_head(x, i);
    if (for_people(x))
        heads[x->n++] = str_fmt(x->g->mem, "%s, %%", words_text(x->sheet.voice.lang, "web.groups.share"));
    heads[x->n++] = for_people(x) ? word_of(x, "web.groups.count") : S("count");
    for (int i = 0; i < x->g->out->sums; i++) heads[x->n++] = sum_head(x, i);
}

Err group_export(Work *w, const Entity *e, const Ask *ask, const GroupQuestion *question, ExportForm form,
                 const char *path, int64_t *rows)
{
    enum { COLUMNS_MOST = GROUP_BYS + 2 + GROUP_SUMS };
    GroupRows out;
    Ask       all = *ask;
    Grouping  g = { .w = w, .mem = w->mem, .e = e, .ask = &all, .question = question, .out = &out };
    GroupFile x = { .g = &g, .sheet = export_sheet(w, form), .cell = NEW_N(w->mem, OutCell, COLUMNS_MOST) };
    Str      *heads = NEW_N(w->mem, Str, COLUMNS_MOST);
    all.verb = "export";
    TRY(group_find(&g));
    if (out.more && !for_people(&x))
        return fail(w, INVALID, "by", "list.groups_of_file", arg_count("limit", GROUPS_MOST));
    heads_make(&x, heads);
    *rows = out.n;
    return export_file(&x.sheet, path, entity_label(w->mem, x.sheet.voice.lang, e), heads, x.n, rows_put, &x);
}
