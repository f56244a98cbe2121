/* A page of a PDF as a picture, drawn by another program within bounds. */
#include "files/preview.h"

#include "core/buf.h"
#include "work/child.h"

#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

/* Of the longer side, in points: a page of A4 can be read, and is 100 kB. */
#define SIDE "1600"

typedef struct {
    Work       *w;
    const File *file;
    int         fd;
} Pouring;

static Err pour(void *to)
{
    Pouring *p = to;
    return file_pour(p->w, p->file, buf_to_fd, &p->fd);
}

static Err pdf_write(Work *w, const File *f, const char *path)
{
    Pouring p = { w, f, open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) };
    if (p.fd < 0) return fail(w, BROKEN, NULL, "file.not_written");
    Err err = guarded(pour, &p);
    close(p.fd);
    if (err == TOO_LARGE) memory_over();
    return err;
}

static Err draw(Work *w, const char *pdf, const char *root, const char *page)
{
    const char *const words[] = { "timeout", "-k", "1", "15", "prlimit", "--as=1073741824", "--cpu=10",
                                  "--fsize=67108864", "--core=0", "pdftoppm", "-q", "-png", "-singlefile", "-scale-to",
                                  SIDE, "-f", page, "-l", page, pdf, root, NULL };
    Err err = child_run_quiet(w->mem, words);
    if (err == NOT_FOUND) return fail(w, NOT_FOUND, "file", "attachment.no_viewer");
    return err ? fail(w, NOT_FOUND, "file", "attachment.no_page") : OK;
}

typedef struct {
    Work       *w;
    const File *file;
    const char *root, *pdf, *page;
} Drawing;

static Err write_and_draw(void *to)
{
    Drawing *d = to;
    TRY(pdf_write(d->w, d->file, d->pdf));
    return draw(d->w, d->pdf, d->root, d->page);
}

Err preview_page(Work *w, const File *f, int64_t n, const char *folder, int *fd)
{
    *fd = -1;
    if (strcmp(f->content.type, CONTENT_PDF) != 0) return fail(w, NOT_FOUND, "file", "attachment.no_page");
    const char *root = str_c(w->mem, str_fmt(w->mem, "%s/page-%08x%08x", folder, randombytes_random(),
                                             randombytes_random()));
    const char *png  = str_c(w->mem, str_fmt(w->mem, "%s.png", root));
    Drawing     d    = { w, f, root, str_c(w->mem, str_fmt(w->mem, "%s.pdf", root)),
                         str_c(w->mem, str_fmt(w->mem, "%lld", (long long)n)) };
    Err         err  = guarded(write_and_draw, &d); /* what lies on the disk goes in any case */
    if (!err) *fd = open(png, O_RDONLY | O_CLOEXEC);
    unlink(d.pdf);
    unlink(png);
    if (err == TOO_LARGE) memory_over();
    if (!err && *fd < 0) return fail(w, NOT_FOUND, "file", "attachment.no_page");
    return err;
}
