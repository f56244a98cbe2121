/* The readable report on the terminal: what the base says first, the tables behind it, then what was skipped and how it
 * was counted. */
#ifndef APP_ANALYZE_TEXT_H
#define APP_ANALYZE_TEXT_H

#include "app/analyze_sections.h"

/* What is needed in between is taken from mem. */
void analyze_text(const Analysis *a, Voice v, Buf *out, Arena *mem);

#endif
