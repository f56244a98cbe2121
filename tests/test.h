/* Claims in plain sentences.
 *
 *     TESTS(test_abc)
 *     {
 *         CASE("a client who only sent goods back is C") {
 *             ...
 *             TEXT(out, "CABA");
 *         }
 *     }
 *
 * Each case begins with empty arenas.  A case without a single check counts as failed: a test that cannot fail is a
 * defect. */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include "core/day.h"
#include "core/number.h"

typedef struct {
    Arena       mem, scratch;
    const char *only;              /* run the cases whose claim or file holds this text */
    const char *file, *claim;
    int         checks, passed, failed, skipped;
    bool        bad, skip;
    const char *shared;            /* the folder of real data sets; null: not here */
} Test;

bool test_begin(Test *t, const char *file, const char *claim);
void test_end(Test *t);
void test_check(Test *t, bool good, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void test_text(Test *t, Str got, Str want, const char *file, int line, const char *what);
void test_skip(Test *t, const char *why);

/* A file of the real data sets, unpacked when its name ends in .xz; an unreadable one is a failed check and an empty
 * text. */
Str  test_file(Test *t, const char *name);

#define TESTS(name)    void name(Test *t); void name(Test *t)
#define CASE(claim_)   for (bool once_ = test_begin(t, __FILE__, claim_); once_; once_ = (test_end(t), false))
#define CHECK(expr)    test_check(t, (expr), __FILE__, __LINE__, "%s", #expr)
#define EQUAL(a, b)                                                                                                    \
    do {                                                                                                               \
        long long got_ = (long long)(a), want_ = (long long)(b);                                                       \
        test_check(t, got_ == want_, __FILE__, __LINE__, "%s is %lld, not %lld", #a, got_, want_);                     \
    } while (0)
#define NEAR(a, b, within)                                                                                             \
    do {                                                                                                               \
        double got_ = (a), want_ = (b), gap_ = got_ - want_;                                                           \
        test_check(t, gap_ <= (within) && -gap_ <= (within), __FILE__, __LINE__, "%s is %.9g, not %.9g", #a, got_,     \
                   want_);                                                                                             \
    } while (0)
#define TEXT(a, b)     test_text(t, str_of(a), str_of(b), __FILE__, __LINE__, #a)
#define STR(a, b)      test_text(t, (a), (b), __FILE__, __LINE__, #a)

/* Leaves the case when the folder of real data sets is not beside the project. */
#define NEEDS_SHARED                                                                                                   \
    if (!t->shared) {                                                                                                  \
        test_skip(t, "no real data sets beside the project");                                                          \
        continue;                                                                                                      \
    }

#endif
