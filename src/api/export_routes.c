/* Any list as a file. */
#include "api/call.h"
#include "api/lists.h"
#include "entity/export.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

static Err export(Request *r)
{
    const Entity *e;
    Ask           ask;
    ExportForm    form = EXPORT_CSV;
    int64_t       rows;
    Work         *w = r->w;
    TRY(asked_rows(r, &e));
    TRY(ask_take(r, &ask));
    if (asked(r, "format") && !export_form_named(asked_text(r, "format"), &form))
        return fail(w, INVALID, "format", "request.no_choice");
    const char *path = str_c(w->mem, str_fmt(w->mem, "%s/export-%08x%08x", server_spool(server_of(r)),
                                             randombytes_random(), randombytes_random()));
    Err         err = export_list(w, e, &ask, form, path, &rows);
    int         fd = err == OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    unlink(path);
    TRY(err);
    if (fd < 0) return BROKEN;
    answer_file(r, export_mime(form), str_fmt(w->mem, "%s.%s", e->name, export_ending(form)), fd);
    return OK;
}

const Route export_routes[] = {
    { .method = GET,
      .path = "/api/{entity}/export",
      .run = export,
      .needs = { "{entity}", "export" },
      .slow = true,
      .children = true,
      .takes = LIST_TAKES ", format: csv|csv_ru|xlsx?",
      .gives = "file",
      .says = "api.export" },
    { 0 },
};
