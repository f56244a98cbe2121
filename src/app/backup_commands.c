/* `sbyt backup`, and the list of copies for the administrator's page. */
#include "api/route.h"
#include "app/backup.h"
#include "app/options.h"

enum { BACKUP_LIST = OPTION_OWN, BACKUP_TO };
static const OptionRow backup_rows[] = { PROGRAM_OPTIONS, { "list", true }, { "to", false } };

static void copy_line(Buf *b, const Copy *copy)
{
    buf_moment(b, copy->at);
    buf_fmt(b, "  %12lld  %.*s\n", (long long)copy->size, (int)copy->name.n, copy->name.s);
}

static Err backup_show(Call *call, Program *p)
{
    Copy     *copies;
    ptrdiff_t n;
    Buf       b = buf_new(call->mem, 4096);
    TRY(backup_list(call->mem, p->backup, &copies, &n));
    for (ptrdiff_t i = 0; i < n; i++) copy_line(&b, &copies[i]);
    return buf_to_fd(&call->out, buf_str(&b)) ? OK : BROKEN;
}

static Err backup_do(Call *call, Program *p, const Options *options)
{
    Str         name;
    const char *to = options->value[BACKUP_TO];
    if (options->value[BACKUP_LIST]) return backup_show(call, p);
    const char *folder = to ? str_c(call->mem, path_from(call, to)) : p->backup;
    Moment      now    = clock_now(&p->clock);
    TRY(to ? backup_make(&call->problems, call->mem, p->address, folder, now, &name)
           : backup_make_own(&call->problems, call->mem, p, now, &name));
    Buf b = buf_new(call->mem, 300);
    buf_fmt(&b, "%s/%.*s\n", folder, (int)name.n, name.s);
    return buf_to_fd(&call->out, buf_str(&b)) ? OK : BROKEN;
}

Err backup_run(Call *call)
{
    Options options;
    TRY(options_alone(call, backup_rows, (int)COUNT(backup_rows), &options));
    return program_there(call, &options, backup_do);
}

/* ---- for the administrator's page ---- */

static Program *backup_program; /* set by serve: routes know no command line */

void backup_serves(Program *p) { backup_program = p; }

Err backup_run_round(Work *w, Job *job)
{
    (void)job;
    return backup_round(w, backup_program);
}

static Err copies(Request *r)
{
    Copy     *list;
    ptrdiff_t n;
    JsonOut  *j = &r->out;
    TRY(backup_list(r->w->mem, backup_program->backup, &list, &n));
    js_items(j);
    for (ptrdiff_t i = 0; i < n; i++) {
        js_object(j);
        js_key(j, "name"); js_str(j, list[i].name);
        js_key(j, "at");   js_moment(j, list[i].at);
        js_key(j, "size"); js_i64(j, list[i].size);
        js_end(j);
    }
    js_end(j);
    js_key(j, "late");
    js_bool(j, r->w->now - backup_newest(list, n, r->w->now) > BACKUP_DAY_MS + 3600000);
    js_end(j);
    return OK;
}

static Err copy_now(Request *r)
{
    Str name;
    TRY(backup_make_own(&r->w->problems, r->w->mem, backup_program, r->w->now, &name));
    js_object(&r->out);
    js_key(&r->out, "name");
    js_str(&r->out, name);
    js_end(&r->out);
    return OK;
}

const Route backup_routes[] = {
    { .method = GET,
      .path = "/api/backup",
      .run = copies,
      .needs = { "backup", "view" },
      .gives = "items: list, late: bool",
      .says = "api.backups" },
    { .method = POST,
      .path = "/api/backup",
      .run = copy_now,
      .needs = { "backup", "add" },
      .writes = true,
      .slow = true,
      .limit_s = 6 * 3600,
      .makes = true,
      .gives = "name: text",
      .says = "api.backup" },
    { 0 },
};
