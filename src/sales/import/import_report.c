/* A report as it stands in the file, for showing beside the table that it is read as: its columns, its first rows, and
 * what each of them was taken for. */
#include "sales/import/import_inside.h"
#include "sales/reading/report.h"

enum { LINES = 14, CELLS = 40, NAMES = 400 };

static void put_names(JsonOut *j, const Recognised *as)
{
    js_key(j, "columns");
    js_array(j);
    for (int c = 0; c < as->form.columns && c < NAMES; c++) js_str(j, as->names[c]);
    js_end(j);
}

static void put_sums(JsonOut *j, const UnfoldPlan *plan)
{
    js_key(j, "sums");
    js_array(j);
    for (int c = 0; c < plan->columns && c < NAMES; c++)
        if (plan->column[c].sums) js_i64(j, c);
    js_end(j);
}

static void put_label(JsonOut *j, const UnfoldPlan *plan)
{
    js_key(j, "label");
    if (plan->says.levels && plan->by != LEVELS_COLUMN && plan->label >= 0) js_i64(j, plan->label);
    else js_null(j);
}

static void put_line(JsonOut *j, const ReportSeen *seen, ptrdiff_t i)
{
    const SampleRow *row  = &seen->as.row[i];
    ReportLine       line = report_line(seen, i);
    js_object(j);
    js_key(j, "number");
    js_i64(j, line.number);
    js_key(j, "level");
    if (line.level >= 0) js_i64(j, line.level);
    else js_null(j);
    js_key(j, "sums");
    js_bool(j, line.sums);
    js_key(j, "cells");
    js_array(j);
    for (int c = 0; c < row->count && c < seen->as.form.columns && c < CELLS; c++) js_str(j, str_trim(row->cell[c]));
    js_end(j);
    js_end(j);
}

void import_report_put(Work *w, JsonOut *j, const Recognised *rec)
{
    const ReportSeen *seen = rec->report;
    js_key(j, "report");
    if (!seen) {
        js_null(j);
        return;
    }
    js_object(j);
    js_key(j, "said");
    js_str(j, report_said(w->mem, rec, import_voice(w).lang));
    put_names(j, &seen->as);
    put_label(j, &seen->plan);
    put_sums(j, &seen->plan);
    js_key(j, "rows");
    js_array(j);
    for (ptrdiff_t i = 0; i < seen->as.rows && i < LINES; i++) put_line(j, seen, i);
    js_end(j);
    js_end(j);
}
