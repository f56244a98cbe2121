/* Findings in the words of the report and the workbook. */
#ifndef APP_ANALYZE_FINDINGS_H
#define APP_ANALYZE_FINDINGS_H

#include "app/analyze_sections.h"

/* All that holds of a finding's clients, one sentence behind the other. */
Str finding_text(const Analysis *a, const Finding *f, Voice v, Arena *mem);

/* What to do about it. */
Str finding_deed(const Analysis *a, const Finding *f, Voice v, Arena *mem);

/* What a claim is worth, or why it has no price; empty for a note. */
Str claim_worth(const Analysis *a, const FindingClaim *c, Voice v, Arena *mem);

/* How its price came about; empty where there is none to be told. */
Str claim_past(const Analysis *a, const FindingClaim *c, Voice v, Arena *mem);

#endif
