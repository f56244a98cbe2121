/* Which column of a file of sales says what: by name, then by content. */
#include "sales/reading/columns.h"
#include "sales/reading/columns_documents.h"
#include "sales/reading/columns_inside.h"
#include "sales/reading/known_exports.h"

const char *const sales_column_names[COL_COUNT] = {
    [COL_CLIENT] = "client",     [COL_DATE] = "date",       [COL_AMOUNT] = "amount",
    [COL_QUANTITY] = "quantity", [COL_PRICE] = "price",     [COL_DOCUMENT] = "document",
    [COL_PRODUCT] = "product",   [COL_RETURN] = "return",   [COL_COST] = "cost",
    [COL_SELLER] = "seller",     [COL_CHANNEL] = "channel", [COL_CLIENT_KEY] = "client_key",
    [COL_INN] = "inn",           [COL_PHONE] = "phone",     [COL_PRODUCT_KEY] = "product_key",
    [COL_STATE] = "state",       [COL_WON] = "won",
};

const char *const sales_column_words[COL_COUNT] = {
    [COL_CLIENT] = "columns.role.client",
    [COL_DATE] = "columns.role.date",
    [COL_AMOUNT] = "columns.role.amount",
    [COL_QUANTITY] = "columns.role.quantity",
    [COL_PRICE] = "columns.role.price",
    [COL_DOCUMENT] = "columns.role.document",
    [COL_PRODUCT] = "columns.role.product",
    [COL_RETURN] = "columns.role.return",
    [COL_COST] = "columns.role.cost",
    [COL_SELLER] = "columns.role.seller",
    [COL_CHANNEL] = "columns.role.channel",
    [COL_CLIENT_KEY] = "columns.role.client_key",
    [COL_INN] = "columns.role.inn",
    [COL_PHONE] = "columns.role.phone",
    [COL_PRODUCT_KEY] = "columns.role.product_key",
    [COL_STATE] = "columns.role.state",
    [COL_WON] = "columns.role.won",
};

/* ---- by name ---- */

typedef struct {
    int *score; /* [columns][COL_COUNT] */
    int  columns;
} Scores;

static Scores scores_of(Arena *mem, const Recognised *r)
{
    Scores s = { .score = NEW_N(mem, int, (ptrdiff_t)r->form.columns * COL_COUNT), .columns = r->form.columns };
    for (int at = 0; at < s.columns; at++) {
        Arena scratch = *mem;
        Str   words   = column_words(&scratch, r->names[at]);
        for (int c = 0; c < COL_COUNT && words.n; c++)
            s.score[at * COL_COUNT + c] = column_name_score(words, (SalesColumn)c);
    }
    return s;
}

static bool is_free(const SalesColumns *out, int at)
{
    for (int c = 0; c < COL_COUNT; c++)
        if (out->at[c] == at) return false;
    return true;
}

/* Where quantity and price were told, a sum that merely looks like one is not wanted. */
static bool is_wanted(const SalesColumns *out, SalesColumn column, bool priced)
{
    return out->at[column] < 0 && !(priced && column == COL_AMOUNT);
}

/* From how sure a name on columns are taken, and whether one cell that reads is enough for them. */
typedef struct {
    int  least;
    bool any_cell;
} Pass;

/* A whole name is believed before a part of one, and against most cells: a file of three rows with a total, dashes or
 * #DIV/0! below `Сумма` still has its sums there.  But a column that is all like its name goes first. */
static const Pass passes[] = { { 1000, false }, { 1000, true }, { 1, false } };

static bool column_passes(const Recognised *r, int at, SalesColumn column, Pass pass)
{
    return pass.any_cell ? column_reads_at_all(r, at, column) : column_may_be(r, at, column);
}

/* The surest name first, each column once. */
static bool take_best(const Recognised *r, const Scores *s, bool priced, Pass pass, SalesColumns *out)
{
    int best = pass.least - 1, best_at = 0, best_column = -1;
    for (int at = 0; at < s->columns; at++)
        for (int c = 0; c < COL_COUNT; c++) {
            int score = s->score[at * COL_COUNT + c];
            if (score <= best || !is_wanted(out, (SalesColumn)c, priced) || !is_free(out, at) ||
                !column_passes(r, at, (SalesColumn)c, pass))
                continue;
            best        = score;
            best_at     = at;
            best_column = c;
        }
    if (best_column >= 0) out->at[best_column] = best_at;
    return best_column >= 0;
}

