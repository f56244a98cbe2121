/* The analysis as a workbook. */
#include "app/analyze_book.h"

#include "app/analyze_findings.h"
#include "format/xlsx_out.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

typedef struct {
    const Analysis *a;
    Voice           v;
    XlsxOut        *to;
    Arena          *mem;
    Arg             args[ANALYSIS_ARGS];
} Book;

static Str word(const Book *b, const char *key)
{
    Buf text = buf_new(b->mem, 64);
    words_put(&text, b->v, key, b->args, ANALYSIS_ARGS);
    return buf_str(&text);
}

static Str row_text(const Book *b, int64_t row)
{
    Buf text = buf_new(b->mem, 32);
    row_at_put(&text, b->v, row);
    return buf_str(&text);
}

static OutCell cell_of(const Book *b, const Arg *a)
{
    switch (a->kind) {
    case ARG_COUNT: return out_number(a->number, 0);
    case ARG_MONEY:
    case ARG_ABOUT: return out_money(a->number);
    case ARG_SHARE: return out_number(a->number, 4); /* parts per million are ten-thousandths of a percent */
    case ARG_DAY:   return out_day((Day)a->number);
    case ARG_MONTH: return out_day(month_first((Month)a->number));
    case ARG_ROW:   return a->number >> ROW_BITS ? out_text(row_text(b, a->number)) : out_number(a->number, 0);
    case ARG_WORD:  return out_text(word(b, str_c(b->mem, a->text)));
    case ARG_TITLE:
    case ARG_TEXT:  break;
    }
    return a->text.n ? out_text(a->text) : (OutCell){ 0 };
}

enum { ROWS_LOOKED_AT = 20 };

/* Does a column hold shares?  Its first rows say so. */
static bool holds_shares(const Book *b, const Section *s, int column)
{
    ptrdiff_t rows = s->rows(b->a);
    for (ptrdiff_t i = 0; i < rows && i < ROWS_LOOKED_AT; i++) {
        SectionRow row = { 0 };
        s->row(b->a, i, &row);
        if (row.cell[column].kind == ARG_SHARE) return true;
    }
    return false;
}

static void heading_put(const Book *b, const Section *s)
{
    OutColumn column[SECTION_COLUMNS] = { 0 };
    int       count = section_columns(s);
    for (int c = 0; c < count; c++) {
        Str title       = word(b, s->column[c]);
        column[c].title = holds_shares(b, s, c) ? str_fmt(b->mem, "%.*s, %%", (int)title.n, title.s) : title;
    }
    xlsx_out_sheet(b->to, word(b, s->key), column, count);
}

static void section_put(const Book *b, const Section *s)
{
    ptrdiff_t rows = s->rows(b->a);
    int       count = section_columns(s);
    if (rows == 0 || !s->in_workbook) return;
    heading_put(b, s);
    for (ptrdiff_t i = 0; i < rows; i++) {
        Book       lent = *b;
        Arena      row_mem = *b->mem; /* given back after each row */
        OutCell    cell[SECTION_COLUMNS];
        SectionRow row = { 0 };
        lent.mem = &row_mem;
        s->row(b->a, i, &row);
        for (int c = 0; c < count; c++) cell[c] = cell_of(&lent, &row.cell[c]);
        xlsx_out_row(b->to, cell, count);
    }
}

/* A figure of a price, or an empty cell where the past was not looked at. */
static OutCell past_cell(const FindingClaim *c, OutCell cell)
{
    return c->pricing == PRICED || c->pricing == PRICE_FEW || c->pricing == PRICE_NOTHING ? cell : (OutCell){ 0 };
}

