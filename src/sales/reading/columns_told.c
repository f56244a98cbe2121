/* The columns a person told: `client=Контрагент,date=2,amount=Сумма` of sales, `name=Фирма,inn=3` of records. */
#include "core/utf8.h"
#include "sales/reading/columns_inside.h"

/* Of records `Название=2` says the same as `name=2`. */
static ptrdiff_t meaning_of(const Meanings *of, Str name)
{
    for (ptrdiff_t i = 0; i < of->n; i++)
        if (str_eq(str_trim(name), of->at[i].name) || (!of->at[i].word && str_eq(str_trim(name), of->at[i].label)))
            return i;
    return -1;
}

/* Where the next `role=` begins behind a comma, so that names may hold commas; the end when there is none. */
static ptrdiff_t value_end(const Meanings *of, Str told)
{
    for (ptrdiff_t i = 0; i < told.n; i++) {
        if (told.s[i] != ',') continue;
        Str behind = str_from(told, i + 1), name = str_cut(&behind, '=');
        if (behind.n && (meaning_of(of, name) >= 0 || str_find(name, S(",")) < 0)) return i;
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
    if (near.len)
        return PROBLEM(problems, INVALID, NULL, "columns.no_such_near", arg_text("what", name),
                       arg_text("near", buf_str(&near)));
    return PROBLEM(problems, INVALID, NULL, "columns.no_such", arg_text("what", name),
                   arg_count("columns", r->form.columns));
}

static Meanings sales_meanings(Meaning *roles)
{
    for (int c = 0; c < COL_COUNT; c++)
        roles[c] = (Meaning){ .name = str_of(sales_column_names[c]), .word = sales_column_words[c] };
    return (Meanings){ roles, COL_COUNT };
}

void columns_which_told(Str told, bool out[COL_COUNT])
{
    for (int c = 0; c < COL_COUNT; c++) out[c] = false;
    Meaning  roles[COL_COUNT];
    Meanings of = sales_meanings(roles);
    while (told.n) {
        Str       rest = told, role = str_cut(&rest, '=');
        ptrdiff_t column = meaning_of(&of, role);
        if (column >= 0) out[column] = true;
        told = str_from(rest, value_end(&of, rest) + 1);
    }
}

static Err refuse_meaning(Arena *mem, const Meanings *of, Str what, Problems *problems)
{
    Buf names = buf_new(mem, 512);
    if (of->n && of->at[0].word)
        return PROBLEM(problems, INVALID, "columns", "columns.no_role", arg_text("what", str_trim(what)));
    for (ptrdiff_t i = 0; i < of->n && names.len < 180; i++) {
        if (i) buf_c(&names, ", ");
        buf_put(&names, of->at[i].name);
    }
    return PROBLEM(problems, INVALID, "columns", "columns.no_field", arg_text("what", str_trim(what)),
                   arg_text("names", buf_str(&names)));
}

Err meanings_told(Arena *mem, const Recognised *r, Str told, const Meanings *of, int *at, bool *by_number,
                  Problems *problems)
{
    while (told.n) {
        Str       rest = told, role = str_cut(&rest, '=');
        Str       name = str_trim(str_upto(rest, value_end(of, rest)));
        ptrdiff_t i    = meaning_of(of, role);
        told           = str_from(rest, value_end(of, rest) + 1);
        if (i < 0) return refuse_meaning(mem, of, role, problems);
        Arg column = of->at[i].word ? arg_word("column", of->at[i].word) : arg_text("column", of->at[i].label);
        if (at[i] >= 0) return PROBLEM(problems, INVALID, "columns", "columns.told_twice", column);
        at[i] = column_by_name(*mem, r, name, &by_number[i]);
        if (at[i] < 0) return refuse_name(mem, r, name, problems);
    }
    return OK;
}

Err columns_told(Arena *mem, const Recognised *r, Str told, SalesColumns *out, bool *by_number, Problems *problems)
{
    Meaning  roles[COL_COUNT];
    Meanings of = sales_meanings(roles);
    return meanings_told(mem, r, told, &of, out->at, by_number, problems);
}
