/* `sbyt seed`: records that are known by a key come from a file, and leave as one. */
#include "access/firm.h"
#include "app/options.h"
#include "app/program.h"
#include "entity/seed.h"
#include "format/mapped.h"

#include <fcntl.h>
#include <unistd.h>

enum { SEED_EXPORT = OPTION_OWN, SEED_OUT };
static const OptionRow rows[] = { PROGRAM_OPTIONS, { "export", true }, { "out", false } };

/* ---- a file comes ---- */

typedef struct {
    Str        text;
    SeedCounts counts;
} Coming;

static Err come(Work *w, void *to)
{
    Coming *c    = to;
    Lang    lang = LANG_RU;
    Firm    firm;
    TRY(firm_read(w, &firm));
    lang_read(firm.language, &lang);
    return seeds_load_text(w, c->text, lang, &c->counts);
}

static Err say_counts(Call *call, const SeedCounts *c)
{
    Buf b = buf_new(call->mem, 200);
    SAY(&b, call->voice, "seed.done", arg_count("made", c->n[SEED_MADE]), arg_count("changed", c->n[SEED_CHANGED]),
        arg_count("left", c->n[SEED_LEFT]), arg_count("same", c->n[SEED_SAME]));
    buf_c(&b, "\n");
    return buf_to_fd(&call->out, buf_str(&b)) ? OK : BROKEN;
}

static Err load(Call *call, Program *p, const Options *options)
{
    Coming c = { 0 };
    Str    bytes;
    TRY(mapped_open(str_c(call->mem, path_from(call, options->plain[0])), &bytes, &call->problems));
    c.text  = bytes;
    Err err = program_run(call, p, LANE_WRITER, come, &c);
    mapped_close(bytes);
    return err == OK ? say_counts(call, &c.counts) : err;
}

/* ---- a file leaves ---- */

typedef struct {
    const Entity *entity[OPTIONS_PLAIN_MAX];
    int           n;
    Buf           text;
    ptrdiff_t     left;
} Leaving;

static Err leave(Work *w, void *to)
{
    Leaving *l = to;
    return seeds_export(w, l->entity, l->n, &l->text, &l->left);
}

static Err entities_take(Call *call, const Options *options, Leaving *l)
{
    for (; l->n < options->plain_count; l->n++) {
        Str           name = str_of(options->plain[l->n]);
        const Entity *e    = entity_named(name);
        if (!e || e->parent)
            return PROBLEM(&call->problems, NOT_FOUND, NULL, "export.no_such_entity", arg_text("name", name));
        for (int i = 0; i < l->n; i++)
            if (l->entity[i] == e)
                return PROBLEM(&call->problems, INVALID, NULL, "options.too_many", arg_text("word", name));
        l->entity[l->n] = e;
    }
    return OK;
}

static Err file_write(Call *call, const char *path, Str text)
{
    int  fd   = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && buf_to_fd(&fd, text);
    if (fd >= 0 && close(fd) != 0) good = false;
    return good ? OK : PROBLEM(&call->problems, BROKEN, NULL, "file.not_written");
}

static Err export(Call *call, Program *p, const Options *options)
{
    Leaving     l   = { .text = buf_new(call->mem, 64 * 1024) };
    const char *out = options->value[SEED_OUT];
    TRY(entities_take(call, options, &l));
    TRY(program_run(call, p, LANE_WRITER, leave, &l));
    if (out) TRY(file_write(call, str_c(call->mem, path_from(call, out)), buf_str(&l.text)));
    else if (!buf_to_fd(&call->out, buf_str(&l.text))) return BROKEN;
    if (!l.left) return OK;
    Buf b = buf_new(call->mem, 200);
    SAY(&b, call->voice, "seed.left_out", arg_count("n", l.left));
    buf_c(&b, "\n");
    return buf_to_fd(&call->err, buf_str(&b)) ? OK : BROKEN;
}

Err seed_run(Call *call)
{
    Options options;
    TRY(options_read(call, rows, (int)COUNT(rows), &options));
    bool exports = options.value[SEED_EXPORT] != NULL;
    if (exports ? !options.plain_count : options.plain_count != 1 || options.value[SEED_OUT])
        return PROBLEM(&call->problems, INVALID, NULL, "seed.usage");
    return program_there(call, &options, exports ? export : load);
}
