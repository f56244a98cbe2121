/* The readable report on the terminal. */
#include "app/analyze_text.h"

#include "app/analyze_findings.h"
#include "app/text_table.h"

static bool is_figure(ArgKind kind)
{
    return kind == ARG_COUNT || kind == ARG_MONEY || kind == ARG_ABOUT || kind == ARG_SHARE || kind == ARG_ROW;
}

/* A cell as it stands in a table: shares keep their digit, so that points stand under points. */
static Str cell_text(const Arg *a, Voice v, Arena *mem)
{
    Buf b = buf_new(mem, 32);
    if (a->kind == ARG_SHARE) share_put(&b, v, a->number, 1);
    else if (a->kind == ARG_MONEY) money_put(&b, v, a->number);
    else if (a->kind == ARG_COUNT) count_put(&b, v, a->number);
    else if (a->kind == ARG_ROW) row_at_put(&b, v, a->number);
    else if (a->kind == ARG_DAY) day_put(&b, v, (Day)a->number);
    else if (a->kind == ARG_MONTH) month_put(&b, v, (Month)a->number);
    else if (a->kind == ARG_WORD) words_put(&b, v, str_c(mem, a->text), NULL, 0);
    else buf_put(&b, a->text);
    return buf_str(&b);
}

static void heading(Buf *out, Voice v, const char *key, const Arg *args, int count)
{
    buf_c(out, "\n");
    words_put(out, v, key, args, count);
    buf_c(out, "\n\n");
}

static void section_put(const Analysis *a, const Section *s, Voice v, Buf *out, Arena *mem, const Arg *args)
{
    ptrdiff_t rows = s->rows(a), shown = rows < s->on_terminal ? rows : s->on_terminal;
    int       columns = section_columns(s);
    if (shown == 0) return;
    heading(out, v, s->key, args, ANALYSIS_ARGS);
    TextTable table = text_table(mem, columns, shown + 1);
    for (int c = 0; c < columns; c++) text_cell(&table, str_of(words_text(v.lang, s->column[c])));
    for (ptrdiff_t i = 0; i < shown; i++) {
        SectionRow row = { 0 };
        s->row(a, i, &row);
        for (int c = 0; c < columns; c++) {
            table.right[c] |= is_figure(row.cell[c].kind);
            text_cell(&table, cell_text(&row.cell[c], v, mem));
        }
    }
    text_table_put(&table, out);
    if (shown < rows) {
        buf_c(out, "  ");
        SAY(out, v, "analyze.more", arg_count("n", rows - shown));
        buf_char(out, '\n');
    }
    buf_c(out, "  ");
    words_put(out, v, str_c(mem, str_fmt(mem, "%s.note", s->key)), args, ANALYSIS_ARGS);
    buf_char(out, '\n');
}

/* What it is worth, and how that came about. */
static void worth_put(const Analysis *a, const FindingClaim *c, Voice v, Buf *out, Arena *mem)
{
    Str worth = claim_worth(a, c, v, mem), past = claim_past(a, c, v, mem);
    if (worth.n) buf_fmt(out, "\n     %.*s", (int)worth.n, worth.s);
    if (past.n) buf_fmt(out, "\n     %.*s", (int)past.n, past.s);
}

static void findings_put(const Analysis *a, Voice v, Buf *out, Arena *mem)
{
    const Findings *found = a->findings;
    if (found->count == 0) return;
    heading(out, v, "analyze.findings", NULL, 0);
    for (int i = 0; i < found->count; i++) {
        const Finding *f = &found->at[i];
        buf_fmt(out, "%3d. ", i + 1);
        const char *kind = finding_kinds[finding_kind(f->claim[0].name)];
        words_put(out, v, str_c(mem, str_fmt(mem, "finding.kind.%s", kind)), NULL, 0);
        buf_c(out, ". ");
        buf_put(out, finding_text(a, f, v, mem));
        for (int k = 0; k < f->claims; k++) worth_put(a, &f->claim[k], v, out, mem);
        buf_c(out, "\n     → ");
        buf_put(out, finding_deed(a, f, v, mem));
        buf_char(out, '\n');
    }
}

void analyze_text(const Analysis *a, Voice v, Buf *out, Arena *mem)
{
    Arg args[ANALYSIS_ARGS];
    analysis_args(a, args);
    words_put(out, v, "analyze.head", args, ANALYSIS_ARGS);
    buf_char(out, '\n');
    words_put(out, v, a->ignores_returns ? "analyze.returns_ignored" : "analyze.returns_netted", args, ANALYSIS_ARGS);
    buf_char(out, '\n');
    for (int i = 0; i < a->doubts; i++) {
        words_put(out, v, a->doubt[i].key, a->doubt[i].args, COUNT(a->doubt[i].args));
        buf_char(out, '\n');
    }
    findings_put(a, v, out, mem);
    for (ptrdiff_t i = 0; i < analyze_section_count; i++) section_put(a, &analyze_sections[i], v, out, mem, args);
    heading(out, v, "analyze.end", args, ANALYSIS_ARGS);
}
