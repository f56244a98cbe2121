/* `sbyt example`: the example firm, put into the base or written as files. */
#include "app/options.h"
#include "app/program.h"
#include "sales/example/example.h"
#include "sales/example/example_load.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

enum { EXAMPLE_SALES = OPTION_OWN, EXAMPLE_CLIENTS_FILE, EXAMPLE_UNTIL };
static const OptionRow example_rows[] = {
    PROGRAM_OPTIONS, { "sales", false }, { "clients", false }, { "until", false }
};

/* DAY_NONE: not given. */
static Err until_day(Call *call, const Options *o, Day *day)
{
    const char *given = o->value[EXAMPLE_UNTIL];
    *day = DAY_NONE;
    return !given || day_read(str_of(given), day)
               ? OK
               : PROBLEM(&call->problems, INVALID, NULL, "analyze.bad_day", arg_text("option", S("until")),
                         arg_text("value", str_of(given)));
}

static Err file_write(Call *call, const char *path, const ExampleFirm *firm, void (*put)(const ExampleFirm *, Buf *))
{
    int fd = open(str_c(call->mem, path_from(call, path)), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return PROBLEM(&call->problems, BROKEN, NULL, "file.not_written", arg_text("path", str_of(path)));
    Buf out = buf_sink(call->mem, 1 << 16, buf_to_fd, &fd);
    put(firm, &out);
    bool good = buf_flush(&out);
    return close(fd) == 0 && good
               ? OK
               : PROBLEM(&call->problems, BROKEN, NULL, "file.not_written", arg_text("path", str_of(path)));
}

static Err load_work(Work *w, void *until)
{
    Day day = *(const Day *)until;
    return example_load(w, day != DAY_NONE ? day : w->today - 1);
}

static Err loaded(Call *call, Program *p, const Options *options)
{
    Day until;
    TRY(until_day(call, options, &until));
    TRY(program_run(call, p, LANE_SLOW, load_work, &until));
    Buf b = buf_new(call->mem, 200);
    SAY(&b, call->voice, "example.loaded", arg_count("clients", EXAMPLE_CLIENTS), arg_count("lines", EXAMPLE_LINES));
    buf_c(&b, "\n");
    return buf_to_fd(&call->out, buf_str(&b)) ? OK : BROKEN;
}

Err example_command_run(Call *call)
{
    Options options;
    Day     until;
    TRY(options_alone(call, example_rows, (int)COUNT(example_rows), &options));
    TRY(until_day(call, &options, &until));
    if (!options.value[EXAMPLE_SALES] && !options.value[EXAMPLE_CLIENTS_FILE])
        return program_do(call, &options, loaded);
    Arena       scratch = arena_new((ptrdiff_t)1 << 28);
    Day         today   = (Day)(time(NULL) / 86400);
    ExampleFirm firm    = example_make(call->mem, until != DAY_NONE ? until : today - 1, scratch);
    arena_drop(&scratch);
    if (options.value[EXAMPLE_SALES]) TRY(file_write(call, options.value[EXAMPLE_SALES], &firm, example_sales_csv));
    return options.value[EXAMPLE_CLIENTS_FILE]
               ? file_write(call, options.value[EXAMPLE_CLIENTS_FILE], &firm, example_clients_csv)
               : OK;
}
