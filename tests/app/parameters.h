/* How many parameters a statement has: the highest $n in it. */
#ifndef TESTS_APP_PARAMETERS_H
#define TESTS_APP_PARAMETERS_H

#include "core/str.h"

static inline int parameters(Str sql)
{
    int64_t most = 0, n;
    for (ptrdiff_t at; (at = str_find(sql, S("$"))) >= 0;) {
        sql = str_from(sql, at + 1);
        ptrdiff_t end = 0;
        while (end < sql.n && sql.s[end] >= '0' && sql.s[end] <= '9') end++;
        if (end && str_i64(str_upto(sql, end), &n) && n > most) most = n;
    }
    return (int)most;
}

#endif
