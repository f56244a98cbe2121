/* What a file is, by its first bytes and never by its name: only tables go on, everything else is refused by what it
 * is. */
#ifndef FORMAT_KIND_H
#define FORMAT_KIND_H

#include "format/form.h"

/* Says FILE_CSV for anything that may be text.  Otherwise INVALID with a problem: file.empty, file.is_pdf,
 * file.is_old_xls, file.is_encrypted, file.is_xlsb, file.is_document, file.is_image, file.is_archive, file.is_html,
 * file.is_xml, file.is_json, file.is_database, file.is_program, file.cut (a zip whose end is missing). */
Err file_kind(Str file, FileKind *out, Problems *problems);

/* Packs that format/unpack.h opens: a zip that is no workbook or document itself. */
typedef enum { PACK_NONE, PACK_GZIP, PACK_ZIP } FilePack;

FilePack file_pack(Str file);

#endif
