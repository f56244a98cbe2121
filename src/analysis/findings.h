/* What the base says: the few findings worth most money, each a sentence with its figures, a door to the records and a verb.
 *
 * A finding is computed from the figures, never canned: one that does not hold is not there.  Row by row of SEG-02 to SEG-18. */
#ifndef ANALYSIS_FINDINGS_H
#define ANALYSIS_FINDINGS_H

#include "analysis/changes.h"
#include "core/problem.h"

enum { FINDINGS_MAX = 9, FINDING_ARGS = 8 };

typedef struct {
    const char *key;    /* of words/: finding.lost ...  The advice that goes with it is key.verb (finding.lost.verb)     */
    const char *door;   /* which clients it is about, as the lists filter them: "status=lost", "abc=AB&status=at_risk"       */
    Wide        worth;  /* money a year that speaks for it: what they are sorted by                                      */
    Arg         args[FINDING_ARGS];
    int         arg_count;
} Finding;

/* Fills out[] with at most FINDINGS_MAX findings, most money first, and returns how many.  Texts of the arguments point into the
 * summary. */
int findings_find(const Report *r, const Changes *c, Finding out[FINDINGS_MAX]);

#endif
