/* What the firm has set for its analyses: from which share on one client is a danger, and what the firm costs a month
 * whether it sells or not.
 *
 * Fixed costs are a figure of cost: they are told to whoever may know costs in analyses. */
#ifndef SALES_INSIGHT_RULE_H
#define SALES_INSIGHT_RULE_H

#include "api/route.h"

typedef struct {
    Ratio one_limit;   /* of the revenue, usually 30 % (row SEG-17)  */
    Money fixed_month; /* NONE: nobody has said                      */
} AnalysisRule;

Err analysis_rule(Work *w, AnalysisRule *out);

/* Fixed costs of a period: each calendar month by the part of its days that lies in from..to, rounded once a month;
 * NONE: not known. */
Money fixed_costs(const AnalysisRule *rule, Day from, Day to);

extern const Route analysis_rule_routes[];

#endif
