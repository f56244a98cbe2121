/* The columns a person told: `client=Контрагент,date=2,amount=Сумма`. */
#include "core/utf8.h"
#include "sales/exchange/columns_inside.h"

static bool role_of(Str name, SalesColumn *out)
{
    for (int c = 0; c < COL_COUNT; c++)
        if (str_eq(str_trim(name), str_of(sales_column_names[c]))) return *out = (SalesColumn)c, true;
    return false;
}

/* Where the next `role=` begins behind a comma, so that names may hold commas; the end when there is none. */
static ptrdiff_t value_end(Str told)
{
    SalesColumn role;
    for (ptrdiff_t i = 0; i < told.n; i++) {
        if (told.s[i] != ',') continue;
        Str behind = str_from(told, i + 1), name = str_cut(&behind, '=');
        if (behind.n && (role_of(name, &role) || str_find(name, S(",")) < 0)) return i;
    }
    return told.n;
}

static int column_by_name(Arena scratch, const Recognised *r, Str name, bool *by_number)
{
    Str folded = name_find(&scratch, name);
    *by_number = false;
    for (int at = 0; at < r->form.columns; at++)
        if (str_eq(r->names[at], name)) return at;
    for (int at = 0; at < r->form.columns; at++)
        if (str_eq(name_find(&scratch, r->names[at]), folded)) return at;
    int64_t number;
    *by_number = str_i64(name, &number) && number >= 1 && number <= r->form.columns;
    return *by_number ? (int)number - 1 : -1;
}

/* How many letters must be added, dropped or changed (Levenshtein 1965), up to texts of 60 bytes; beyond: far away. */
static int distance(Str a, Str b)
{
    int row[61];
    if (a.n > 60 || b.n > 60) return 99;
    for (int i = 0; i <= b.n; i++) row[i] = i;
    for (ptrdiff_t i = 0; i < a.n; i++) {
        int corner = row[0];
        row[0]     = (int)i + 1;
        for (ptrdiff_t k = 0; k < b.n; k++) {
            int change = corner + (a.s[i] != b.s[k]), least = row[k] < row[k + 1] ? row[k] + 1 : row[k + 1] + 1;
            corner     = row[k + 1];
            row[k + 1] = change < least ? change : least;
        }
    }
    return row[b.n];
}

static bool is_near(Str a, Str b)
{
    if (a.n == 0 || b.n == 0) return false;
    return str_find(a, b) >= 0 || str_find(b, a) >= 0 || distance(a, b) * 3 <= a.n;
}

static Err refuse_name(Arena *mem, const Recognised *r, Str name, Problems *problems)
{
    Buf near   = buf_new(mem, 256);
    Str folded = name_find(mem, name);
    for (int at = 0; at < r->form.columns; at++) {
        if (!is_near(folded, name_find(mem, r->names[at]))) continue;
        if (near.len) buf_c(&near, ", ");
        buf_put(&near, r->names[at]);
    }
    if (near.len) return PROBLEM(problems, INVALID, NULL, "columns.no_such_near", arg_text("text", name), arg_text("near", buf_str(&near)));
    return PROBLEM(problems, INVALID, NULL, "columns.no_such", arg_text("text", name), arg_count("columns", r->form.columns));
}

void columns_which_told(Str told, bool out[COL_COUNT])
{
    for (int c = 0; c < COL_COUNT; c++) out[c] = false;
    while (told.n) {
        Str         rest = told, role = str_cut(&rest, '=');
        SalesColumn column;
        if (role_of(role, &column)) out[column] = true;
        told = str_from(rest, value_end(rest) + 1);
    }
}

Err columns_told(Arena *mem, const Recognised *r, Str told, SalesColumns *out, bool *by_number, Problems *problems)
{
    while (told.n) {
        Str         rest = told, role = str_cut(&rest, '=');
        Str         name = str_trim(str_upto(rest, value_end(rest)));
        SalesColumn column;
        told = str_from(rest, value_end(rest) + 1);
        if (!role_of(role, &column)) return PROBLEM(problems, INVALID, "columns", "columns.no_role", arg_text("text", str_trim(role)));
        if (out->at[column] >= 0) return PROBLEM(problems, INVALID, "columns", "columns.told_twice", arg_word("column", sales_column_words[column]));
        out->at[column] = column_by_name(*mem, r, name, &by_number[column]);
        if (out->at[column] < 0) return refuse_name(mem, r, name, problems);
    }
    return OK;
}
