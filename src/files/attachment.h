/* A file that hangs on a record: a photo, a scan, a recording, a letter.
 *
 * It has the reach of what it hangs on (Entity.follows), a history, an archive and an undo of its own.  Only who has
 * sent a file can hang it somewhere; from then on everybody reads it who may view what it hangs on.  An archived one
 * can come back, with its file, within the term of the room for files (files/files.h). */
#ifndef FILES_ATTACHMENT_H
#define FILES_ATTACHMENT_H

#include "entity/entity.h"
#include "files/files.h"

#define ATTACHMENT_KINDS(X) \
    X(ATTACHMENT_PHOTO, photo) X(ATTACHMENT_SCAN, scan) X(ATTACHMENT_RECORDING, recording) \
    X(ATTACHMENT_LETTER, letter) X(ATTACHMENT_OTHER, other)
CHOICE(AttachmentKind, ATTACHMENT_NONE, ATTACHMENT_KINDS, attachment_kinds);

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "files/attachment.def"
#undef FIELD
} Attachment;

extern const Entity  attachment_entity;
extern const FileUse attachment_file_use;

/* An attachment in the actor's sight, with its file.  NOT_FOUND with words; also `file.gone`, where it was archived for
 * so long that its file has gone. */
Err attachment_file(Work *w, int64_t id, Attachment *a, File *file);

#endif