static void claim_row(const Book *b, const Finding *f, int at)
{
    const FindingClaim *c    = &f->claim[at];
    const char         *kind = finding_kinds[finding_kind(c->name)];
    bool                note = c->pricing == PRICE_NONE, worth = c->pricing == PRICED || c->pricing == PRICE_KNOWN;
    xlsx_out_row(b->to,
                 (OutCell[]){
                     out_text(word(b, str_c(b->mem, str_fmt(b->mem, "finding.kind.%s", kind)))),
                     at ? (OutCell){ 0 } : out_text(finding_text(b->a, f, b->v, b->mem)),
                     at ? (OutCell){ 0 } : out_text(finding_deed(b->a, f, b->v, b->mem)),
                     worth ? out_money(c->worth) : (OutCell){ 0 },
                     note ? (OutCell){ 0 } : out_number(c->clients, 0),
                     note ? (OutCell){ 0 } : out_money(c->base),
                     past_cell(c, out_number(c->of, 0)),
                     past_cell(c, out_money(c->before)),
                     past_cell(c, out_number(c->turners, 0)),
                     past_cell(c, out_money(c->turned)),
                     out_text((c->pricing == PRICED ? claim_past : claim_worth)(b->a, c, b->v, b->mem)),
                 },
                 11);
}

static void findings_put(const Book *b)
{
    const OutColumn columns[] = {
        { word(b, "column.kind"), 14 },   { word(b, "column.finding"), 100 }, { word(b, "column.advice"), 80 },
        { word(b, "column.worth"), 16 },  { word(b, "column.clients"), 10 },  { word(b, "column.base"), 16 },
        { word(b, "column.of"), 10 },     { word(b, "column.before"), 16 },   { word(b, "column.turners"), 10 },
        { word(b, "column.turned"), 16 }, { word(b, "column.reckoning"), 120 },
    };
    if (b->a->findings->count == 0) return;
    xlsx_out_sheet(b->to, word(b, "analyze.findings"), columns, COUNT(columns));
    for (int i = 0; i < b->a->findings->count; i++)
        for (int k = 0; k < b->a->findings->at[i].claims; k++) claim_row(b, &b->a->findings->at[i], k);
}

static void notes_put(const Book *b)
{
    const OutColumn columns[] = { { word(b, "column.figure"), 40 }, { word(b, "column.how"), 120 } };
    xlsx_out_sheet(b->to, word(b, "analyze.how"), columns, 2);
    xlsx_out_row(b->to, (OutCell[]){ (OutCell){ 0 }, out_text(word(b, "analyze.head")) }, 2);
    xlsx_out_row(b->to,
                 (OutCell[]){ (OutCell){ 0 }, out_text(word(b, b->a->ignores_returns ? "analyze.returns_ignored"
                                                                                     : "analyze.returns_netted")) },
                 2);
    for (int i = 0; i < b->a->doubts; i++) {
        Buf said = buf_new(b->mem, 256);
        words_put(&said, b->v, b->a->doubt[i].key, b->a->doubt[i].args, COUNT(b->a->doubt[i].args));
        xlsx_out_row(b->to, (OutCell[]){ (OutCell){ 0 }, out_text(buf_str(&said)) }, 2);
    }
    for (ptrdiff_t i = 0; i < analyze_section_count; i++) {
        const Section *s = &analyze_sections[i];
        if (!s->in_workbook || s->rows(b->a) == 0) continue;
        xlsx_out_row(b->to,
                     (OutCell[]){ out_text(word(b, s->key)),
                                  out_text(word(b, str_c(b->mem, str_fmt(b->mem, "%s.note", s->key)))) },
                     2);
    }
    xlsx_out_row(b->to, (OutCell[]){ (OutCell){ 0 }, out_text(word(b, "analyze.end")) }, 2);
}

/* libxlsxwriter tells the error output about each failure in its own words; ours are enough.  Gives back what stood
 * there. */
static int errors_hush(void)
{
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept >= 0 && nowhere >= 0) dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0) close(nowhere);
    return kept;
}

static void errors_speak(int kept)
{
    fflush(stderr);
    if (kept < 0) return;
    dup2(kept, STDERR_FILENO);
    close(kept);
}

Err analyze_book(const Analysis *a, Voice v, const char *path, Arena *mem, Problems *problems)
{
    int  kept = errors_hush();
    Book b    = { .a = a, .v = v, .to = xlsx_out_open(mem, path), .mem = mem };
    analysis_args(a, b.args);
    findings_put(&b);
    for (ptrdiff_t i = 0; i < analyze_section_count; i++) section_put(&b, &analyze_sections[i]);
    notes_put(&b);
    Err err = xlsx_out_close(b.to, problems);
    errors_speak(kept);
    return err;
}
