/* Rows of a file of sales that are none. */
#include "sales/reading/sales_left.h"

#include "core/utf8.h"
#include "format/charset.h"
#include "format/number.h"
#include "sales/reading/columns_inside.h"
#include "sales/reading/total_said.h"

#include <string.h>

enum { CELL_ROOM = 512, SURE = 1000 };

static Str decoded_from(Encoding encoding, Str cell, char room[CELL_ROOM])
{
    cell = str_upto(cell, CELL_ROOM / 4);
    if (encoding == ENC_UTF8) return str_trim(cell);
    Buf utf8 = { .data = room, .cap = CELL_ROOM };
    text_to_utf8(encoding, cell, &utf8);
    return str_trim(buf_str(&utf8));
}

static Str decoded(const SalesRows *s, Str cell, char room[CELL_ROOM])
{
    return decoded_from(s->form.encoding, cell, room);
}

static Str cell_of(const Str *field, int n, int at)
{
    return at >= 0 && at < n ? field[at] : S("");
}

/* ---- words of sums ---- */

/* The first cell with something in it, and the cells that name what was sold, to whom and when. */
static int worded_cells(const SalesRows *s, const Str *field, int n, Str out[6])
{
    static const SalesColumn named[] = { COL_CLIENT, COL_PRODUCT, COL_DOCUMENT, COL_DATE };
    int first = 0, cells = 0;
    while (first < n && !str_trim(field[first]).n) first++;
    if (first < n) out[cells++] = field[first];
    for (ptrdiff_t i = 0; i < COUNT(named); i++)
        if (s->columns.at[named[i]] != first) out[cells++] = cell_of(field, n, s->columns.at[named[i]]);
    return cells;
}

/* The surest of them; *of and *cell are pieces of the row or of room. */
static TotalSaid row_total_said(const SalesRows *s, const Str *field, int n, char room[CELL_ROOM], Str *cell, Str *of)
{
    Str       cells[6];
    int       count = worded_cells(s, field, n, cells);
    TotalSaid best  = TOTAL_NOT;
    for (int i = 0; i < count && best != TOTAL_SURE; i++) {
        char      other[CELL_ROOM];
        Str       before, text = decoded(s, cells[i], other);
        TotalSaid said = text.n ? total_said(text, &before) : TOTAL_NOT;
        if (said <= best) continue;
        best  = said;
        text  = decoded(s, cells[i], room);
        *cell = text;
        *of   = str_upto(text, before.n);
    }
    return best;
}

Str row_total_cell(const SalesRows *s, const Str *field, int n)
{
    Str cells[6];
    int count = worded_cells(s, field, n, cells);
    for (int i = 0; i < count; i++) {
        char room[CELL_ROOM];
        if (total_said(decoded(s, cells[i], room), NULL) != TOTAL_NOT) return cells[i];
    }
    return count ? cells[0] : S("");
}

/* ---- heads ---- */

/* The names are compared as they stand. */
static int name_at(const SalesColumns *c, Str text)
{
    for (int i = 0; i < c->name_count && text.n; i++)
        if (str_eq(c->names[i], text)) return i;
    return -1;
}

/* All names that stand there are names of columns: in their places, or exchanged. */
static bool is_header(SalesRows *s, const Str *field, int n)
{
    int  names = 0, others = 0;
    bool moved = false;
    for (int i = 0; i < n; i++) {
        char room[CELL_ROOM];
        Str  text = decoded(s, field[i], room);
        int  at   = name_at(&s->columns, text);
        names += at >= 0;
        others += text.n && at < 0;
        moved |= at >= 0 && at != i && !str_eq(s->columns.names[i < s->columns.name_count ? i : 0], text);
    }
    if (names < 2 || others > 0) return false;
    s->exchanged |= moved;
    return true;
}

static bool has_digit(Str text)
{
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (text.s[i] >= '0' && text.s[i] <= '9') return true;
    return false;
}

/* Words in each cell, and at least two of them names of different columns of sales. */
static bool heads_another(const SalesRows *s, const Str *field, int n)
{
    int  cells = 0, sure = 0;
    bool seen[COL_COUNT] = { 0 };
    for (int i = 0; i < n; i++) {
        char  room[CELL_ROOM], words[4 * CELL_ROOM];
        Arena mem  = ARENA_ON(words);
        Str   text = decoded(s, field[i], room);
        if (!text.n) continue;
        if (has_digit(text) || text.n > 60) return false;
        cells++;
        Str name = column_words(&mem, text);
        for (int c = 0; c < COL_COUNT; c++)
            if (!seen[c] && column_name_score(name, (SalesColumn)c) >= SURE) {
                seen[c] = true;
                sure++;
                break;
            }
    }
    return cells >= 3 && sure >= 2 && seen[COL_DATE] + seen[COL_AMOUNT] + seen[COL_QUANTITY] + seen[COL_PRICE] > 0;
}

/* ---- in the order of the file ---- */

static void label_set(Label *l, Str text)
{
    l->n = text.n < LABEL_KEPT ? text.n : LABEL_KEPT;
    if (l->n) memcpy(l->text, text.s, (size_t)l->n);
}

