/* How a file of rows is written: its encoding, its delimiter, how its numbers and dates look.  Recognised from the
 * bytes (format/recognise.h) or told by a person; every reader obeys it. */
#ifndef FORMAT_FORM_H
#define FORMAT_FORM_H

#include "format/json.h"

typedef enum {
    FILE_CSV,
    FILE_XLSX,
    FILE_XLS, /* Excel 5 to 2003 */
    FILE_ODS,
    FILE_DBF,
    FILE_PACK, /* a zip of several tables */
    FILE_KINDS
} FileKind;

typedef enum { ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE, ENC_CP1251, ENC_KOI8R, ENC_CP1252, ENC_CP866 /* DOS */ } Encoding;

/* In which order a date's parts stand.  The separators `.`, `-`, `/` (and none, for eight digits) and a time behind a
 * blank or a T are understood in every order; a two-digit year is 1970..2069. */
typedef enum { DAY_YMD, DAY_DMY, DAY_MDY, DAY_SERIAL /* Excel, 1900 system */ } DayOrder;

typedef struct {
    char decimal; /* '.' or ','                                                               */
    char group;   /* between thousands: 0 none, ' ' any blank (U+00A0 and U+202F too), '.', ',' or '\'' */
} NumberForm;

/* What came of reading one cell.  The first is success; beside each failure stands its sentence in words/
 * (`cell.no_number`, `cell.number_too_big`, `cell.no_day`, `cell.day_too_far`: see number_problem and day_problem). */
typedef enum {
    CELL_READ,
    CELL_EMPTY,  /* nothing there, or only a dash or NULL           */
    CELL_WRONG,  /* cannot be read, or could be read in two ways    */
    CELL_BEYOND, /* can be read, but no business means such a value */
} CellRead;

/* What a level of a report's rows says, or what stands across its columns. */
typedef enum {
    SAYS_NOTHING, SAYS_CLIENT, SAYS_PRODUCT, SAYS_DOCUMENT, SAYS_DATE, SAYS_SELLER, SAYS_CHANNEL, SAYS_OTHER,
    SAYS_COUNT
} ReportSays;

extern const char *const report_says_names[SAYS_COUNT]; /* null for SAYS_NOTHING, then "client", "product" ... */

typedef enum { SHAPE_FIND, SHAPE_TABLE, SHAPE_REPORT } TableShape;

/* How rows look that sum those above them without saying it (sales/reading/sums_below.h). */
typedef enum { BELOW_NOTHING, BELOW_BOLD, BELOW_OUTLINE, BELOW_EMPTY, BELOW_COUNT } SumsBelow;

enum { REPORT_LEVELS_MAX = 6, REPORT_SUMS_MAX = 32 };

/* How what was made to be looked at is read as a table, row by row (sales/reading/unfold.h).  All zero: not said. */
typedef struct {
    TableShape shape;  /* SHAPE_TABLE: a person said that it is no report                     */
    int        levels; /* of rows that stand in one another, 0: none do; the last one is that of the details */
    ReportSays level[REPORT_LEVELS_MAX];
    ReportSays across; /* SAYS_NOTHING: each column says something else                       */
    bool       across_said; /* a person said so: then SAYS_NOTHING is looked for no further   */
    int        label;  /* column of the report that the names of the levels stand in, from 1; 0: find out     */
    bool       sums_said; /* sum[sums] is what a person said; false: find out                 */
    int        sums, sum[REPORT_SUMS_MAX]; /* columns of the report, from 0, that sum others: they are left out */
    SumsBelow  below;
    int        below_at; /* BELOW_OUTLINE: less deep than this; BELOW_EMPTY: nothing in this column, from 0 */
    bool       fill;   /* an empty cell in front means the one above it                       */
    bool       sheets; /* all sheets of this shape are read, one behind another (sales/reading/sheets_joined.h) */
    bool       name_day; /* the last column is the day that the name of the sheet says        */
} FormReport;

typedef struct {
    FileKind   kind;
    Encoding   encoding;
    char       delimiter; /* ',' ';' '\t' '|' or ' ' (runs of blanks, those at the start of a line aside) */
    bool       quotes;    /* fields may stand in double quotes, a quote inside is doubled                 */
    bool       header;    /* the row at `begins` holds names                                              */
    int64_t    begins;    /* bytes before it (mark of the encoding, lines with a title); rows of a sheet  */
    int        sheet;     /* of a workbook: which, from 0                                                 */
    int        columns;
    NumberForm number;
    DayOrder   day;
    FormReport report;                    /* with it `columns` are those of the table that comes out          */
} TableForm;

/* A form that did not come from recognising this very file (a browser sent it, or it was kept beside the file) is
 * believed in nothing: which member speaks of what no such file has, by its name in JSON; null: none.  Whether a
 * workbook has the sheet, xlsx_begin says. */
const char *form_misfit(const TableForm *form, Str file);

/* {"kind":"csv","encoding":"utf-8","delimiter":";","quotes":true,"header":true,"begins":0,"sheet":0,"columns":3,
 * "day":"dmy","number":{"decimal":",","group":" "},"report":{"shape":"report","levels":["client","product"],
 * "across":"date","label":1,"sums":[14],"below":"nothing","below_at":0,"fill":false,"sheets":false,"name_day":false},
 * "sheets":[…]};
 * `sheets` null: not told, and never read; `report` null: nothing was said; `across` "nothing": a person said that;
 * `label` and `sums` null: find out.
 * INVALID names the member that no form can have. */
void form_json(JsonOut *to, const TableForm *form, const Str *sheets, int sheet_count);
Err  form_read(const Json *json, TableForm *out, Problems *problems);

#endif
