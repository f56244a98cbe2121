/* The form of a table as JSON, and whether a file can have it. */
#include "format/csv.h"
#include "format/sheets.h"

const char *form_misfit(const TableForm *f, Str file)
{
    bool book = f->kind != FILE_CSV;
    if (f->kind < FILE_CSV || f->kind >= FILE_KINDS) return "kind";
    if (f->encoding < ENC_UTF8 || f->encoding > ENC_CP866) return "encoding";
    if (f->begins < 0 || f->begins > (book ? SHEET_ROWS_MAX : file.n)) return "begins";
    if (f->sheet < 0) return "sheet";
    if (f->report.levels < 0 || f->report.levels > REPORT_LEVELS_MAX) return "levels";
    if (f->columns < 1 || f->columns > (book ? SHEET_COLUMNS_MAX : CSV_COLUMNS_MAX)) return "columns";
    if (!book && !f->delimiter) return "delimiter";
    return NULL;
}

static const char *const kind_names[]     = { "csv", "xlsx", "xls", "ods", "dbf", "zip", NULL };
static const char *const encoding_keys[] = { "utf-8",  "utf-16le", "utf-16be", "cp1251",
                                             "koi8-r", "cp1252",   "cp866",    NULL };
static const char *const day_order_keys[] = { "ymd", "dmy", "mdy", "serial", NULL };

static const char *const shape_names[]    = { "find", "table", "report", NULL };
static const char *const below_names[]    = { "nothing", "bold", "outline", "empty", NULL };

const char *const report_says_names[SAYS_COUNT] = {
    [SAYS_CLIENT] = "client", [SAYS_PRODUCT] = "product", [SAYS_DOCUMENT] = "document", [SAYS_DATE] = "date",
    [SAYS_SELLER] = "seller", [SAYS_CHANNEL] = "channel", [SAYS_OTHER] = "other",
};

static int place_of(Str text, const char *const *keys)
{
    for (int i = 0; keys[i]; i++)
        if (str_eq(text, str_of(keys[i]))) return i;
    return -1;
}

static void sums_json(JsonOut *j, const FormReport *r)
{
    js_key(j, "sums");
    if (!r->sums_said) {
        js_null(j);
        return;
    }
    js_array(j);
    for (int i = 0; i < r->sums; i++) js_i64(j, r->sum[i]);
    js_end(j);
}

static void report_json(JsonOut *j, const FormReport *r)
{
    js_key(j, "report");
    if (!r->shape && !r->fill && !r->sheets && !r->name_day) {
        js_null(j);
        return;
    }
    js_object(j);
    js_key(j, "shape");
    js_c(j, shape_names[r->shape]);
    js_key(j, "levels");
    js_array(j);
    for (int i = 0; i < r->levels; i++) js_c(j, report_says_names[r->level[i]]);
    js_end(j);
    js_key(j, "across");
    if (r->across) js_c(j, report_says_names[r->across]);
    else if (r->across_said) js_c(j, "nothing");
    else js_null(j);
    js_key(j, "label");
    if (r->label) js_i64(j, r->label - 1);
    else js_null(j);
    sums_json(j, r);
    js_key(j, "below");
    js_c(j, below_names[r->below]);
    js_key(j, "below_at");
    js_i64(j, r->below_at);
    js_key(j, "fill");
    js_bool(j, r->fill);
    js_key(j, "sheets");
    js_bool(j, r->sheets);
    js_key(j, "name_day");
    js_bool(j, r->name_day);
    js_end(j);
}

void form_json(JsonOut *j, const TableForm *f, const Str *sheets, int sheet_count)
{
    js_object(j);
    js_key(j, "kind");
    js_c(j, kind_names[f->kind]);
    js_key(j, "encoding");
    js_c(j, encoding_keys[f->encoding]);
    js_key(j, "delimiter");
    js_str(j, (Str){ &f->delimiter, f->delimiter ? 1 : 0 });
    js_key(j, "quotes");
    js_bool(j, f->quotes);
    js_key(j, "header");
    js_bool(j, f->header);
    js_key(j, "begins");
    js_i64(j, f->begins);
    js_key(j, "sheet");
    js_i64(j, f->sheet);
    js_key(j, "columns");
    js_i64(j, f->columns);
    js_key(j, "day");
    js_c(j, day_order_keys[f->day]);
    js_key(j, "number");
    js_object(j);
    js_key(j, "decimal");
    js_str(j, (Str){ &f->number.decimal, 1 });
    js_key(j, "group");
    js_str(j, (Str){ &f->number.group, f->number.group ? 1 : 0 });
    js_end(j);
    report_json(j, &f->report);
    if (sheets) {
        js_key(j, "sheets");
        js_array(j);
        for (int i = 0; i < sheet_count; i++) js_str(j, sheets[i]);
        js_end(j);
    }
    js_end(j);
}

static Err bad_form(Problems *problems, const char *field)
{
    return PROBLEM(problems, INVALID, field, "import.bad_form");
}

