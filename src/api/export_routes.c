/* Any list as a file, and any list in groups. */
#include "api/call.h"
#include "api/lists.h"
#include "entity/export.h"
#include "entity/group.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

Err asked_form(Request *r, ExportForm *form)
{
    *form = EXPORT_CSV;
    if (asked(r, "format") && !export_form_named(asked_text(r, "format"), form))
        return fail(r->w, INVALID, "format", "request.no_choice");
    return OK;
}

const char *written_path(Request *r)
{
    return str_c(r->w->mem, str_fmt(r->w->mem, "%s/export-%08x%08x", server_spool(server_of(r)), randombytes_random(),
                                    randombytes_random()));
}

/* What has been written is handed out and gone from the disk. */
Err answer_written(Request *r, Err err, const char *path, ExportForm form, Str name)
{
    int fd = err == OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    unlink(path);
    TRY(err);
    if (fd < 0) return BROKEN;
    answer_file(r, export_mime(form), str_fmt(r->w->mem, "%.*s.%s", (int)name.n, name.s, export_ending(form)), fd);
    return OK;
}

static Err export(Request *r)
{
    const Entity *e;
    Ask           ask;
    ExportForm    form;
    int64_t       rows;
    TRY(asked_rows(r, &e));
    TRY(ask_take(r, &ask));
    TRY(asked_form(r, &form));
    const char *path = written_path(r);
    return answer_written(r, export_list(r->w, e, &ask, form, path, &rows), path, form, str_of(e->name));
}

static Err groups(Request *r)
{
    const Entity *e;
    Ask           ask;
    const Json   *sums;
    GroupQuestion question;
    ExportForm    form;
    int64_t       rows;
    TRY(asked_rows(r, &e));
    TRY(asked_only(r));
    TRY(ask_take(r, &ask));
    TRY(asked_json(r, "sums", &sums));
    TRY(group_question(r->w, asked_text(r, "by"), sums, &question));
    TRY(asked_form(r, &form));
    const char *path = written_path(r);
    return answer_written(r, group_export(r->w, e, &ask, &question, form, path, &rows), path, form,
                          str_fmt(r->w->mem, "%s-groups", e->name));
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
    { .method = GET,
      .path = "/api/{entity}/group/export",
      .run = groups,
      .needs = { "{entity}", "export" },
      .slow = true,
      .children = true,
      .takes = "by: text, sums: list?, " WHICH_TAKES ", format: csv|csv_ru|xlsx?",
      .gives = "file",
      .says = "api.group_export" },
    { 0 },
};
