/* What happened to records: one table `change`, written by the door, read by history, undo, clash answers, facts, the
 * event stream, webhooks and the journal.
 *
 *     at, actor, work, entity, record, version, verb, diff, salt, digest
 *
 *     verb   made changed archived restored removed (undone ones have verb `undone`), or an area's own; `confirmed`:
 *            what was said to be meant when this version was saved (entity/check.h)
 *     diff   JSON: {"city": ["Омск", "Пермь"]}, children {"phones": {"71": {"number": ["1", "2"]}, "72": ["+", {…}],
 *            "73": ["-", {…}]}}; null for a record that was made: it holds no values.  Texts as value_write writes
 *            them, empty as null.
 *     salt, digest   16 random bytes, SHA-256(salt ‖ diff).  Erasing a person's data deletes diff and salt; the digest
 *                    stays.
 *
 * Order.  `tx` and `id` order the rows.  On SQLite one writer commits in the order of id.  On PostgreSQL `tx` is the
 * number of the writing transaction, and a reader takes only rows of transactions older than every one still running: a
 * change whose transaction began earlier but ended later is never passed over.  Before the number stands an epoch
 * (change_epoch_settle), because numbers of transactions belong to a cluster: a base that is restored into another one
 * goes on in the next epoch, above every row it brought. */
#ifndef ENTITY_CHANGE_H
#define ENTITY_CHANGE_H

#include "entity/entity.h"

typedef struct {
    int64_t tx, id;
} ChangeMark;

typedef struct {
    ChangeMark mark;
    Moment     at;
    int64_t    actor, work;
    Str        entity;
    int64_t    record, version;
    Str        verb, diff;
} Change;

/* What every running or coming transaction is not below; PostgreSQL only. */
#define CHANGE_LIVING "(change_epoch() + pg_snapshot_xmin(pg_current_snapshot())::text::bigint)"

/* Before anything is written after a start, or when the base has been `restored`: begins the next epoch where rows have
 * numbers that this cluster has not reached yet, whoever brought the base here and how (sbyt restore, pg_restore, a
 * copied cluster that was set back).  *raised: it did. A look at two indexes when there is nothing to do. */
Err change_epoch_settle(Db *db, bool restored, bool *raised);

/* The mark behind which nothing is missing: whoever loads the base after asking, and reads changes from here on, sees
 * every change (some of them twice). */
Err change_mark(Db *db, ChangeMark *out);

/* The rows behind the mark ($1, $2), at most $3, in the order of the marks; what an earlier one can still precede is
 * not seen yet.  Goes behind `from change c`. */
#define CHANGE_BEHIND                                                                                                 \
    "-- sqlite\n"                                                                                                     \
    " where c.id > $2 and cast($1 as integer) >= 0 order by c.id limit $3\n"                                          \
    "-- postgres\n"                                                                                                   \
    " where (c.tx, c.id) > ($1, $2) and c.tx < " CHANGE_LIVING " order by c.tx, c.id limit $3\n"

/* A diff may have the size of a request.  So a page of rows with their diffs is one row, and more only until
 * CHANGE_DIFFS bytes of diffs are reached.  Whoever steps on SQLite just stops there; PostgreSQL sends all it has been
 * asked for, so there the `select … order by … limit` of a page, which stands between OPEN and CLOSE, is cut by the sum
 * of the diffs before each row (their sizes are known without reading them). */
#define CHANGE_DIFFS 8388608

#define CHANGE_DIGITS_OF(number) #number
#define CHANGE_DIGITS(number)    CHANGE_DIGITS_OF(number)

#define CHANGE_PAGE_OPEN(order)                                                                                       \
    "-- postgres\n"                                                                                                   \
    "select * from (select p.*, sum(octet_length(p.diff)) over (order by " order                                      \
    " rows between unbounded preceding and 1 preceding) as diffs_before from (\n"                                     \
    "-- both\n"
#define CHANGE_PAGE_CLOSE(order)                                                                                      \
    "\n-- postgres\n"                                                                                                 \
    ") p) p where coalesce(p.diffs_before, 0) < " CHANGE_DIGITS(CHANGE_DIFFS) " order by " order "\n"