static void only_code_is_the_thing(SalesColumns *out, SalesColumn thing, SalesColumn code)
{
    if (out->at[thing] >= 0 || out->at[code] < 0) return;
    out->at[thing] = out->at[code];
    out->at[code]  = -1;
}

/* ---- rows of one document ---- */

static void take_names(const Recognised *r, const Scores *s, bool priced, SalesColumns *out)
{
    for (ptrdiff_t i = 0; i < COUNT(passes); i++)
        while (take_best(r, s, priced, passes[i], out)) continue;
}

static bool has_price(const SalesColumns *out)
{
    return out->at[COL_QUANTITY] >= 0 && out->at[COL_PRICE] >= 0;
}

/* A client and a day may be those of the document, a sum may not. */
static bool is_missing_in_rows(const Recognised *r, const SalesColumns *out, SalesColumn column)
{
    if (out->at[column] < 0) return false;
    ValueOf value = column_value_of(r, out, out->at[column]);
    return value == OF_DOCUMENT_ONCE || (value == OF_DOCUMENT && column == COL_AMOUNT);
}

/* Does another column, or quantity and price, say what this one says for a document only?  If not, it stays. */
static void row_value_instead(const Recognised *r, Scores *s, SalesColumn column, SalesColumns *out)
{
    int first = out->at[column];
    while (is_missing_in_rows(r, out, column)) {
        s->score[out->at[column] * COL_COUNT + column] = 0;
        out->at[column] = -1;
        take_names(r, s, false, out);
    }
    if (out->at[column] < 0 && !(column == COL_AMOUNT && has_price(out))) out->at[column] = first;
}

/* A client, a day or a sum that stands only beside the first row of each document, and a sum that is repeated beside
 * all of them, are not those of the rows. */
static Err rows_respected(const Recognised *r, Scores *s, const bool *told, SalesColumns *out, Problems *problems)
{
    static const SalesColumn of_rows[] = { COL_AMOUNT, COL_CLIENT, COL_DATE };
    for (ptrdiff_t i = 0; i < COUNT(of_rows); i++)
        if (!told[of_rows[i]]) row_value_instead(r, s, of_rows[i], out);
    int amount = out->at[COL_AMOUNT];
    if (told[COL_AMOUNT] || amount < 0 || column_value_of(r, out, amount) != OF_DOCUMENT) return OK;
    return PROBLEM(problems, INVALID, "columns", "columns.document_total", arg_text("what", r->names[amount]),
                   arg_text("option", str_of(sales_column_names[COL_AMOUNT])));
}

/* ---- our own export ---- */

static int column_named(const Recognised *r, const char *name)
{
    for (int at = 0; at < r->form.columns; at++)
        if (str_eq(r->names[at], str_of(name))) return at;
    return -1;
}

/* `sbyt export sale` heads its columns with the names of fields.  Clients and products come back by their titles:
 * client_id and product_id are places in a base, not anybody's numbers. */
static bool own_export(const Recognised *r, SalesColumns *out)
{
    static const char *const mine[COL_COUNT] = {
        [COL_CLIENT] = "client", [COL_DATE] = "day",        [COL_AMOUNT] = "amount",   [COL_QUANTITY] = "qty",
        [COL_PRICE] = "price",   [COL_DOCUMENT] = "number", [COL_RETURN] = "kind",     [COL_PRODUCT] = "product",
        [COL_COST] = "cost",     [COL_SELLER] = "seller",   [COL_CHANNEL] = "channel",
    };
    static const char *const sure[] = { "id",   "number", "day",        "client_id", "client",
                                        "kind", "source", "product_id", "amount" };
    for (ptrdiff_t i = 0; i < COUNT(sure); i++)
        if (column_named(r, sure[i]) < 0) return false;
    for (int c = 0; c < COL_COUNT; c++) out->at[c] = mine[c] ? column_named(r, mine[c]) : -1;
    return true;
}

/* ---- signs of the cells ---- */

