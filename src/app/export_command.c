/* `sbyt export`: a list of records leaves as a file. */
#include "app/options.h"
#include "app/program.h"
#include "entity/export.h"
#include "format/mapped.h"

#include <unistd.h>

enum { EXPORT_FORMAT = OPTION_OWN, EXPORT_OUT };
static const OptionRow export_rows[] = { PROGRAM_OPTIONS, { "format", false }, { "out", false } };

typedef struct {
    const Entity *entity;
    ExportForm    form;
    const char   *path;
    int64_t       rows;
} Leaving;

static Err leave(Work *w, void *to)
{
    Leaving *x = to;
    return export_list(w, x->entity, &(Ask){ 0 }, x->form, x->path, &x->rows);
}

static Err pour(Call *call, const char *path)
{
    Str bytes;
    TRY(mapped_open(path, &bytes, &call->problems));
    bool good = buf_to_fd(&call->out, bytes);
    mapped_close(bytes);
    return good ? OK : BROKEN;
}

/* Without --out the file stands in the spool for a moment and goes to the output. */
static Err exported(Call *call, Program *p, const Options *options)
{
    Leaving     x   = { .entity = entity_named(str_of(options->plain[0])) };
    const char *out = options->value[EXPORT_OUT];
    if (!x.entity || x.entity->parent)
        return PROBLEM(&call->problems, NOT_FOUND, NULL, "export.no_such_entity",
                       arg_text("name", str_of(options->plain[0])));
    if (!export_form_named(option_or(options, EXPORT_FORMAT, "csv"), &x.form))
        return PROBLEM(&call->problems, INVALID, NULL, "export.no_such_format");
    x.path = str_c(call->mem,
                   out ? path_from(call, out)
                       : str_fmt(call->mem, "%s/export-%d-%lld", p->spool, (int)getpid(), (long long)clock_ticks()));
    Err err = program_run(call, p, LANE_SLOW, leave, &x);
    if (!err && !out) err = pour(call, x.path);
    if (!out) unlink(x.path);
    return err;
}

Err export_command_run(Call *call)
{
    Options options;
    TRY(options_read(call, export_rows, (int)COUNT(export_rows), &options));
    if (options.plain_count != 1) return PROBLEM(&call->problems, INVALID, NULL, "export.which_entity");
    return program_there(call, &options, exported);
}
