/* The tables of an analysis, row by row: the report on the terminal and the workbook are both printed from this
 * list. */
#ifndef APP_ANALYZE_SECTIONS_H
#define APP_ANALYZE_SECTIONS_H

#include "analysis/changes.h"
#include "analysis/findings.h"
#include "core/words.h"
#include "sales/reading/columns.h"

typedef struct {
    const Report    *report;
    const Changes   *changes;
    const SalesRead *read;
    const Findings  *findings;
    bool             ignores_returns;
    SalesDoubt       doubt[SALES_DOUBTS_MAX]; /* what in the file can be taken in two ways, and how it was taken */
    int              doubts;
    Str              file;
    Arena           *scratch;   /* borrowed by rows that look a client up */
} Analysis;

enum { SECTION_COLUMNS = 18 };

/* What a row fills in.  A cell that was not filled stays empty. */
typedef struct {
    Arg cell[SECTION_COLUMNS];
} SectionRow;

typedef struct {
    const char *key;                       /* of words/: the title; key.note says how it was computed  */
    const char *column[SECTION_COLUMNS];   /* keys of the headings                                     */
    int         on_terminal;               /* rows shown there at most; 0: not there                   */
    bool        in_workbook;
    ptrdiff_t (*rows)(const Analysis *a);  /* 0: the section is left out                               */
    void      (*row)(const Analysis *a, ptrdiff_t i, SectionRow *out);
} Section;

extern const Section   analyze_sections[];
extern const ptrdiff_t analyze_section_count;

int section_columns(const Section *s);

/* The figures that titles, notes and the head of the report may name in braces. */
enum { ANALYSIS_ARGS = 21 };
void analysis_args(const Analysis *a, Arg out[ANALYSIS_ARGS]);

#endif