static bool point_zero(Str cell)
{
    int64_t number;
    return str_ends(cell, S(".0")) && str_i64(str_upto(cell, cell.n - 2), &number);
}

static bool all_point_zero(const Recognised *r, int at)
{
    int64_t filled = 0;
    for (ptrdiff_t i = 0; i < r->rows; i++) {
        Str cell = row_cell(&r->row[i], at);
        if (cell.n && !point_zero(cell)) return false;
        filled += cell.n > 0;
    }
    return filled > 0;
}

static void whole_mark(const Recognised *r, SalesColumns *out)
{
    static const SalesColumn names[] = { COL_CLIENT,      COL_CLIENT_KEY, COL_DOCUMENT, COL_PRODUCT,
                                         COL_PRODUCT_KEY, COL_INN,        COL_PHONE };
    for (ptrdiff_t i = 0; i < COUNT(names); i++) {
        int at              = out->at[names[i]];
        out->whole[names[i]] = at >= 0 && all_point_zero(r, at);
    }
}

static bool is_negative(const Recognised *r, const SampleRow *row, int at)
{
    int64_t value;
    return at >= 0 && number_read(row_cell(row, at), r->form.number, 2, &value) == CELL_READ && value < 0;
}

/* A C (Latin or Cyrillic) before the number of a document is a mark where some have it, not all, and all that have it
 * are negative. */
static bool c_is_a_mark(const Recognised *r, const SalesColumns *out)
{
    int64_t marked = 0, plain = 0;
    for (ptrdiff_t i = 0; i < r->rows && out->at[COL_DOCUMENT] >= 0; i++) {
        Str  cell = row_cell(&r->row[i], out->at[COL_DOCUMENT]);
        bool c    = cell.n > 1 && *cell.s == 'C' && cell.s[1] >= '0' && cell.s[1] <= '9';
        if (c && !is_negative(r, &r->row[i], out->at[COL_QUANTITY]) && !is_negative(r, &r->row[i], out->at[COL_AMOUNT]))
            return false;
        marked += c;
        plain += !c;
    }
    return marked && plain;
}

static void forms_by_columns(Arena scratch, Recognised *r, const SalesColumns *out)
{
    static const SalesColumn matter[] = { COL_DATE, COL_AMOUNT, COL_QUANTITY, COL_PRICE, COL_COST };
    bool *counts = NEW_N(&scratch, bool, r->form.columns);
    for (ptrdiff_t i = 0; i < COUNT(matter); i++)
        if (out->at[matter[i]] >= 0) counts[out->at[matter[i]]] = true;
    forms_decide(r, counts);
    int date = out->at[COL_DATE];
    if (date >= 0 && r->seen[date].days.dates == 0 && r->seen[date].days.serials) r->form.day = DAY_SERIAL;
}

/* ---- what is missing ---- */

/* Of the columns left over, those whose name says it though their cells do not, and those whose cells could be it. */
static bool comes_near(const Recognised *r, const Scores *s, int at, SalesColumn column)
{
    if (s->score[at * COL_COUNT + column] > 0) return true;
    if (column == COL_DATE) return column_kind(&r->seen[at]) == SEEN_DAY;
    bool fractions = r->seen[at].numbers.whole < r->seen[at].numbers.numbers;
    return column == COL_AMOUNT && column_kind(&r->seen[at]) == SEEN_NUMBER && fractions;
}

static Err missing(Arena *mem, const Recognised *r, const Scores *s, const SalesColumns *out, SalesColumn column,
                   Problems *problems)
{
    Buf near = buf_new(mem, 256);
    for (int at = 0; at < s->columns; at++) {
        if (!is_free(out, at) || !comes_near(r, s, at, column)) continue;
        if (near.len) buf_c(&near, ", ");
        if (r->names[at].n) buf_put(&near, r->names[at]);
        else buf_i64(&near, at + 1);
    }
    Arg what = arg_word("column", sales_column_words[column]),
        option = arg_text("option", str_of(sales_column_names[column]));
    if (near.len)
        return PROBLEM(problems, INVALID, "columns", "columns.missing_near", what, option,
                       arg_text("near", buf_str(&near)));
    return PROBLEM(problems, INVALID, "columns", "columns.missing", what, option);
}

