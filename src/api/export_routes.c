/* Any list as a file: written whole into the folder for spools, without a name, and then sent; so whatever is wrong is said in words, and a slow
 * reader holds no connection to the base. */
#include "access/viewing.h"
#include "api/call.h"
#include "api/lists.h"
#include "entity/export.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

enum { PIECE = 256 * 1024 };

static Err send(Request *r, int fd, const char *mime, Str name)
{
    char    *piece = NEW_RAW(r->w->mem, char, PIECE);
    Download file  = answer_file(r, mime, name);
    for (ssize_t n; (n = read(fd, piece, PIECE)) != 0;) {
        if (n < 0) return BROKEN;
        if (!file.sink(file.to, (Str){ piece, n })) return OK; /* nobody listens any more */
    }
    return OK;
}

static Err export(Request *r)
{
    const Entity *e;
    Ask           ask;
    ExportForm    form = EXPORT_CSV;
    int64_t       rows;
    Work         *w = r->w;
    TRY(asked_entity(r, &e));
    TRY(ask_take(r, &ask));
    if (asked(r, "format") && !export_form_named(asked_text(r, "format"), &form)) return fail(w, INVALID, "format", "request.no_choice");
    const char *path = str_c(w->mem, str_fmt(w->mem, "%s/export-%08x%08x", server_spool(server_of(r)), randombytes_random(), randombytes_random()));
    Err         err  = export_list(w, e, &ask, form, path, &rows);
    int         fd   = err == OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    unlink(path);
    TRY(err);
    if (fd < 0) return BROKEN;
    err = viewing_count(w, e->name, 0, rows);
    if (err == OK) err = send(r, fd, export_mime(form), str_fmt(w->mem, "%s.%s", e->name, export_ending(form)));
    close(fd);
    return err;
}

const Route export_routes[] = {
    { .method = GET, .path = "/api/{entity}/export", .run = export, .needs = { "{entity}", "export" }, .slow = true,
      .takes = LIST_TAKES ", format: csv|csv_ru|xlsx?", .gives = "file", .says = "api.export" },
    { 0 },
};
