/* Importing a file: records of any entity, or a history of sales.
 *
 * An import is a record (who, when, what became of it), a plan (how the file is to be read) and a job that does it in
 * chunks, each a writing work that holds the writer for a few hundredths of a second.  Everything it changes is written
 * under the import's id, which is what undo goes by.
 *
 *     checking   a dry run: every chunk is done and rolled back, so that it finds what the import would find
 *     running, done, failed, cancelled, undoing, undone
 *
 * A cancelled or failed import is undone by itself, by a job of its own, and told as cancelled or failed when that is
 * done: nothing half done stays.  An import cut off by a killed server is taken up again from its beginning; what it
 * had written is known by then and added to nothing twice; one cut off while it is undone goes on with that.  One that
 * is given up, cut off twice without getting further, is undone too; an undo that is given up has failed and can be
 * begun again.  Why stands among the problems, at row 0. */
#ifndef SALES_IMPORT_IMPORT_H
#define SALES_IMPORT_IMPORT_H

#include "api/route.h"
#include "core/words.h"
#include "entity/record.h"
#include "facts/facts.h"
#include "format/recognise.h"
#include "sales/reading/plan_columns.h"
#include "sales/reading/sales_file.h"
#include "work/jobs.h"

#define IMPORT_STATES(X)                                                                                               \
    X(IMPORT_CHECKING, checking)                                                                                       \
    X(IMPORT_RUNNING, running) X(IMPORT_DONE, done) X(IMPORT_FAILED, failed) X(IMPORT_CANCELLED, cancelled)            \
        X(IMPORT_UNDOING, undoing) X(IMPORT_UNDONE, undone)

CHOICE(ImportState, IMPORT_STATE_NONE, IMPORT_STATES, import_states);

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/import/import.def"
} Import;

extern const Entity import_entity;

/* ---- the plan ---- */

typedef enum { MODE_UPSERT, MODE_CREATE, MODE_UPDATE } ImportMode; /* "upsert", "create", "update" */

bool import_mode_named(Str name, ImportMode *mode);

enum { IMPORT_BLANK_MAX = 60 };

typedef struct {
    int64_t       file;
    const Entity *target;
    TableForm     form;
    ImportColumn  column[IMPORT_COLUMNS_MAX];
    int           columns;
    bool          c_marks_return;
    Str           key;    /* the field by which a stored record is found; empty for sales */
    ImportMode    mode;
    Str           source;
    bool          dry;
    int64_t       people_role; /* people of the firm that nobody has are made in this role; 0: they are not */
    Str           blank[IMPORT_BLANK_MAX]; /* [blanks] fields that stay empty where a cell cannot be read    */
    int           blanks;
} ImportPlan;

/* {"file":7,"target":"client","form":{…},"columns":{"name":0,…},"key":"inn","mode":"upsert","source":"1С",
 * "dry_run":false,"c_marks_return":false,"mends":{"people":5,"blank":["inn"]}}.
 * Everything is checked; INVALID names the field. */
Err  import_plan_read(Work *w, const Json *json, ImportPlan *out);
Err  import_plan_of(Work *w, int64_t import, ImportPlan *out); /* as it was kept */
void import_plan_json(JsonOut *to, const ImportPlan *p);
bool import_stays_blank(const ImportPlan *p, Str field);
int  import_column(const ImportPlan *p, const char *name); /* -1: none */

/* ---- running ---- */

/* Kinds of job; the argument is the import's id, of an undo also how it is told in the end. */
Err import_run(Work *w, Job *job);
Err import_undo_run(Work *w, Job *job);
Err import_given_up(Work *w, Job *job);
Err import_undo_given_up(Work *w, Job *job);

/* From a writing work: makes the record, the plan and the job. */
Err import_begin(Work *w, const ImportPlan *plan, Str file_name, int64_t *id);
Err import_undo_begin(Work *w, int64_t id); /* CONFLICT unless import_can_undo */

/* From a writing work: *i, with whatever else is to be told of it, is undone by a job and ends as UNDONE, FAILED or
 * CANCELLED.  import_undo_asked says what such a job was asked. */
Err         import_goes_back(Work *w, Import *i, ImportState ends_as);
ImportState import_undo_asked(const Job *job, int64_t *id);

/* Is it done, or did it come to no end, so that something of it may be in the base?  `job` is the JobState of the job
 * that worked on it last. */
bool import_can_undo(ImportState state, bool dry, int64_t job);

/* From a writing work: what it has written goes back before it is told as cancelled.  An undo is not cancelled. */
Err import_cancel(Work *w, int64_t id);

/* ---- files ---- */

/* Brings a kept file back as mapped bytes, unpacked (mapped_close gives them back).  NOT_FOUND when it is not the
 * sender's: the actor's own, or that of whoever began an import within the actor's reach. */
Err file_bring(Work *w, int64_t id, int64_t sender, Str *bytes, Str *name);

/* What the facts leave out while an import runs: fills in `held` and `held_sales`. */
void import_facts_source(FactsSource *source);

/* ---- faces ---- */

/* The roles of a column of a file of sales, and the fields of an entity a file may fill: name and label each. */
typedef struct {
    Str  name, label;
    bool required;
} TargetField;

ptrdiff_t import_fields_of(Work *w, const Entity *target, TargetField **out);

/* Which columns of a file of records fill which fields: sets plan->column.  `told` is what a person said of them,
 * `name=Фирма,phones.number=4`, fields by their names or labels; what he did not say is recognised. */
Err import_columns_guess(Work *w, const Recognised *r, const Entity *target, Str told, ImportPlan *plan);

/* The cell as it will be read; as it stands where it cannot be. */
void import_cell_json(Work *w, JsonOut *to, const ImportPlan *plan, const ImportColumn *column, Str cell);

/* A problem as import_bad keeps it. */
typedef struct {
    Str  key;
    Str  args;   /* what args_keep wrote (format/kept_args.h); empty: its sentence names at most the cell, as {what} */
    Str  cell;   /* what stood there                                                                   */
    bool hidden; /* the reader may not know what stood there                                           */
} KeptProblem;

/* The words of a kept problem. */
Str import_said(Arena *mem, Voice voice, const KeptProblem *p);

/* What an undo left as it is, as import_bad keeps it and as a client is told: title, what the import wrote, what stands
 * there now. */
enum { IMPORT_LEFT_PLACE = 4000 }; /* its places begin here, behind those of all other problems of a row */
Str import_left_text(Arena *mem, Str title, Str ours, Str theirs);

extern const Route import_routes[];

#endif
