/* A page of a PDF as a picture, drawn by another program within bounds. */
#include "files/preview.h"

#include "core/bounds.h"
#include "core/buf.h"
#include "net/http.h"
#include "work/fence.h"

#include <string.h>
#include <unistd.h>

/* Of the longer side, in points: a page of A4 can be read, and is 100 kB. */
#define SIDE "1600"

typedef struct {
    Work       *w;
    const File *file;
    int         pdf, png;
    const char *page;
} Drawing;

/* Whoever looked has gone, or his time is over. */
static bool unwanted(void *w) { return work_halted(w); }

static Err draw(Drawing *d)
{
    Work             *w       = d->w;
    const char *const words[] = { "pdftoppm", "-q", "-png", "-singlefile", "-scale-to", SIDE, "-f", d->page,
                                  "-l", d->page, "-", NULL };
    const Fence fence = { .in = d->pdf, .out = d->png, .memory = GIB, .out_bytes = 64 * MIB, .cpu_s = 10, .wall_s = 15,
                          .unwanted = unwanted, .of = w };
    if (lseek(d->pdf, 0, SEEK_SET) != 0) return fail(w, BROKEN, NULL, "file.not_written");
    Err err = fence_run(w->mem, &fence, words);
    if (err == CONFLICT) return work_pulse(w);
    if (err == NOT_FOUND) return fail(w, NOT_FOUND, "file", "attachment.no_viewer");
    return err || lseek(d->png, 0, SEEK_END) < 8 ? fail(w, NOT_FOUND, "file", "attachment.no_page") : OK;
}

static Err pour_and_draw(void *to)
{
    Drawing *d = to;
    if (d->pdf < 0 || d->png < 0) return fail(d->w, BROKEN, NULL, "file.not_written");
    TRY(file_pour(d->w, d->file, buf_to_fd, &d->pdf));
    return draw(d);
}

/* Files without names: whatever ends the server leaves nothing behind.  They are closed in any case. */
Err preview_page(Work *w, const File *f, int64_t n, const char *folder, int *fd)
{
    *fd = -1;
    if (strcmp(f->content.type, CONTENT_PDF) != 0) return fail(w, NOT_FOUND, "file", "attachment.no_page");
    Drawing d   = { .w = w, .file = f, .page = str_c(w->mem, str_fmt(w->mem, "%lld", (long long)n)) };
    d.pdf       = http_spool_file(folder);
    d.png       = http_spool_file(folder);
    Err err     = guarded(pour_and_draw, &d);
    if (d.pdf >= 0) close(d.pdf);
    if (!err) *fd = d.png;
    else if (d.png >= 0) close(d.png);
    if (err == TOO_LARGE) memory_over();
    return err;
}