static char one_of(Str text, const char *allowed)
{
    for (; *allowed; allowed++)
        if (text.n == 1 && *text.s == *allowed) return *allowed;
    return 0;
}

static ReportSays says_of(Str text)
{
    for (int i = SAYS_CLIENT; i < SAYS_COUNT; i++)
        if (str_eq(text, str_of(report_says_names[i]))) return (ReportSays)i;
    return SAYS_NOTHING;
}

static bool is_column(int64_t at) { return at >= 0 && at < SHEET_COLUMNS_MAX; }

static Err sums_read(const Json *sums, FormReport *out, Problems *problems)
{
    if (!sums || sums->kind != JSON_IS_ARRAY) return OK;
    out->sums_said = true;
    for (const Json *s = sums->first; s; s = s->next) {
        if (s->kind != JSON_IS_INT || !is_column(s->number) || out->sums == REPORT_SUMS_MAX)
            return bad_form(problems, "sums");
        out->sum[out->sums++] = (int)s->number;
    }
    return OK;
}

static Err below_read(const Json *json, FormReport *out, Problems *problems)
{
    Str     below = { 0 };
    int64_t at    = 0;
    if (!json_get_text(json, "below", &below)) return OK;
    int kind = place_of(below, below_names);
    json_get_i64(json, "below_at", &at);
    if (kind < 0 || !is_column(at)) return bad_form(problems, "below");
    out->below    = (SumsBelow)kind;
    out->below_at = (int)at;
    return OK;
}

static Err report_read(const Json *json, FormReport *out, Problems *problems)
{
    Str         shape = { 0 }, across = { 0 };
    int64_t     label = 0;
    const Json *levels = json_get(json, "levels");
    if (!json_get_text(json, "shape", &shape)) return OK;
    int at = place_of(shape, shape_names);
    if (at < 0) return bad_form(problems, "shape");
    out->shape  = (TableShape)at;
    if (json_get_text(json, "across", &across)) out->across = says_of(across);
    out->across_said = str_eq(across, S("nothing"));
    if (across.n && !out->across && !out->across_said) return bad_form(problems, "across");
    if (json_get_i64(json, "label", &label)) {
        if (!is_column(label)) return bad_form(problems, "label");
        out->label = (int)label + 1;
    }
    TRY(sums_read(json_get(json, "sums"), out, problems));
    TRY(below_read(json, out, problems));
    for (const Json *l = levels ? levels->first : NULL; l; l = l->next) {
        ReportSays says = l->kind == JSON_IS_TEXT ? says_of(l->text) : SAYS_NOTHING;
        if (!says || out->levels == REPORT_LEVELS_MAX) return bad_form(problems, "levels");
        out->level[out->levels++] = says;
    }
    json_get_bool(json, "fill", &out->fill);
    json_get_bool(json, "sheets", &out->sheets);
    json_get_bool(json, "name_day", &out->name_day);
    return OK;
}

Err form_read(const Json *json, TableForm *out, Problems *problems)
{
    Str     kind = { 0 }, encoding = { 0 }, delimiter = { 0 }, day = { 0 }, decimal = { 0 }, group = { 0 };
    int64_t begins = 0, sheet = 0, columns = 0;
    json_get_text(json, "kind", &kind);
    json_get_text(json, "encoding", &encoding);
    json_get_text(json, "delimiter", &delimiter);
    json_get_text(json, "day", &day);
    json_get_text(json_get(json, "number"), "decimal", &decimal);
    json_get_text(json_get(json, "number"), "group", &group);
    json_get_i64(json, "begins", &begins);
    json_get_i64(json, "sheet", &sheet);
    json_get_i64(json, "columns", &columns);
    int kind_at = place_of(kind, kind_names), encoding_at = place_of(encoding, encoding_keys),
        day_at = place_of(day, day_order_keys);
    if (kind_at < 0) return bad_form(problems, "kind");
    if (encoding_at < 0) return bad_form(problems, "encoding");
    if (day_at < 0) return bad_form(problems, "day");
    if (begins < 0) return bad_form(problems, "begins");
    if (sheet < 0 || sheet > 10000) return bad_form(problems, "sheet");
    if (columns < 1 || columns > SHEET_COLUMNS_MAX) return bad_form(problems, "columns");
    *out = (TableForm){ .kind = (FileKind)kind_at,
                        .encoding = (Encoding)encoding_at,
                        .begins = begins,
                        .sheet = (int)sheet,
                        .columns = (int)columns,
                        .day = (DayOrder)day_at };
    out->delimiter      = one_of(delimiter, ",;\t| ");
    out->number.decimal = one_of(decimal, ".,");
    out->number.group   = one_of(group, " .,'");
    json_get_bool(json, "quotes", &out->quotes);
    json_get_bool(json, "header", &out->header);
    TRY(report_read(json_get(json, "report"), &out->report, problems));
    if (out->kind == FILE_CSV && !out->delimiter) return bad_form(problems, "delimiter");
    if (!out->number.decimal || out->number.decimal == out->number.group) return bad_form(problems, "decimal");
    return OK;
}
