/* The tables of an answer as a workbook. */
#include "sales/insight/book.h"

#include <stdlib.h>
#include <unistd.h>

static void book_drop(void *kept)
{
    Book    *book    = kept;
    Problems unheard = { 0 };
    if (book->out) xlsx_out_close(book->out, &unheard);
    if (book->file >= 0) close(book->file);
    unlink(book->path);
}

Err book_begin(Work *w, Book **book)
{
    const char *folder = getenv("TMPDIR");
    char       *path   = str_c(w->mem, str_fmt(w->mem, "%s/sbyt-book.XXXXXX", folder ? folder : "/tmp"));
    *book  = NEW(w->mem, Book);
    **book = (Book){ .file = -1, .path = path };
    work_own(w, *book, book_drop);
    (*book)->file = mkstemp(path);
    if ((*book)->file < 0) return fail(w, BROKEN, NULL, "file.not_written");
    (*book)->out = xlsx_out_open(w->mem, path);
    return OK;
}

Err book_send(Request *r, Book *book, Str name)
{
    XlsxOut *out = book->out;
    book->out    = NULL;
    TRY(xlsx_out_close(out, &r->w->problems));
    answer_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name, book->file);
    book->file = -1;
    return OK;
}
