/* Where things stand as a file, for whoever goes through it on paper. */
#include "entity/export_sheet.h"
#include "sales/standing/standing_inside.h"

#include <string.h>

enum { CURSOR_MOST = 4096 };

static const char *const heads[] = { "client", "keeper", "last_at", "last", "last_says", "deal",   "stage",
                                     "step",   "step_due", "next_at", "next", "next_says", "late" };

typedef struct {
    ExportSheet sheet;
    const Ask  *ask;
} File;

static Str word(File *f, const char *name)
{
    Arena *mem = f->sheet.w->mem;
    return str_of(words_text(f->sheet.voice.lang, str_c(mem, str_fmt(mem, "web.standing.%s", name))));
}

static OutCell text(Str s) { return s.n ? out_text(s) : (OutCell){ .kind = OUT_EMPTY }; }

static OutCell moment(File *f, Moment at)
{
    static const Field field = { .name = "at", .type = TYPE_moment };
    return export_cell(&f->sheet, NULL, &field, at == NONE ? value_none() : value_int(at));
}

static void line_put(File *f, const StandingLine *line)
{
    OutCell cell[COUNT(heads)] = { text(line->client.title), text(line->keeper.title),
                                       moment(f, line->last.at), text(line->last.kind),
                                       text(line->last.says),    text(line->deal.name),
                                       text(line->deal.stage),   text(line->deal.step),
                                       moment(f, line->deal.id ? line->deal.step_due : NONE),
                                       moment(f, line->next.at), text(line->next.kind),
                                       text(line->next.says),    text(line->late ? word(f, "late") : (Str){ 0 }) };
    export_row(&f->sheet, cell);
}

static Err pages_put(void *of, ExportSheet *sheet)
{
    File *f = of;
    Work *w = sheet->w;
    Ask   ask = *f->ask;
    char *cursor = NEW_RAW(w->mem, char, CURSOR_MOST);
    char *mark = w->mem->beg;
    do {
        Standing page;
        TRY(work_pulse(w));
        TRY(standing_read(w, &ask, &page));
        for (ptrdiff_t i = 0; i < page.n; i++) line_put(f, &page.line[i]);
        if (page.next.n > CURSOR_MOST) return BROKEN;
        if (page.next.n) memcpy(cursor, page.next.s, (size_t)page.next.n);
        ask.after = (Str){ cursor, page.next.n };
        w->mem->beg = mark;
    } while (ask.after.n);
    return OK;
}

Err standing_export(Work *w, const Ask *ask, ExportForm form, const char *path)
{
    Ask  all = *ask;
    File f = { .sheet = export_sheet(w, form), .ask = &all };
    Str  head[COUNT(heads)];
    all.verb = "export";
    all.limit = LIST_LIMIT;
    for (int i = 0; i < COUNT(heads); i++) head[i] = form == EXPORT_CSV ? str_of(heads[i]) : word(&f, heads[i]);
    return export_file(&f.sheet, path, word(&f, "title"), head, COUNT(heads), pages_put, &f);
}