static Err complete(Arena *mem, const Recognised *r, const Scores *s, const SalesColumns *out, Problems *problems)
{
    Err  err   = OK;
    bool money = out->at[COL_AMOUNT] >= 0 || (out->at[COL_QUANTITY] >= 0 && out->at[COL_PRICE] >= 0);
    if (out->at[COL_CLIENT] < 0 && out->at[COL_INN] < 0) err = missing(mem, r, s, out, COL_CLIENT, problems);
    if (out->at[COL_DATE] < 0) err = missing(mem, r, s, out, COL_DATE, problems);
    if (!money) err = missing(mem, r, s, out, COL_AMOUNT, problems);
    const char *known = err ? known_export(*mem, r) : NULL;
    if (known) PROBLEM(problems, INVALID, "columns", "columns.resembles", arg_word("export", known));
    return err;
}

/* Two columns of one name: nobody can know which one is meant, unless a number says so. */
static Err duplicate_refused(const Recognised *r, const SalesColumns *out, const bool *by_number, Problems *problems)
{
    for (int c = 0; c < COL_COUNT; c++) {
        int mine = out->at[c];
        for (int at = 0; at < r->form.columns && mine >= 0 && !by_number[c]; at++) {
            if (at == mine || r->names[at].n == 0 || !str_eq(r->names[at], r->names[mine])) continue;
            int first = at < mine ? at : mine, second = at < mine ? mine : at;
            return PROBLEM(problems, INVALID, "columns", "columns.duplicate", arg_text("what", r->names[at]),
                           arg_count("first", first + 1), arg_count("second", second + 1),
                           arg_text("option", str_of(sales_column_names[c])));
        }
    }
    return OK;
}

/* ---- all together ---- */

static bool names_say_nothing(const SalesColumns *out)
{
    return out->at[COL_CLIENT] < 0 && out->at[COL_DATE] < 0 && out->at[COL_AMOUNT] < 0 && out->at[COL_QUANTITY] < 0 &&
           out->at[COL_PRICE] < 0 && out->at[COL_DOCUMENT] < 0 && out->at[COL_PRODUCT] < 0 && out->at[COL_CHANNEL] < 0;
}

Err sales_columns_find(Arena *mem, Recognised *r, Str told, SalesColumns *out, Problems *problems)
{
    bool by_number[COL_COUNT] = { 0 };
    *out                      = (SalesColumns){ 0 };
    for (int c = 0; c < COL_COUNT; c++) out->at[c] = -1;
    TRY(columns_told(mem, r, told, out, by_number, problems));
    bool   own      = !told.n && own_export(r, out);
    bool   priced   = out->at[COL_AMOUNT] < 0 && has_price(out), is_told[COL_COUNT];
    Scores scores   = scores_of(mem, r);
    columns_which_told(told, is_told);
    is_told[COL_AMOUNT] |= priced;
    if (!own) take_names(r, &scores, priced, out);
    if (!own) columns_by_signs(*mem, r, out);
    if (!own) TRY(rows_respected(r, &scores, is_told, out, problems));
    TRY(duplicate_refused(r, out, by_number, problems));
    only_code_is_the_thing(out, COL_CLIENT, COL_CLIENT_KEY);
    only_code_is_the_thing(out, COL_PRODUCT, COL_PRODUCT_KEY);
    if (!own) columns_by_content(r, !told.n && names_say_nothing(out), out);
    if (!own) columns_of_states(*mem, r, out);
    forms_by_columns(*mem, r, out);
    whole_mark(r, out);
    out->names              = r->names;
    out->name_count         = r->form.header ? r->form.columns : 0;
    out->c_marks_return     = c_is_a_mark(r, out);
    out->names_mark_returns = !is_told[COL_DOCUMENT] && out->at[COL_RETURN] < 0;
    return complete(mem, r, &scores, out, problems);
}

Err sales_recognise(Arena *mem, Str file, FormWish wish, Str told, Recognised *r, SalesColumns *out, Problems *problems)
{
    TRY(sales_table_recognise(mem, file, wish, r, problems));
    return sales_columns_find(mem, r, told, out, problems);
}
