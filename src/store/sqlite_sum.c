/* sum(…) as PostgreSQL has it: of whole numbers exact, however many and however large.  SQLite's own ends the statement
 * with an error as soon as 64 bits are not enough, which eleven sales of the largest amount are. */
#include "store/engine.h"

#include <sqlite3.h>

/* SQLite aligns what it keeps for an aggregate to eight bytes, a Wide needs sixteen. */
typedef struct {
    int64_t  high;
    uint64_t low;
    int64_t  count;
} Sum;

static void sum_step(sqlite3_context *context, int n, sqlite3_value **args)
{
    (void)n;
    if (sqlite3_value_type(args[0]) == SQLITE_NULL) return;
    Sum *sum = sqlite3_aggregate_context(context, sizeof *sum);
    if (!sum) {
        sqlite3_result_error_nomem(context);
        return;
    }
    int64_t v = sqlite3_value_int64(args[0]);
    sum->high += __builtin_add_overflow(sum->low, (uint64_t)v, &sum->low);
    sum->high -= v < 0;
    sum->count++;
}

static void sum_end(sqlite3_context *context)
{
    const Sum *sum = sqlite3_aggregate_context(context, 0);
    if (!sum || !sum->count) return; /* NULL: the sum of nothing */
    Wide v = (Wide)((unsigned __int128)(uint64_t)sum->high << 64 | sum->low);
    if (v >= INT64_MIN && v <= INT64_MAX) {
        sqlite3_result_int64(context, (int64_t)v);
        return;
    }
    char  digits[48];
    Buf   text = { .data = digits, .cap = sizeof digits };
    buf_trimmed(&text, v, 0);
    sqlite3_result_text(context, digits, (int)text.len, SQLITE_TRANSIENT);
}

void sqlite_sum_add(void *at)
{
    sqlite3_create_function(at, "sum", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, NULL, sum_step,
                            sum_end);
}

Wide sqlite_sum_read(Str text)
{
    bool minus = str_starts(text, S("-"));
    Wide v     = 0;
    for (ptrdiff_t i = minus; i < text.n && text.s[i] >= '0' && text.s[i] <= '9'; i++) v = v * 10 + (text.s[i] - '0');
    return minus ? -v : v;
}
