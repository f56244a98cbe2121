/* Tables of dBase III and IV, FoxPro and Clipper: a sheet whose first row are the names of the fields.
 *
 * Records that are marked as deleted are left out.  Texts are in the code page that the header tells, or, where it
 * tells none that Russian programs mean, in the one that they look like.  What a memo field holds stands in another
 * file: a table in which one is filled is refused (file.dbf_memo), one in which all are empty is read.
 *
 * Nothing is believed: the header says how long it is, how long a record is and how many there are, and all three are
 * held to the length of the file (file.dbf_header, file.cut, file.dbf_more).
 *
 * Source of the format: dBase IV Language Reference, appendix D; Visual FoxPro 9, "Table File Structure". */
#ifndef FORMAT_DBF_H
#define FORMAT_DBF_H

#include "format/sheets.h"

enum { DBF_FIELDS_MAX = 1024 };

/* Does a file begin as such a table does?  What follows may be wrong all the same. */
bool dbf_begins(Str file);

#endif
