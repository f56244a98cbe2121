/* The analysis as a workbook: what the base says, a sheet for each section with all clients among them, and how it was
 * counted. */
#ifndef APP_ANALYZE_BOOK_H
#define APP_ANALYZE_BOOK_H

#include "app/analyze_sections.h"

/* Shares are numbers in percent, money and days are what they are, texts are always texts.  Errors are those of
 * xlsx_out_close. */
Err analyze_book(const Analysis *a, Voice v, const char *path, Arena *mem, Problems *problems);

#endif