/* May there be more behind this page? */
bool change_page_full(const Change *all, ptrdiff_t n, ptrdiff_t limit);

/* Up to `limit` changes after *mark that no earlier one can still precede, a page by CHANGE_DIFFS; *mark moves
 * behind the last.  In mem.  Without `diffs` they are null. */
Err change_read(Db *db, Arena *mem, ChangeMark *mark, ptrdiff_t limit, bool diffs, Change **out, ptrdiff_t *n);

/* Behind which row a page of a record's history begins: what was confirmed stands with the version it was saved as. */
typedef struct {
    int64_t version, id; /* version 0: from the newest; id 0: behind all of the version */
} ChangeBelow;

/* Of one record, newest first, with right and scope of the actor, a page by CHANGE_DIFFS; diffs are whole, the mask is
 * up to change_history_json. */
Err change_history(Work *w, const Entity *e, int64_t record, ChangeBelow before, ptrdiff_t limit, Change **out,
                   ptrdiff_t *n);

/* The page of history as JSON:
 * {items:[{at,version,actor:{id,name},verb,diff:[{field,label,old,new,old_text,new_text}]}],next}.  `after` is the
 * `next` of the page before; *_text is what a person reads: words of a choice, title of a reference, dates and sums as
 * the language writes them. A page is shorter than `limit` where its changes are large: it ends behind the one with
 * which it passes HISTORY_BYTES.  One that says what was confirmed has {confirmed:{key,text,reason}}.  A change whose
 * own diff is larger is told by its fields and lists alone: {field,label,large:true}. */
enum { HISTORY_BYTES = 4 << 20 };

Err change_history_json(Work *w, JsonOut *to, const Entity *e, int64_t record, Str after, ptrdiff_t limit);

/* The same of all records of an entity within reach together, each event with its {record:{id,title}}.  For entities of
 * few records (roles): it reads the history of each. */
Err change_all_json(Work *w, JsonOut *to, const Entity *e, Str after, ptrdiff_t limit);

/* Of all records of the entity, the newest row first, below row `before` (0: from the newest), a page by
 * CHANGE_DIFFS. */
Err change_all(Work *w, const Entity *e, int64_t before, ptrdiff_t limit, Change **out, ptrdiff_t *n);

/* ---- followers ---- */

/* Called with changes in order, on the thread of the follower, outside any transaction.  An error stops this subscriber
 * until the next round, which gives the same changes again. */
typedef struct {
    const char *name;
    Err       (*take)(void *to, Db *db, const Change *changes, ptrdiff_t n);
    void       *to;
    ChangeMark  from; /* where to begin; {0}: from now on */
} Subscriber;

typedef struct Follower Follower;

/* A thread with a reading connection that looks twenty times a second; with `seal` it seals the journal too, through
 * the writer lane, at most once a second.  Subscribers are copied.  Stop it before the lanes. */
Err  follower_start(Lanes *lanes, const Subscriber *list, int n, bool seal, Follower **out);
void follower_stop(Follower *f);
void follower_wake(Follower *f);

/* ---- the journal's chain ---- */

#define JOURNAL_BLOCK 4096

/* A block covers at most JOURNAL_BLOCK rows: hash = SHA-256(hash of the block before ‖ each row without diff and salt
 * but with its digest). */
typedef struct {
    int64_t       id, tx, last, rows; /* tx and last: the mark of its last row */
    unsigned char hash[32];
} JournalBlock;

/* The block that comes next, from a reading connection (a serializable transaction that read what all writers write
 * would make them run again).  NOT_FOUND: nothing is unsealed. */
Err journal_next(Db *db, JournalBlock *out);

/* Writes it down; from a writing work. */
Err journal_seal(Work *w, const JournalBlock *block);

typedef struct {
    int64_t blocks, rows, open; /* open: not sealed yet      */
    int64_t bad_block;          /* 0: the chain verifies     */
    const char *why;            /* key of words/; null       */
} JournalState;

Err journal_verify(Db *db, JournalState *out);

#endif