static Str label(const Label *l)
{
    return (Str){ l->text, l->n };
}

/* The sum where one of the sums before stood; 0 is the beginning. */
static Wide before_of(const TotalsSeen *t, int64_t back)
{
    return back >= t->totals ? 0 : t->before[(t->totals - 1 - back) % TOTALS_KEPT];
}

static bool adds_up(const TotalsSeen *t, Money stated)
{
    int64_t most = t->totals < TOTALS_KEPT - 1 ? t->totals : TOTALS_KEPT - 1;
    for (int64_t back = 0; back <= most; back++)
        if (t->sum - before_of(t, back) == stated) return true;
    return t->sum == stated;
}

static bool amount_at(const SalesRows *s, const Str *field, int n, Money *out)
{
    char room[CELL_ROOM];
    int  at = s->columns.at[COL_AMOUNT];
    return at >= 0 && number_read(decoded(s, cell_of(field, n, at), room), s->form.number, 2, out) == CELL_READ;
}

static void total_note(TotalsSeen *t, bool has_amount, Money stated, int64_t at, Str cell)
{
    if (has_amount && !t->differs && !adds_up(t, stated)) {
        t->differs = at;
        t->stated  = stated;
        t->added   = (Money)(t->sum - before_of(t, 0));
        label_set(&t->said, cell);
    }
    t->before[t->totals++ % TOTALS_KEPT] = t->sum;
    t->since                             = 0;
}

/* With a sheet the sums begin again. */
static void sheet_turns(TotalsSeen *t, int64_t at)
{
    if (at >> ROW_BITS == t->sheet) return;
    t->sheet = at >> ROW_BITS;
    t->since = 0;
    t->before[t->totals++ % TOTALS_KEPT] = t->sum;
    t->client.n = t->product.n = t->document.n = 0;
}

/* A row that looks as sums do, without a day or a client. */
static RowFate marked_left(SalesRows *s, const Str *field, int n, RowFate fate, int64_t at)
{
    Money stated = 0;
    sheet_turns(s->totals, at);
    if (!amount_at(s, field, n, &stated) || !adds_up(s->totals, stated)) return fate;
    total_note(s->totals, true, stated, at, row_total_cell(s, field, n));
    return ROW_TOTAL;
}

RowFate row_left(SalesRows *s, const Str *field, int n, RowFate fate, int64_t at)
{
    char  room[CELL_ROOM];
    Str   cell, of;
    Money stated  = 0;
    bool  may_head = s->columns.name_count && (fate == ROW_BAD_DATE || fate == ROW_BAD_AMOUNT);
    if (may_head && is_header(s, field, n)) return ROW_HEADER;
    TotalSaid said = row_total_said(s, field, n, room, &cell, &of);
    if (said == TOTAL_NOT && s->marked && s->totals) return marked_left(s, field, n, fate, at);
    if (said == TOTAL_NOT)
        return may_head && heads_another(s, field, n) ? ROW_OTHER_TABLE : fate;
    if (s->totals) {
        sheet_turns(s->totals, at);
        bool has = amount_at(s, field, n, &stated);
        total_note(s->totals, has, stated, at, cell);
    }
    return ROW_TOTAL;
}

/* `Ромашка Итог` under rows of Ромашка, or with the very amount of the rows above. */
static bool is_total_of(const TotalsSeen *t, Str of, Money amount)
{
    if (!of.n || !t->since) return false;
    if (str_eq(of, label(&t->client)) || str_eq(of, label(&t->product)) || str_eq(of, label(&t->document))) return true;
    return t->since > 1 && adds_up(t, amount);
}

RowFate row_in_order(SalesRows *s, const Str *field, int n, const SaleRow *row)
{
    char        room[CELL_ROOM];
    TotalsSeen *t    = s->totals;
    Str         cell = S(""), of = S("");
    sheet_turns(t, row->at);
    TotalSaid   said = row_total_said(s, field, n, room, &cell, &of);
    if (s->marked && said == TOTAL_NOT) cell = row_total_cell(s, field, n);
    if (said == TOTAL_SURE || s->marked || (said == TOTAL_PERHAPS && is_total_of(t, of, row->amount))) {
        total_note(t, true, row->amount, row->at, cell);
        if (!t->left++) {
            t->left_row = row->at;
            label_set(&t->left_said, cell);
        }
        return ROW_TOTAL;
    }
    t->sum += row->amount;
    t->since++;
    label_set(&t->client, row->client);
    label_set(&t->product, row->product);
    label_set(&t->document, row->document);
    return ROW_USED;
}

bool names_say_totals(const Str *name, ptrdiff_t n, Encoding encoding)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        char room[CELL_ROOM];
        Str  text = name[i];
        if (text.n > CELL_ROOM / 4) continue;
        if (encoding != ENC_UTF8) text = decoded_from(encoding, text, room);
        if (total_likely(text) && total_said(text, NULL) != TOTAL_NOT) return true;
    }
    return false;
}
